import type { Timer } from "../../../src/ports/timer.ts";

/** Time that passes only where it is told to. */
export class VirtualClock {
  #now = 0;
  #timers: { readonly at: number; readonly act: () => void }[] = [];

  /** Milliseconds since its beginning. */
  readonly now = (): number => this.#now;

  /** Counts by this clock. */
  readonly timer: Timer = (ms, act) => {
    const one = { at: this.#now + ms, act };
    this.#timers.push(one);
    return () => this.#timers = this.#timers.filter((other) => other !== one);
  };

  /** When the next timer rings, ms; Infinity for none. */
  next(): number {
    return Math.min(Infinity, ...this.#timers.map(({ at }) => at));
  }

  /** Lets time pass, and what is due by then ring. */
  to(now: number): void {
    this.#now = now;
    const due = this.#timers.filter(({ at }) => at <= now);
    this.#timers = this.#timers.filter(({ at }) => at > now);
    for (const { act } of due) act();
  }
}
