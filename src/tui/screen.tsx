import process from "node:process";
import { type Instance, render, useApp, useInput, usePaste } from "ink";
import { type ReactNode, useEffect, useInsertionEffect, useSyncExternalStore } from "react";
import { byTheClock, type Timer } from "../ports/timer.ts";
import { Attention, type AttentionSettings } from "./attention.ts";
import type { Colourist } from "./code_colours.ts";
import { Clipboard, type ClipboardEnvironment } from "./clipboard.ts";
import { Controller } from "./controller.ts";
import { type EditorEnvironment, ExternalEditor } from "./external_editor.ts";
import { besideInk, FrameView, topOf } from "./frame_view.tsx";
import { type EndingSignal, installGuard, ModeLedger } from "./guard.ts";
import { FilteredInput, type Taken, type TerminalInput } from "./input_filter.ts";
import { type Keymap, keysOf } from "./keys.ts";
import { lookFor } from "./line.ts";
import { ENTERED } from "./opening.ts";
import { Painter, type Terminal } from "./painter.ts";
import type { Programs } from "./programs.ts";
import { PANELS, type PanelTable } from "./panels.ts";
import type { SessionWish, StartForm } from "./session.ts";
import type { Store } from "./store.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Theme } from "./theme.ts";
import { Wishes } from "./wishes.ts";

export type { AttentionSettings } from "./attention.ts";
export type { SessionWish, StartForm } from "./session.ts";
export type { HistoryEntry, Store } from "./store.ts";
export type { Programs } from "./programs.ts";
export type { Terminal } from "./painter.ts";
export type { TerminalInput } from "./input_filter.ts";
export type { Theme } from "./theme.ts";

/** What is asked of the environment: about the terminal, and which editor the person has. */
export interface ScreenEnvironment extends ClipboardEnvironment, EditorEnvironment {
  readonly NO_COLOR?: string;
}

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
  /** What is asked of the environment. */
  readonly env: ScreenEnvironment;
  /** Its colours; the terminal's own where absent, until {@link Screen.restyle}. */
  readonly theme?: Theme;
  /** Starts other programs: tmux to copy, the person's editor; nothing can be started where absent. */
  readonly programs?: Programs;
  /** In which ways the person is called who looks elsewhere; in none where absent, until {@link Screen.callBy}. */
  readonly attention?: AttentionSettings;
  /** Hears that the person wants to quit. The screen stays until it is closed. */
  readonly onQuit: () => void;
  /** Hears SIGINT, SIGTERM or SIGHUP, after the terminal was restored; without it the program exits with 128 + its number. */
  readonly onSignal?: (signal: EndingSignal, code: number) => void;
  /** Loads what gives code its colours, with the first code; it has none where absent, and none where there are no colours. */
  readonly colourist?: () => Promise<Colourist>;
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
  /** Takes other colours on at once, null for those it has, and says what is to be known of that, as {@link bind} does. */
  restyle(theme: Theme | null, notice: string): void;
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
  readonly onReady: (app: ReturnType<typeof useApp>) => void;
}

function Root({ controller, painter, onReady }: RootProps): ReactNode {
  const app = useApp();
  const frame = useSyncExternalStore(controller.subscribe, controller.frame);
  useInput((input, key) => controller.press(keysOf(input, key)));
  usePaste((text) => controller.paste(text));
  useEffect(() => onReady(app), [app, onReady]);
  // Before Ink writes the frame of this render.
  useInsertionEffect(
    () => painter.expect(besideInk(frame), topOf(frame)),
    [painter, frame],
  );
  return <FrameView frame={frame} />;
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
    after: options.after,
    onSignal: (signal, code) => {
      painter.close();
      attention.wanted(null);
      if (options.onSignal === undefined) process.exit(code);
      options.onSignal(signal, code);
    },
  });
}

/** Writes to the terminal beside the frames. */
function writerOf({ stdout }: ScreenOptions, ledger: ModeLedger): (text: string) => void {
  return (text) => {
    ledger.observe(text);
    stdout.write(text);
  };
}

/** What calls the person, on the terminal of the screen. */
function attentionOn(options: ScreenOptions, ledger: ModeLedger): Attention {
  const attention = new Attention(writerOf(options, ledger), options.env);
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

/** Shows what the screen is opened with. */
function begin(controller: Controller, { start, store }: ScreenOptions): void {
  if (start !== undefined) controller.ask(start);
  if (store !== undefined) controller.show(store);
}

/** What counts time for the screen, and what gives code its colours. */
function toolsOf(
  { every = again, after = byTheClock, colourist, env }: ScreenOptions,
): Pick<Surroundings, "every" | "after" | "colourist"> {
  return { every, after, colourist: env.NO_COLOR || env.TERM === "dumb" ? null : colourist ?? null };
}

/** Where what a person takes out of the screen goes. */
function takersOf(
  options: ScreenOptions,
  ledger: ModeLedger,
  handOver: (work: () => Promise<void>) => Promise<void>,
): Pick<Surroundings, "clipboard" | "editor"> {
  const { env, programs = null } = options;
  return {
    clipboard: new Clipboard(writerOf(options, ledger), env, programs),
    editor: new ExternalEditor(handOver, programs, env),
  };
}

/** Gives the terminal to another program, and takes it again when that is over. */
async function lent(
  app: ReturnType<typeof useApp> | null,
  { attention, guard }: { readonly attention: Attention; readonly guard: ReturnType<typeof installGuard> },
  work: () => Promise<void>,
): Promise<void> {
  if (app === null) throw new Error("The screen is not open yet.");
  await app.suspendTerminal(async () => {
    attention.rest();
    attention.isAway = true;
    guard.lend(true);
    try {
      await work();
    } finally {
      guard.lend(false);
      attention.isAway = false;
    }
  });
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
  const wishes = new Wishes();
  const closed = Promise.withResolvers<void>();
  const ledger = new ModeLedger();
  let app: ReturnType<typeof useApp> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let ended = false;
  const attention = attentionOn(options, ledger);
  const controller = new Controller(options.title, lookFor(options.env, options.theme), options.panels ?? PANELS, {
    attention,
    ...takersOf(options, ledger, (work) => lent(app, { attention, guard }, work)),
    quit: options.onQuit,
    session: (wish) => wishes.add(wish),
    suspend: () => void app?.suspendTerminal(() => stopped(attention)).catch(fail),
    failed: (error) => fail(error),
    ...toolsOf(options),
  });
  if (options.isEntered === true) ledger.observe(ENTERED);
  const painter = new Painter(options.stdout, controller.rowsOf, (text) => ledger.observe(text), options.isEntered);
  controller.attach(painter);
  const input = new FilteredInput(options.stdin, (taken) => pressTaken(controller, taken));
  const guard = guardTerminal(options, ledger, painter, attention);
  begin(controller, options);
  const root = <Root controller={controller} painter={painter} onReady={(value) => void (app = value)} />;
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
    restyle: (theme, notice) => controller.restyle(theme && lookFor(options.env, theme), notice),
    say: (notice) => controller.say(notice),
    callBy: (settings) => attention.wanted(settings),
    close: leave,
  };
}
