import process from "node:process";
import { newColourist } from "../tui/colourist.ts";
import { type AttentionSettings, openScreen, type Screen, type Theme } from "../tui/screen.tsx";
import type { Keymap } from "../tui/actions.ts";
import type { SessionWish, StartForm } from "../tui/session.ts";
import type { Store } from "../tui/store.ts";
import type { CliContext } from "./context.ts";
import { PROGRAMS } from "./screen_programs.ts";
import type { StopSignal } from "./exit_code.ts";

/** How a screen was left. */
export interface LeftScreen {
  /** The signal that closed it; null when the person quit. */
  readonly signal: StopSignal | null;
}

/** A screen that stands before there is anything to show, then shows what can be begun, or a run. */
export interface RunScreen {
  /** What the person wants of the session next; null when the screen was left before. */
  next(): Promise<SessionWish | null>;
  /** Leads to the start screen, or changes what it shows; null while that is not known yet. */
  ask(form: StartForm | null): void;
  /** Shows a run. */
  show(store: Store): void;
  /** Binds keys anew, and says what is to be known of that; the empty text for nothing. */
  bind(keymap: Keymap, notice: string): void;
  /** Takes other colours on, null for those it has, and says what is to be known of that; the empty text for nothing. */
  restyle(theme: Theme | null, notice: string): void;
  /** Says a sentence in the place of the hints, until the next key. */
  say(notice: string): void;
  /** Says in which ways the person is called who looks elsewhere. */
  callBy(settings: AttentionSettings): void;
  /** Settles when the screen is closed and the terminal is as it was. */
  readonly left: Promise<LeftScreen>;
  /** Closes the screen. */
  close(): void;
}

/** What the screen asks of the environment. */
function environmentOf({ environment }: CliContext) {
  const [TERM, TMUX, STY, VISUAL, EDITOR] = ["TERM", "TMUX", "STY", "VISUAL", "EDITOR"].map((name) =>
    environment(name)
  );
  return { TERM, TMUX, STY, VISUAL, EDITOR };
}

/**
 * Opens the screen where the opening stands. Whoever leaves it does not end the run: that is left to the caller.
 *
 * @param context terminal and environment
 * @param options title and colours
 * @returns the open screen
 */
export function openRunScreen(
  context: CliContext,
  options: { readonly title: string; readonly color: boolean },
): RunScreen {
  let signal: StopSignal | null = null;
  const noColor = options.color ? context.environment("NO_COLOR") : "1";
  const screen: Screen = openScreen({
    title: options.title,
    isEntered: true,
    stdin: process.stdin,
    stdout: process.stdout,
    env: { ...environmentOf(context), NO_COLOR: noColor },
    programs: PROGRAMS,
    colourist: newColourist,
    onQuit: () => screen.close(),
    onSignal: (name) => {
      signal = name;
      screen.close();
    },
  });
  const left = screen.closed.then((): LeftScreen => ({ signal }));
  // Whoever waits for a wish alone must not meet the screen's failure twice.
  const over = left.then(() => null, () => null);
  return {
    next: () => Promise.race([screen.next(), over]),
    ask: (form) => screen.ask(form),
    show: (store) => screen.show(store),
    bind: (keymap, notice) => screen.bind(keymap, notice),
    restyle: (theme, notice) => screen.restyle(theme, notice),
    say: (notice) => screen.say(notice),
    callBy: (settings) => screen.callBy(settings),
    left,
    close: () => screen.close(),
  };
}
