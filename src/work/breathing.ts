import { setImmediate } from "node:timers/promises";

/** Time in a row that synchronous work on files may hold the program, ms: keys are answered in between. */
const HELD_MS = 1;

/**
 * Does synchronous work step by step, so that many small steps do not hold the program.
 *
 * @param steps the work, which yields after each step
 * @param signal ends it between two steps
 * @returns what the work gives
 * @throws the signal's reason when it was aborted
 */
export async function inSteps<T>(steps: Generator<undefined, T>, signal: AbortSignal): Promise<T> {
  const breathing = new Breathing(signal);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (breathing.isDue) await breathing.pause();
  }
}

/** Lets the rest of the program go on between pieces of synchronous work. */
export class Breathing {
  #since = Date.now();

  /** @param signal ends the work at its next pause */
  constructor(readonly signal?: AbortSignal) {}

  /** Whether it is time for {@link Breathing.pause}; asked after each piece. */
  get isDue(): boolean {
    // Asked for each of many files: this clock is the cheapest, and one that was set back is no reason to go on.
    return Math.abs(Date.now() - this.#since) >= HELD_MS;
  }

  /**
   * Lets others go on.
   *
   * @throws the signal's reason when it was aborted
   */
  async pause(): Promise<void> {
    await setImmediate();
    this.signal?.throwIfAborted();
    this.#since = Date.now();
  }
}
