/** Does something again and again while that is wanted. */
export class Clock {
  readonly #every: (ms: number, act: () => void) => () => void;
  readonly #ms: number;
  readonly #act: () => void;
  #stop: (() => void) | null = null;

  /**
   * @param every begins to do something each so many milliseconds, and gives what ends that
   * @param ms milliseconds between two times
   * @param act what is done
   */
  constructor(every: (ms: number, act: () => void) => () => void, ms: number, act: () => void) {
    this.#every = every;
    this.#ms = ms;
    this.#act = act;
  }

  /** Begins, goes on, or ends. */
  run(wanted: boolean): void {
    if (wanted) {
      this.#stop ??= this.#every(this.#ms, this.#act);
    } else {
      this.#stop?.();
      this.#stop = null;
    }
  }
}
