import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { type EvidencePart, readingParts } from "../effects/ask/reading_parts.ts";
import { sayReading } from "../effects/ask/say_reading.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import { plainName } from "../kernel/say.ts";
import type { Texts } from "../kernel/told.ts";
import type { StoredFacts } from "./history.ts";

/** A reply of a model as it came, and how it was read. */
export interface ReplyEvidence {
  /** Key of its ask. */
  readonly key: string;
  /** When it was closed, ms since the epoch. */
  readonly at: number;
  readonly purpose: string;
  /** Model, host, way of calling, and where the way comes from. */
  readonly where: string;
  readonly parts: readonly EvidencePart[];
}

type Placed = Extract<Fact, { type: "ask_placed" }>;

/** An ask that was answered, or that failed. */
interface Answered {
  readonly ask: AskEffect;
  readonly placed: Placed | null;
  /** Place of the fact that closed it. */
  readonly seq: number;
}

/** Finds the replies of a run's threads in the stored facts, each with the evidence of how it was read. */
export class Replies {
  readonly #open = new Map<string, { readonly ask: AskEffect; placed: Placed | null }>();
  readonly #answered = new Map<string, Answered[]>();
  /** What became of a reply at the interpreter, by the key of its ask. */
  readonly #interpreted = new Map<string, string>();
  #seen = 0;

  /**
   * @param facts of the run, which may go on growing
   * @param texts where the replies stand
   */
  constructor(readonly facts: StoredFacts, readonly texts: Texts) {}

  /** Counts the replies of a role. */
  count(role: string): number {
    this.#learn();
    return this.#answered.get(role)?.length ?? 0;
  }

  /**
   * Reads one reply.
   *
   * @param role whose
   * @param at its number from 0, oldest first
   * @param state the run, for the record of the model
   * @returns the evidence; null where there is no such reply
   */
  read(role: string, at: number, state: State): ReplyEvidence | null {
    this.#learn();
    const found = this.#answered.get(role)?.[at];
    if (found === undefined) return null;
    const [fact] = this.facts.read(found.seq);
    if (fact === undefined) return null;
    const { ask, placed } = found;
    const { model, parts, reading } = evidenceOf(fact, found, this.texts);
    const last = (title: string, text: string) => text === "" ? [] : [{ title, text, bad: false }];
    const where = placed === null ? "not placed" : `${placed.model}@${placed.host}, ${placed.way}`;
    const why = placed?.wayReason === undefined ? "" : ` (${placed.wayReason})`;
    return {
      key: ask.key,
      at: fact.at,
      purpose: ask.purpose,
      where: `${where}${why}`,
      parts: [
        ...parts,
        ...last("interpreter", this.#interpreted.get(ask.key) ?? ""),
        ...last("record", recordOf(state, role, model)),
        ...last("why here", placed?.reason ?? ""),
        ...last("prompt", reading),
      ],
    };
  }

  #learn(): void {
    for (const fact of this.facts.read(this.#seen + 1)) {
      this.#seen = fact.seq;
      switch (fact.type) {
        case "effect_opened":
          if (fact.effect.kind === "ask") this.#open.set(fact.effect.key, { ask: fact.effect, placed: null });
          break;
        case "ask_placed": {
          const open = this.#open.get(fact.key);
          if (open !== undefined) open.placed = fact;
          break;
        }
        case "interpretation_skipped":
          this.#interpreted.set(fact.ask, `not asked: ${fact.reason}`);
          break;
        case "effect_finished":
        case "effect_failed":
        case "effect_refused":
        case "effect_cancelled":
        case "effect_unknown":
          this.#close(fact, fact.key);
      }
    }
  }

  #close(fact: Stamped, key: string): void {
    const open = this.#open.get(key);
    if (open === undefined) return;
    this.#open.delete(key);
    const { role, interprets } = open.ask;
    if (interprets !== undefined) this.#interpreted.set(interprets, interpretationOf(fact));
    if (fact.type !== "effect_finished" && fact.type !== "effect_failed") return;
    const known = this.#answered.get(role) ?? [];
    known.push({ ...open, seq: fact.seq });
    this.#answered.set(role, known);
  }
}

/** What a closing fact holds of a reply, and the model that gave it. */
function evidenceOf(fact: Stamped, { ask, placed }: Answered, texts: Texts) {
  const model = placed?.model ?? "";
  const parts: EvidencePart[] = [];
  const part = (title: string, text: string, bad = false) => parts.push({ title, text, bad });
  if (fact.type === "effect_finished" && fact.result.kind === "ask") {
    const { result } = fact;
    part("raw reply", texts.whole(result.text) || "(empty)");
    if (result.thinking !== undefined) part("thinking", texts.whole(result.thinking));
    const read = [...parts, ...readingParts(result, ask.legal)];
    return { model: result.model, parts: read, reading: sayReading(result) };
  }
  if (fact.type === "effect_failed") {
    part("raw reply, as far as it came", fact.partial === undefined ? "(nothing)" : texts.whole(fact.partial));
    part(`failed: ${plainName(fact.failure)}`, fact.text, true);
  }
  return { model, parts, reading: "" };
}

/** What the interpreter made of a reply. */
function interpretationOf(fact: Stamped): string {
  if (fact.type === "effect_finished" && fact.result.kind === "ask") {
    const { calls: [call], fault } = fact.result;
    return call === undefined ? `no call: ${fault ?? ""}` : `${call.name} ${JSON.stringify(call.arguments)}`;
  }
  return fact.type === "effect_failed" ? `failed: ${fact.text}` : "was not finished";
}

/** A model's record in this run: failures in a row beside all its replies. */
function recordOf(state: State, role: string, model: string): string {
  const record = state.statistics.asks[`${role} ${model}`];
  if (record === undefined) return "";
  const { asks, right, repaired, failed, failedInARow } = record;
  return `${failedInARow} failed in a row now; of ${asks} in this run ${right} right, ${repaired} repaired, ${failed} failed`;
}
