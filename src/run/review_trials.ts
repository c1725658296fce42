import type { Fact } from "../features/fact.ts";
import type { Trial } from "../fleet/model_record.ts";

/** A model that reviewed an answer, and the answer as it was. */
interface Review {
  readonly writer: Pick<Trial, "digest" | "model">;
  readonly text: string;
}

const OF_ANSWERS = { kind: "review", of: "answers" } as const;

/**
 * Learns whether reviews of answers help: one that asked a question back, to which another answer came, and after which work was kept. One that
 * let an answer go on as it was changed nothing.
 */
export class ReviewTrials {
  /** Texts of answers under review, by message. */
  readonly #answers = new Map<string, string>();
  /** Reviews of them that were made. */
  readonly #made = new Map<string, Review>();
  /** The one that sent its answer back last. */
  #sentBack: Review | null = null;
  /** Those that led to a question, by its message. */
  readonly #asked = new Map<string, Review>();
  /** Those that brought another answer, until work is judged. */
  #open: Review[] = [];

  /** Takes what a model said of a message under review. */
  reviewed(message: string, writer: Pick<Trial, "digest" | "model">): void {
    const text = this.#answers.get(message);
    if (text !== undefined) this.#made.set(message, { writer, text });
  }

  /** Takes a fact. */
  of(fact: Fact): readonly Trial[] {
    switch (fact.type) {
      case "message_sent":
        return this.#sent(fact.message);
      case "message_reviewed": {
        const review = this.#made.get(fact.id);
        this.#answers.delete(fact.id);
        if (fact.verdict === "sent back") return [];
        this.#made.delete(fact.id);
        return review === undefined ? [] : [trial(review, "failed")];
      }
      case "message_sent_back":
        this.#sentBack = this.#made.get(fact.id) ?? null;
        this.#made.delete(fact.id);
        return [];
      case "attempt_closed": {
        if (fact.verdict === "cancelled") return [];
        const judged = this.#open;
        this.#open = [];
        return judged.map((review) => trial(review, fact.verdict === "kept" ? "right" : "failed"));
      }
      default:
        return [];
    }
  }

  #sent({ id, kind, text, review, answers }: Extract<Fact, { type: "message_sent" }>["message"]): readonly Trial[] {
    if (kind === "consult") {
      if (this.#sentBack !== null) this.#asked.set(id, this.#sentBack);
      this.#sentBack = null;
      return [];
    }
    if (kind !== "answer") return [];
    if (review) this.#answers.set(id, text);
    const asked = this.#asked.get(answers ?? "");
    if (asked === undefined) return [];
    this.#asked.delete(answers ?? "");
    if (asked.text === text) return [trial(asked, "failed")];
    this.#open.push(asked);
    return [];
  }
}

function trial({ writer }: Review, outcome: Trial["outcome"]): Trial {
  return { ...writer, what: OF_ANSWERS, outcome };
}
