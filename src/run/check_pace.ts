/** How long a check may take. */
export interface CheckBounds {
  /** Time after which it is ended, ms. */
  readonly timeoutMs: number;
  /** Time without a word of output after which it is ended, ms. */
  readonly silentMs: number;
}

/** Silence of a check that was never seen to end, ms: some suites build for a while before they say anything. */
const FIRST_SILENCE_MS = 120_000;
/** Silence of a check that hung before and was never seen to end, ms. */
const HUNG_SILENCE_MS = 60_000;
/** A check that has been seen to end gets so many times its longest time, and at least so many ms. */
const USUAL = { times: 10, least: 30_000 };

/**
 * Learns how long checks take, so that one that hangs is known soon: a loop without an end is a common fault, of projects and of small
 * models, and a bound that fits every suite would hold up the run for ten minutes each time.
 */
export class CheckPace {
  readonly #longest = new Map<string, number>();
  readonly #hung = new Set<string>();

  /**
   * Says how long a check may take now.
   *
   * @param check its name, its bound, and whether a person set that bound, which then stands
   * @returns bounds
   */
  bounds(check: { readonly name: string; readonly timeoutMs: number; readonly fixed: boolean }): CheckBounds {
    const { timeoutMs } = check;
    if (check.fixed) return { timeoutMs, silentMs: timeoutMs };
    const longest = this.#longest.get(check.name);
    if (longest !== undefined) {
      const usual = Math.min(timeoutMs, Math.max(USUAL.least, longest * USUAL.times));
      return { timeoutMs: usual, silentMs: usual };
    }
    return { timeoutMs, silentMs: this.#hung.has(check.name) ? HUNG_SILENCE_MS : FIRST_SILENCE_MS };
  }

  /**
   * Notes how an execution of a check ended.
   *
   * @param name its name
   * @param ms how long it took
   * @param hung whether it was ended by its bounds
   */
  note(name: string, ms: number, hung: boolean): void {
    if (hung) this.#hung.add(name);
    else this.#longest.set(name, Math.max(ms, this.#longest.get(name) ?? 0));
  }
}
