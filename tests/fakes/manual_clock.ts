import type { Timer } from "../../src/ports/timer.ts";

/** A clock that only the test moves on. */
export class ManualClock {
  #now = 0;
  #begun = 0;
  #told = Promise.withResolvers<void>();
  readonly #waiting = new Set<{ readonly at: number; readonly act: () => void }>();

  readonly timer: Timer = (ms, act) => {
    const entry = { at: this.#now + ms, act };
    this.#waiting.add(entry);
    this.#begun += 1;
    this.#tell();
    return () => {
      this.#waiting.delete(entry);
      this.#tell();
    };
  };

  #tell(): void {
    this.#told.resolve();
    this.#told = Promise.withResolvers();
  }

  /** Waits until so many waits have begun in all, those that were called off among them. */
  async begun(count: number): Promise<void> {
    while (this.#begun < count) await this.#told.promise;
  }

  /** Waits until so many waits are neither due nor called off. */
  async open(count: number): Promise<void> {
    while (this.#waiting.size !== count) await this.#told.promise;
  }

  /** Lets time pass; what is due then is done, the earliest first. */
  pass(ms: number): void {
    this.#now += ms;
    const due = [...this.#waiting].filter(({ at }) => at <= this.#now).sort((one, other) => one.at - other.at);
    for (const entry of due) {
      if (this.#waiting.delete(entry)) entry.act();
    }
  }
}
