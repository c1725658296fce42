import { setImmediate } from "node:timers/promises";

/** Time in a row that synchronous work on files may hold the program, ms: keys are answered in between. */
const HELD_MS = 2;

/** Lets the rest of the program go on between pieces of synchronous work. */
export class Breathing {
  #since = performance.now();

  constructor(readonly signal: AbortSignal) {}

  /** Whether it is time for {@link Breathing.pause}; asked after each piece. */
  get isDue(): boolean {
    return performance.now() - this.#since > HELD_MS;
  }

  /**
   * Lets others go on.
   *
   * @throws the signal's reason when it was aborted
   */
  async pause(): Promise<void> {
    await setImmediate();
    this.signal.throwIfAborted();
    this.#since = performance.now();
  }
}
