import type { EndingKind } from "../features/run/endings.ts";

/** Codes that the program ends with. */
export const EXIT = {
  accepted: 0,
  failed: 1,
  usage: 2,
  partial: 3,
  blocked: 4,
  budget: 5,
  no_host: 6,
  config: 7,
  store: 8,
  hung_up: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** A code that the program ends with. */
export type ExitCode = typeof EXIT[keyof typeof EXIT];

/** Signals that end a run, and what they are called in its cause. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/**
 * Says which code an ending has.
 *
 * @param kind how the run ended
 * @param signal the signal that ended it, where one did
 * @returns the code
 */
export function exitCodeOf(kind: EndingKind, signal: StopSignal | null = null): ExitCode {
  switch (kind) {
    case "accepted":
    case "failed":
    case "partial":
    case "blocked":
    case "budget":
    case "no_host":
      return EXIT[kind];
    case "cancelled":
      return signal === null ? EXIT.interrupted : signalCode(signal);
  }
}

/**
 * Says which code a signal has, as shells count: 128 and its number.
 *
 * @param signal the signal
 * @returns the code
 */
export function signalCode(signal: StopSignal): ExitCode {
  switch (signal) {
    case "SIGINT":
      return EXIT.interrupted;
    case "SIGTERM":
      return EXIT.terminated;
    case "SIGHUP":
      return EXIT.hung_up;
  }
}
