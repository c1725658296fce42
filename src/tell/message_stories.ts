import type { Fact } from "../features/fact.ts";
import { oneLine } from "../kernel/say.ts";
import type { Earlier } from "./earlier.ts";
import type { StoredFacts } from "./history.ts";
import type { Telling } from "./telling.ts";

/** A message or a decision in a chain of causes. */
export interface Link {
  /** `m4`, `d2` */
  readonly id: string;
  readonly says: string;
}

/** What became of a message, what led to it, and what it led to. */
export interface MessageStory {
  /** What it was when it was sent, then its receipts, as `show` prints them. */
  readonly told: readonly string[];
  /** What led to it; null where a person did, or where that is not known. */
  readonly before: Link | null;
  /** Messages that it led to, oldest first. */
  readonly after: readonly Link[];
}

type Envelope = Extract<Fact, { type: "message_sent" }>["message"];

/** A message as far as its facts tell. */
interface Noted {
  readonly envelope: Envelope;
  readonly told: string[];
}

/** Characters of a message that a chain quotes. */
const QUOTED = 80;

/** Reads the messages of a run out of the stored facts: each with its receipts, and with what it stands between. */
export class MessageStories {
  readonly #noted = new Map<string, Noted>();
  /** The message that a turn is about, by the turn. */
  readonly #ofTurn = new Map<string, string>();
  #seen = 0;

  /**
   * @param facts of the run, which may go on growing
   * @param telling how they are told
   * @param earlier what is known of the facts so far, of these stories alone
   * @param words says a decision by its id; null where there is none
   */
  constructor(
    readonly facts: StoredFacts,
    readonly telling: Telling,
    readonly earlier: Earlier,
    readonly words: (decision: string) => string | null,
  ) {}

  /**
   * Tells the story of a message.
   *
   * @param id such as `m4`
   * @returns null where there is none of that name
   */
  story(id: string): MessageStory | null {
    this.#learn();
    const noted = this.#noted.get(id);
    if (noted === undefined) return null;
    return { told: noted.told, before: this.#before(noted.envelope), after: this.after(id) };
  }

  /**
   * Lists the messages that a message or a decision led to: its answer, its duplicates, what was sent in its turn.
   *
   * @param id `m4`, `d2`
   */
  after(id: string): readonly Link[] {
    this.#learn();
    return [...this.#noted.values()].flatMap(({ envelope }) =>
      this.#causeOf(envelope) === id ? [this.#link(envelope)] : []
    );
  }

  #before(envelope: Envelope): Link | null {
    const cause = this.#causeOf(envelope);
    const message = cause === null ? undefined : this.#noted.get(cause);
    if (message !== undefined) return this.#link(message.envelope);
    const words = cause === null ? null : this.words(cause);
    return words === null ? null : { id: cause!, says: words };
  }

  /** The message that it is a duplicate of, that it answers or that its turn is about, else the decision that sent it. */
  #causeOf({ duplicateOf, answers, cause }: Envelope): string | null {
    const [turn = ""] = cause.split(".", 1);
    return duplicateOf ?? answers ?? this.#ofTurn.get(turn) ?? (/^d\d+$/.test(cause) ? cause : null);
  }

  #link({ id, kind, from, to, text }: Envelope): Link {
    return { id, says: `${kind} ${from} → ${to}: ${oneLine(text, QUOTED)}` };
  }

  #learn(): void {
    for (const fact of this.facts.read(this.#seen + 1)) {
      this.#seen = fact.seq;
      this.earlier.note(fact);
      if (fact.type === "turn_opened") this.#ofTurn.set(fact.id, fact.message);
      if (!fact.type.startsWith("message_")) continue;
      if (fact.type === "message_sent") this.#noted.set(fact.message.id, { envelope: fact.message, told: [] });
      for (const { of, text } of this.telling.parts(fact, this.earlier)) {
        for (const id of of) if (typeof text === "string") this.#noted.get(id)?.told.push(text.trimEnd());
      }
    }
  }
}
