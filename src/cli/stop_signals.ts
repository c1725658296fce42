import { CommandError } from "./command_error.ts";
import { signalCode, type StopSignal } from "./exit_code.ts";

const SIGNALS: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * How long further signals may come from the key that sent the first, in milliseconds: a terminal sends it to all programs, and what
 * started this one (npx, deno task) passes it on.
 */
const SAME_PRESS_MS = 500;

/** Signals of the system that ask the program to end. */
export interface StopSignals {
  /** Aborted by the first; its reason is the error to end with. */
  readonly signal: AbortSignal;
  /** The first that came; null while none did. */
  received(): StopSignal | null;
  /** Leaves further signals to the system. */
  close(): void;
}

/**
 * Listens for signals: the first asks for an orderly end, a later one ends the program at once.
 *
 * @param now tells the time in milliseconds
 * @param exit ends the program with a code
 * @returns what came; the caller closes it
 */
export function catchStopSignals(
  now: () => number = () => performance.now(),
  exit: (code: number) => void = Deno.exit,
): StopSignals {
  const controller = new AbortController();
  let first: StopSignal | null = null;
  let since = 0;
  const listeners = SIGNALS.map((name) => {
    const listener = () => {
      if (first !== null) {
        if (now() - since > SAME_PRESS_MS) exit(signalCode(name));
        return;
      }
      [first, since] = [name, now()];
      controller.abort(new CommandError(signalCode(name), `Cancelled by ${name}.`));
    };
    Deno.addSignalListener(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    received: () => first,
    close: () => {
      for (const { name, listener } of listeners) Deno.removeSignalListener(name, listener);
    },
  };
}
