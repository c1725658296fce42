import { byTheClock, type Timer } from "../ports/timer.ts";

/** The bound of an enclosed command that is counted by who watches it: see {@link EnclosedBounds}. */
export type WatchedBound = "disk" | "memory" | "processes";

/** The bound that ended a command. */
export type RanOut = "time" | "silence" | WatchedBound;

/** What an enclosed command may take beside its time. Processes and memory are counted where it has a space of processes of its own. */
export interface EnclosedBounds {
  /** Processes at a time. */
  readonly mostProcesses: number;
  /** Bytes of memory of all its processes together. */
  readonly mostMemory: number;
  /** Bytes that stay free where it writes; without bound where less was free before. */
  readonly leastFree: number;
}

/** Gives the bounds of an enclosed command: half of the memory, so that we and the rest of the machine go on. */
export function enclosedBounds(): EnclosedBounds {
  return { mostProcesses: 512, mostMemory: Deno.systemMemoryInfo().total / 2, leastFree: 1_000_000_000 };
}

/** Says why a command was ended that took more than it may. */
export function endedFor(bound: WatchedBound, { mostProcesses, mostMemory, leastFree }: EnclosedBounds): string {
  const size = (bytes: number) => `${Number((bytes / 1e9).toPrecision(2))} GB`;
  switch (bound) {
    case "disk":
      return `was ended because it left less than ${size(leastFree)} of the disk free`;
    case "memory":
      return `was ended because its processes took more than ${size(mostMemory)} of memory`;
    case "processes":
      return `was ended because it ran more than ${mostProcesses} processes at a time`;
  }
}

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
