/** Lets a loop sleep until something happens, or until a time. */
export class Alarm {
  readonly #now: () => number;
  #woken = false;
  #ring: (() => void) | null = null;

  /** @param now present time, ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Wakes the loop, or keeps it from falling asleep. */
  wake(): void {
    if (this.#ring === null) this.#woken = true;
    else this.#ring();
  }

  /**
   * Sleeps until it is woken; not at all where it was meanwhile.
   *
   * @param until time at which it wakes by itself, ms; null for never
   */
  sleep(until: number | null): Promise<void> {
    if (this.#woken) {
      this.#woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = until === null ? undefined : setTimeout(() => this.wake(), Math.max(0, until - this.#now()));
      this.#ring = () => {
        clearTimeout(timer);
        this.#ring = null;
        resolve();
      };
    });
  }
}
