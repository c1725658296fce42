import { byTheClock, type Timer } from "../ports/timer.ts";

/** The bound that ended a command. */
export type RanOut = "time" | "silence";

/** What a command may take. */
export interface CommandBounds {
  /** Time for all of it, ms. */
  readonly timeoutMs: number;
  /** Time without a word of output, ms; without bound where absent. */
  readonly silentMs?: number;
  /** Counts the time; the clock's where absent. */
  readonly timer?: Timer;
}

/**
 * Counts the bounds of a command.
 *
 * @param bounds what it may take
 * @param end called when the first of them runs out
 * @returns `renew` at each word of the command, `stop` when it has ended, and which bound ran out, null where none did
 */
export function countBounds({ timeoutMs, silentMs, timer = byTheClock }: CommandBounds, end: () => void) {
  let ranOut: RanOut | null = null;
  let over = false;
  let silence = (): void => {};
  const runOut = (bound: RanOut) => {
    ranOut ??= bound;
    end();
  };
  const time = timer(timeoutMs, () => runOut("time"));
  const renew = () => {
    silence();
    if (silentMs !== undefined && !over) silence = timer(silentMs, () => runOut("silence"));
  };
  renew();
  return {
    renew,
    stop: () => {
      over = true;
      time();
      silence();
    },
    ranOut: () => ranOut,
  };
}
