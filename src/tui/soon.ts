import type { Timer } from "../ports/timer.ts";

/** Does something once in a moment, however often that is asked for until then. */
export class Soon {
  readonly #after: Timer;
  readonly #ms: number;
  readonly #act: () => void;
  #callOff: (() => void) | null = null;

  /**
   * @param after counts time
   * @param ms how long a moment is, in milliseconds
   * @param act what is done
   */
  constructor(after: Timer, ms: number, act: () => void) {
    this.#after = after;
    this.#ms = ms;
    this.#act = act;
  }

  /** Asks for it. */
  ask(): void {
    this.#callOff ??= this.#after(this.#ms, () => {
      this.#callOff = null;
      this.#act();
    });
  }

  /** Calls it off. */
  close(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}
