/** How long a check may take. */
export interface CheckBounds {
  /** Time after which it is ended, ms. */
  readonly timeoutMs: number;
  /** Time without a word of output after which it is ended, ms. */
  readonly silentMs: number;
}

/** A check that has been seen to end gets so many times its longest time, and at least so many ms. */
const USUAL = { times: 10, least: 30_000 };

/** At least so many ms where its tools begin with empty caches: Go built its standard library anew in 30 s beside other work. */
const COLD_LEAST_MS = 180_000;

/**
 * Learns how long checks take, so that one that hangs is known soon: a loop without an end is a common fault, of projects and of small
 * models, and a bound that fits every suite would hold up the run for ten minutes each time.
 */
export class CheckPace {
  readonly #longest: Map<string, number>;
  readonly #isCold: () => boolean;

  /**
   * @param others what was learned where else the same checks are executed; nothing where absent
   * @param isCold whether its tools, which keep caches, would find them empty here and now
   */
  constructor(others?: CheckPace, isCold: () => boolean = () => false) {
    this.#longest = others === undefined ? new Map() : others.#longest;
    this.#isCold = isCold;
  }

  /**
   * Says how long a check may take now.
   *
   * @param check its name, its bounds, and whether a person set the first, which then stands
   */
  bounds(check: CheckBounds & { readonly name: string; readonly fixed: boolean }): CheckBounds {
    const { timeoutMs, silentMs } = check;
    if (check.fixed) return { timeoutMs, silentMs: timeoutMs };
    const longest = this.#longest.get(check.name);
    if (longest !== undefined) {
      const least = this.#isCold() ? COLD_LEAST_MS : USUAL.least;
      const usual = Math.min(timeoutMs, Math.max(least, longest * USUAL.times));
      return { timeoutMs: usual, silentMs: usual };
    }
    return { timeoutMs, silentMs };
  }

  /**
   * Notes how an execution of a check ended. One that broke off says nothing of how long it takes; one that hung although it had been
   * seen to end may have grown, so the next gets its whole bound.
   *
   * @param ms how long it took
   * @param ending `worked`: it ran to its end, whatever its cases say; `broke`: it could not; `hung`: its bounds ended it
   */
  note(name: string, ms: number, ending: "worked" | "broke" | "hung"): void {
    if (ending === "hung") this.#longest.delete(name);
    if (ending === "worked") this.#longest.set(name, Math.max(ms, this.#longest.get(name) ?? 0));
  }
}
