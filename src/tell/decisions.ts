import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { verdictOf } from "../features/attempts/told.ts";
import { type Decision, newDecision, plainDecision } from "../features/decisions/slice.ts";
import { EMPTY } from "../features/features.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { Texts } from "../kernel/told.ts";
import { decisionWords, outcomeWords } from "./decision_words.ts";
import type { DecisionWording } from "./earlier.ts";
import type { StoredFacts } from "./history.ts";
import { type AskedFor, askEvidence, type WhyAsk } from "./why_ask.ts";

/** An attempt that was made for a decision. */
export interface TriedFor {
  /** `task.number` */
  readonly attempt: string;
  readonly role: string;
  /** What became of it; null while it is at work. */
  readonly verdict: string | null;
}

/** Why a decision was made, and what came of it. */
export interface WhyDecision {
  readonly decision: Decision;
  /** What was decided, in plain words. */
  readonly words: string;
  /** What came of it, without what the words say; empty for nothing yet. */
  readonly came: string;
  readonly tries: readonly TriedFor[];
  /** What was wanted before in its place, and why that was not legal. */
  readonly refused: readonly { readonly words: string; readonly reason: string }[];
  /** The questions to the arbiter's model that led to it, oldest first; none where rules or a person decided. */
  readonly asks: readonly WhyAsk[];
}

/** A decision as far as its facts tell, and what led to it. */
interface Noted {
  decision: Decision;
  readonly tries: TriedFor[];
}

/** Reads the decisions of a run out of the stored facts: all of them, each with what led to it. */
export class Decisions {
  readonly #noted = new Map<string, Noted>();
  readonly #asks = new Map<string, AskedFor[]>();
  readonly #refused = new Map<string, { readonly name: string; readonly reason: string }[]>();
  #phase = EMPTY.run.phase;
  #seen = 0;
  #list: readonly Decision[] = [];

  /**
   * @param facts of the run, which may go on growing
   * @param texts where prompts and replies stand
   * @param kinds what says decisions
   */
  constructor(readonly facts: StoredFacts, readonly texts: Texts, readonly kinds: DecisionWording) {}

  /** Lists all decisions, oldest first; the same object while there is nothing new. */
  list(): readonly Decision[] {
    this.#learn();
    return this.#list;
  }

  /**
   * Says why a decision was made.
   *
   * @param id such as `d4`
   * @returns null where there is none of that name
   */
  why(id: string): WhyDecision | null {
    this.#learn();
    const noted = this.#noted.get(id);
    if (noted === undefined) return null;
    const { decision, tries } = noted;
    const words = decisionWords(this.kinds, decision);
    const legal = (name: string) => this.#legal(name, decision);
    return {
      decision,
      words,
      came: outcomeWords(words, decision),
      tries,
      refused: (this.#refused.get(id) ?? []).map(({ name, reason }) => ({ words: legal(name).words, reason })),
      asks: (this.#asks.get(id) ?? []).map((asked) => askEvidence(asked, this.#closing(asked), this.texts, legal)),
    };
  }

  /** What a decision of that name would have been, where another was made. */
  #legal(name: string, { phase }: Decision): { readonly name: string; readonly words: string } {
    const about = { phase, assigned: null, races: false };
    return { name, words: decisionWords(this.kinds, { name, arguments: {}, ...about }) };
  }

  #closing({ closed }: AskedFor): Stamped | null {
    if (closed === null) return null;
    for (const fact of this.facts.read(closed)) return fact;
    return null;
  }

  #learn(): void {
    const seen = this.#seen;
    for (const fact of this.facts.read(seen + 1)) {
      this.#seen = fact.seq;
      this.#note(fact);
    }
    if (this.#seen !== seen) this.#list = [...this.#noted.values()].map(({ decision }) => decision);
  }

  #note(fact: Stamped): void {
    switch (fact.type) {
      case "phase_changed":
        this.#phase = fact.phase;
        break;
      case "decision_made": {
        const decision = {
          ...plainDecision(newDecision({ ...fact, phase: this.#phase })),
          races: fact.races !== undefined,
        };
        this.#noted.set(fact.id, { decision, tries: [] });
        break;
      }
      case "decision_refused":
        listed(this.#refused, `d${this.#noted.size + 1}`).push(fact);
        break;
      case "decision_closed":
        this.#change(fact.id, () => ({ outcome: fact.outcome, ok: fact.ok }));
        break;
      case "attempt_opened":
      case "attempt_closed":
        this.#try(fact);
        break;
      default:
        this.#noteAsk(fact);
    }
  }

  #try(fact: Extract<Fact, { type: "attempt_opened" | "attempt_closed" }>): void {
    const attempt = `${fact.task}.${fact.number}`;
    if (fact.type === "attempt_opened") {
      const { task, role } = fact;
      // Older runs had one decision at work at a time.
      const id = fact.decision ?? [...this.#noted.keys()].at(-1) ?? "";
      this.#change(id, () => ({ assigned: { task, role } }));
      this.#noted.get(id)?.tries.push({ attempt, role, verdict: null });
      return;
    }
    for (const { tries } of this.#noted.values()) {
      const at = tries.findIndex((one) => one.attempt === attempt && one.verdict === null);
      if (at !== -1) tries[at] = { ...tries[at]!, verdict: verdictOf(fact) };
    }
  }

  #noteAsk(fact: Stamped): void {
    switch (fact.type) {
      case "effect_opened": {
        const { effect } = fact;
        if (effect.kind === "ask" && effect.purpose === "decide") {
          this.#askOf(effect).push({ ask: effect, placed: null, closed: null });
        }
        break;
      }
      case "ask_placed":
        this.#asked(fact.key, (asked) => asked.placed = fact);
        break;
      case "effect_finished":
      case "effect_failed":
      case "effect_refused":
      case "effect_cancelled":
      case "effect_unknown":
        this.#asked(fact.key, (asked) => asked.closed = fact.seq);
    }
  }

  #askOf({ key }: AskEffect): AskedFor[] {
    return listed(this.#asks, decisionOf(key));
  }

  #asked(key: string, act: (asked: AskedFor) => void): void {
    const asked = this.#asks.get(decisionOf(key))?.find(({ ask }) => ask.key === key);
    if (asked !== undefined) act(asked);
  }

  #change(id: string, how: () => Partial<Decision>): void {
    const noted = this.#noted.get(id);
    if (noted !== undefined) noted.decision = { ...noted.decision, ...how() };
  }
}

/** The decision that an ask is for, by its key: `d4` of `d4.decide14`. */
function decisionOf(key: string): string {
  return key.split(".", 1)[0] ?? "";
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}
