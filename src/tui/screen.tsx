import process from "node:process";
import { type Instance, render, useApp, useInput, usePaste } from "ink";
import { type ReactNode, useEffect, useInsertionEffect, useSyncExternalStore } from "react";
import { byTheClock, type Timer } from "../ports/timer.ts";
import { Attention, type AttentionSettings } from "./attention.ts";
import { Controller } from "./controller.ts";
import { edgesOf } from "./edges.ts";
import { FrameView } from "./frame_view.tsx";
import { type EndingSignal, installGuard, ModeLedger } from "./guard.ts";
import { FilteredInput, type Taken, type TerminalInput } from "./input_filter.ts";
import { type Keymap, keysOf } from "./keys.ts";
import { type Look, lookFor } from "./line.ts";
import { ENTERED } from "./opening.ts";
import { Painter, type Terminal } from "./painter.ts";
import { PANELS, type PanelTable } from "./panels.ts";
import type { SessionWish, StartForm } from "./session.ts";
import type { Store } from "./store.ts";
import type { Surroundings } from "./surroundings.ts";
import { Wishes } from "./wishes.ts";

export type { AttentionSettings } from "./attention.ts";
export type { SessionWish, StartForm } from "./session.ts";
export type { HistoryEntry, Store } from "./store.ts";
export type { Terminal } from "./painter.ts";
export type { TerminalInput } from "./input_filter.ts";

/** How the screen is opened. */
export interface ScreenOptions {
  /** The run to show; may come later by {@link Screen.show}. */
  readonly store?: Store;
  /** Asks for the goal first. */
  readonly start?: StartForm;
  /** Panels beside the threads; those that come with Autonomy where absent. */
  readonly panels?: PanelTable;
  /** Stands in the title bar until there is a run. */
  readonly title: string;
  /** Whether {@link showOpening} has entered the alternate screen. */
  readonly isEntered?: boolean;
  readonly stdin: TerminalInput;
  readonly stdout: Terminal;
  /** `NO_COLOR`, `TERM` and `TMUX`. */
  readonly env: { readonly NO_COLOR?: string; readonly TERM?: string; readonly TMUX?: string };
  /** In which ways the person is called who looks elsewhere; in none where absent, until {@link Screen.callBy}. */
  readonly attention?: AttentionSettings;
  /** Hears that the person wants to quit. The screen stays until it is closed. */
  readonly onQuit: () => void;
  /** Hears SIGINT, SIGTERM or SIGHUP, after the terminal was restored; without it the program exits with 128 + its number. */
  readonly onSignal?: (signal: EndingSignal, code: number) => void;
  /** Has the screen look at what streams again and again; the machine's clock where absent. */
  readonly every?: Surroundings["every"];
  /** Counts what has a bound; the machine's clock where absent. */
  readonly after?: Timer;
}

/** An open screen. */
export interface Screen {
  /** Settles when the screen is closed and the terminal is as it was; rejects when the screen itself failed. */
  readonly closed: Promise<void>;
  /** What the person wants of the session next: the goal of a run, another run, another setting. Those that nobody asked for yet wait. */
  next(): Promise<SessionWish>;
  /** Leads to the start screen, or changes what it shows; null while that is not known yet. */
  ask(form: StartForm | null): void;
  /** Goes on with a run, in the same screen. */
  show(store: Store): void;
  /** Binds keys anew, and says what is to be known of that in the place of the hints; the empty text for nothing. */
  bind(keymap: Keymap, notice: string): void;
  /** Says a sentence in the place of the hints, until the next key. */
  say(notice: string): void;
  /** Says in which ways the person is called who looks elsewhere, from the next change on. */
  callBy(settings: AttentionSettings): void;
  /** Closes the screen. */
  close(): void;
}

interface RootProps {
  readonly controller: Controller;
  readonly painter: Painter;
  readonly look: Look;
  readonly onReady: (app: ReturnType<typeof useApp>) => void;
}

function Root({ controller, painter, look, onReady }: RootProps): ReactNode {
  const app = useApp();
  const frame = useSyncExternalStore(controller.subscribe, controller.frame);
  useInput((input, key) => controller.press(keysOf(input, key)));
  usePaste((text) => controller.paste(text));
  useEffect(() => onReady(app), [app, onReady]);
  // Before Ink writes the frame of this render.
  useInsertionEffect(() => painter.expect([...frame.regions, ...frame.boxes.flatMap((box) => edgesOf(box, look))]), [
    painter,
    frame,
    look,
  ]);
  return <FrameView frame={frame} look={look} />;
}

/** Has the terminal given back however the program ends. */
function guardTerminal(
  options: ScreenOptions,
  ledger: ModeLedger,
  painter: Painter,
  attention: Attention,
): ReturnType<typeof installGuard> {
  return installGuard({
    ledger,
    write: (text) => options.stdout.write(text),
    leaveRaw: () => options.stdin.setRawMode?.(false),
    onSignal: (signal, code) => {
      painter.close();
      attention.wanted(null);
      if (options.onSignal === undefined) process.exit(code);
      options.onSignal(signal, code);
    },
  });
}

/** What calls the person, on the terminal of the screen. */
function attentionOn(options: ScreenOptions, ledger: ModeLedger): Attention {
  const write = (text: string): void => {
    ledger.observe(text);
    options.stdout.write(text);
  };
  const attention = new Attention(write, options.env);
  attention.wanted(options.attention ?? null);
  return attention;
}

/** Gives on the keys that Ink does not tell; there is no mouse. */
function pressTaken(controller: Controller, taken: Taken): void {
  if (taken.kind === "function_key") controller.press([`f${taken.number}`]);
}

function renderInto(root: ReactNode, input: FilteredInput, painter: Painter): Instance {
  return render(root, {
    // Ink asks of its streams only what these two give.
    stdin: input as unknown as NodeJS.ReadStream,
    stdout: painter as unknown as NodeJS.WriteStream,
    alternateScreen: true,
    exitOnCtrlC: false,
    patchConsole: true,
    interactive: true,
    maxFps: 60,
    onRender: () => painter.rendered(),
  });
}

function again(ms: number, act: () => void): () => void {
  const clock = setInterval(act, ms);
  return () => clearInterval(clock);
}

/** What counts time for the screen. */
function clocksOf({ every = again, after = byTheClock }: ScreenOptions): Pick<Surroundings, "every" | "after"> {
  return { every, after };
}

/** Stops the program and its group, as the shell's Ctrl-Z does; goes on here when it is continued, or where nothing can stop it. */
function stopped(attention: Attention): void {
  attention.rest();
  process.kill(0, "SIGTSTP");
}

/**
 * Opens the screen: the alternate screen of the terminal, until it is closed. `NODE_ENV=production` has to be set before this
 * module is imported.
 *
 * @param options what is shown, and where
 * @returns the open screen
 */
export function openScreen(options: ScreenOptions): Screen {
  const look = lookFor(options.env);
  const wishes = new Wishes();
  const closed = Promise.withResolvers<void>();
  const ledger = new ModeLedger();
  let app: ReturnType<typeof useApp> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let ended = false;
  const attention = attentionOn(options, ledger);
  const controller = new Controller(options.title, look, options.panels ?? PANELS, {
    attention,
    quit: options.onQuit,
    session: (wish) => wishes.add(wish),
    suspend: () => void app?.suspendTerminal(() => stopped(attention)).catch(fail),
    failed: (error) => fail(error),
    ...clocksOf(options),
  });
  if (options.isEntered === true) ledger.observe(ENTERED);
  const painter = new Painter(options.stdout, controller.rowsOf, (text) => ledger.observe(text), options.isEntered);
  controller.attach(painter);
  const input = new FilteredInput(options.stdin, (taken) => pressTaken(controller, taken));
  const guard = guardTerminal(options, ledger, painter, attention);
  if (options.start !== undefined) controller.ask(options.start);
  if (options.store !== undefined) controller.show(options.store);
  const root = <Root controller={controller} painter={painter} look={look} onReady={(value) => void (app = value)} />;
  const ink = renderInto(root, input, painter);
  function finish(): void {
    if (ended) return;
    ended = true;
    controller.close();
    input.close();
    painter.close();
    guard.restore();
    guard.remove();
    if (failure === null) closed.resolve();
    else closed.reject(failure.error);
  }
  function fail(error: unknown): void {
    failure ??= { error };
    leave();
  }
  function leave(): void {
    painter.freeze();
    ink.unmount();
  }
  ink.waitUntilExit().then(finish, (error) => {
    failure ??= { error };
    finish();
  });
  return {
    closed: closed.promise,
    next: () => wishes.next(),
    ask: (form) => controller.ask(form),
    show: (store) => controller.show(store),
    bind: (keymap, notice) => controller.bind(keymap, notice),
    say: (notice) => controller.say(notice),
    callBy: (settings) => attention.wanted(settings),
    close: leave,
  };
}
