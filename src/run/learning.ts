import type { Fact, Stamped } from "../features/fact.ts";
import type { Kinds } from "../features/registry.ts";
import { type Memory, MemoryError } from "./memory.ts";
import { Trials } from "./trials.ts";

/** What a run learns of its models, kept for the next one. A memory that cannot be written is left alone for the rest of the run. */
export class Learning {
  readonly #trials: Trials;
  #memory: Memory | null;

  constructor(asks: Kinds["asks"], memory: Memory | null) {
    this.#trials = new Trials(asks);
    this.#memory = memory;
  }

  /** What is remembered of models; null where nothing is, or no more. */
  get memory(): Memory | null {
    return this.#memory;
  }

  /**
   * Improves what is remembered by what happened.
   *
   * @param now ms since 1970
   * @returns the fact that it cannot be kept; null where it can
   */
  learn(facts: readonly Stamped[], now: number): Fact | null {
    const trials = facts.flatMap((fact) => this.#trials.of(fact));
    if (trials.length === 0 || this.#memory === null) return null;
    try {
      this.#memory.add(trials, now);
      return null;
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      this.#memory = null;
      return { type: "memory_failed", text: error.message };
    }
  }
}
