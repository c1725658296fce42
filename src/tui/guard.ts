import process from "node:process";
import { byTheClock, type Timer } from "../ports/timer.ts";

/** Modes a terminal can be in, by what switches them on, with what switches them off. */
// deno-lint-ignore no-control-regex
const SWITCHES = /\x1b\[(?:\?([\d;]+)([hl])|([<>])[\d;]*u|(2[23]);2t)/g;
/** Modes that are on in a terminal's normal state. */
const NORMALLY_ON = new Set(["25", "7"]);
/** Synchronized output ends by itself with each write. */
const KITTY = "kitty";
/** The terminal's own title is kept (22) while there is another, and given back (23). */
const TITLE = "title";
/** What undoes a mode that has no number. */
const UNDONE: Readonly<Record<string, string>> = { [KITTY]: "\x1b[<u", [TITLE]: "\x1b[23;2t" };

/** Keeps account of the terminal modes that were changed, from what is written, in order. */
export class ModeLedger {
  #changed: string[] = [];

  /** Sees a text that is written. */
  observe(text: string): void {
    if (!text.includes("\x1b[")) return;
    for (const [, modes, to, kitty, title] of text.matchAll(SWITCHES)) {
      if (kitty !== undefined) this.#note(KITTY, kitty === ">");
      if (title !== undefined) this.#note(TITLE, title === "22");
      for (const mode of modes?.split(";") ?? []) this.#note(mode, (to === "h") !== NORMALLY_ON.has(mode));
    }
  }

  #note(mode: string, changed: boolean): void {
    this.#changed = this.#changed.filter((one) => one !== mode);
    if (changed) this.#changed.push(mode);
  }

  /**
   * Says what brings the terminal back: only modes that were changed, the last changed first.
   *
   * @returns the empty text where nothing was changed
   */
  restoration(): string {
    const text = this.#changed.toReversed().map((mode) =>
      UNDONE[mode] ?? `\x1b[?${mode}${NORMALLY_ON.has(mode) ? "h" : "l"}`
    ).join("");
    return text === "" ? "" : `\x1b[0m${text}`;
  }
}

/** Signals that end a program, with their numbers. */
const ENDING_SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** A signal that ends a program. */
export type EndingSignal = keyof typeof ENDING_SIGNALS;

/**
 * How long a Ctrl-C that another program had comes here after it ended, in milliseconds: the machine may be busy, and what started this one
 * (npx, deno task) passes it on once more. Here Ctrl-C is a key, so that nobody is kept from ending the program in that time.
 */
const LATE_MS = 1_000;

/** What the guard restores and whom it tells. */
export interface GuardOptions {
  readonly ledger: ModeLedger;
  /** Writes to the terminal at once. */
  readonly write: (text: string) => void;
  /** Leaves raw mode; may throw when the terminal is gone. */
  readonly leaveRaw: () => void;
  /** Hears a signal after the terminal was restored; without it the program exits with 128 + its number. */
  readonly onSignal?: (signal: EndingSignal, code: number) => void;
  /** Counts how long a Ctrl-C may be late that was meant for another program; the machine's clock where absent. */
  readonly after?: Timer;
}

/**
 * Restores the terminal however the program ends: a return, an uncaught error, an unhandled rejection, an exit, a signal.
 * Deno leaves the alternate screen on in most of these cases.
 *
 * @param options what to restore
 * @returns `restore`, which may be called at any time and writes only what is still to be undone, `remove`, and `lend`, which says whether
 * another program has the terminal: what comes of its Ctrl-C is no end of this one, for a second after it as well
 */
export function installGuard(
  options: GuardOptions,
): { readonly restore: () => void; readonly remove: () => void; readonly lend: (isLent: boolean) => void } {
  const restore = (): void => {
    const text = options.ledger.restoration();
    options.ledger.observe(text);
    // The terminal may be gone (SIGHUP): then there is nothing to restore, and the end goes on.
    try {
      options.leaveRaw();
    } catch { /* gone */ }
    try {
      if (text !== "") options.write(text);
    } catch { /* gone */ }
  };
  const onError = (event: ErrorEvent): void => {
    restore();
    if (!isGone(event.error)) return;
    // A write to a terminal that was closed is a hang-up that came before its signal.
    event.preventDefault();
    end("SIGHUP", 1);
  };
  const end = (signal: EndingSignal, number: number): void => {
    restore();
    if (options.onSignal === undefined) process.exit(128 + number);
    else options.onSignal(signal, 128 + number);
  };
  let isLent = false;
  let forget = (): void => {};
  const lend = (to: boolean): void => {
    forget();
    if (to) isLent = true;
    else forget = (options.after ?? byTheClock)(LATE_MS, () => void (isLent = false));
  };
  const events = ["unhandledrejection", "unload"] as const;
  globalThis.addEventListener("error", onError);
  for (const event of events) globalThis.addEventListener(event, restore);
  process.on("exit", restore);
  // Listeners of node's process, so that Ink's own exit hook sees that signals are taken care of.
  const handlers = Object.entries(ENDING_SIGNALS).map(([signal, number]) => {
    // Ctrl-C in a program that has the terminal is meant for that one, and comes here, too.
    const handler = (): void => isLent && signal === "SIGINT" ? undefined : end(signal as EndingSignal, number);
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  const remove = (): void => {
    forget();
    globalThis.removeEventListener("error", onError);
    for (const event of events) globalThis.removeEventListener(event, restore);
    process.off("exit", restore);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
  return { restore, remove, lend };
}

/** Whether an error says that the terminal is not there any more. */
export function isGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "EIO";
}
