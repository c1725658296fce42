import type { Stamped } from "../features/fact.ts";
import type { Entry } from "../kernel/told.ts";
import type { Earlier } from "./earlier.ts";
import type { Telling } from "./telling.ts";

/** Facts read at once when a thread is scrolled back. */
const WINDOW = 1_000;

/** A piece of a thread's older exchange, with place and time of its fact. */
export interface HistoryEntry extends Entry {
  /** Place of its fact in the journal. */
  readonly seq: number;
  /** Time of its fact, ms. */
  readonly at: number;
}

/** The facts of a run as they are stored. */
export interface StoredFacts {
  /** Reads facts in order, from a place on. */
  read(from?: number): Iterable<Stamped>;
  /** Place of the last fact; 0 when there is none. */
  last(): number;
}

/** Reads the older exchange of threads out of the stored facts. */
export class History {
  #seen = 0;

  /**
   * @param facts of the run, which may go on growing
   * @param telling how they are told
   * @param earlier what is known of the facts so far, of this history alone
   */
  constructor(readonly facts: StoredFacts, readonly telling: Telling, readonly earlier: Earlier) {}

  /**
   * Reads entries of a thread.
   *
   * @param role whose
   * @param before entries with a smaller seq
   * @param lines about how many lines are wanted, at least
   * @returns entries, oldest first; fewer than wanted only at the beginning of the run
   */
  read(role: string, before: number, lines: number): readonly HistoryEntry[] {
    this.#learn();
    const found: HistoryEntry[] = [];
    let end = Math.min(before, this.facts.last() + 1);
    let count = 0;
    while (end > 1 && count < lines) {
      const start = Math.max(1, end - WINDOW);
      found.unshift(...this.#entries(role, start, end));
      count = found.reduce((sum, entry) => sum + 1 + entry.text.split("\n").length, 0);
      end = start;
    }
    return found;
  }

  #entries(role: string, start: number, end: number): readonly HistoryEntry[] {
    const found: HistoryEntry[] = [];
    for (const fact of this.facts.read(start)) {
      if (fact.seq >= end) break;
      for (const entry of this.telling.entries(fact, this.earlier)) {
        if (entry.role === role) found.push({ seq: fact.seq, at: fact.at, ...entry });
      }
    }
    return found;
  }

  #learn(): void {
    for (const fact of this.facts.read(this.#seen + 1)) {
      this.#seen = fact.seq;
      this.earlier.note(fact);
    }
  }
}
