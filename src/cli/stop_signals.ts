import { CommandError } from "./command_error.ts";
import { signalCode, type StopSignal } from "./exit_code.ts";

const SIGNALS: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

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
 * Listens for signals: the first asks for an orderly end, the second ends the program at once.
 *
 * @returns what came; the caller closes it
 */
export function catchStopSignals(): StopSignals {
  const controller = new AbortController();
  let first: StopSignal | null = null;
  const listeners = SIGNALS.map((name) => {
    const listener = () => {
      if (first !== null) Deno.exit(signalCode(name));
      first = name;
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
