import type { Effect } from "../effects/effect.ts";
import type { Kinds } from "../features/registry.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import { type EditForm, recordKey, type Trial } from "../fleet/model_record.ts";
import { ReviewTrials } from "./review_trials.ts";

/** Failures of an ask that say something about the way it was asked in. */
const OF_THE_WAY: ReadonlySet<string> = new Set([
  "model_output",
  "silent",
  "tools_unsupported",
  "template_refused",
  "schema_refused",
]);

type Placed = Extract<Fact, { type: "ask_placed" }>;

/** A model that wrote a call. */
interface Writer {
  readonly digest: string;
  readonly model: string;
}

/**
 * Learns from the facts of a run what its models can do: for each ask how its call was read in its way of calling, for each attempt
 * whether the edits in it were kept, for each review of an answer whether it helped.
 */
export class Trials {
  readonly #asks: Kinds["asks"];
  readonly #opened = new Map<string, Effect>();
  readonly #placed = new Map<string, Placed>();
  /** Who wrote the last calls of a turn. */
  readonly #writers = new Map<string, Writer>();
  /** The attempt that a turn is. */
  readonly #attempts = new Map<string, string>();
  /** Edits of attempts that are open. */
  readonly #edits = new Map<string, { readonly writer: Writer; readonly form: EditForm }[]>();

  readonly #reviews = new ReviewTrials();

  /** @param asks kinds of asks: each says what its replies prove */
  constructor(asks: Kinds["asks"]) {
    this.#asks = asks;
  }

  /** Takes a fact. */
  of(fact: Stamped): readonly Trial[] {
    return [...this.#of(fact), ...this.#reviews.of(fact)];
  }

  #of(fact: Stamped): readonly Trial[] {
    switch (fact.type) {
      case "effect_opened":
        if (fact.effect.kind === "ask" || fact.effect.kind === "tool") this.#opened.set(fact.effect.key, fact.effect);
        return [];
      case "ask_placed": {
        // An ask that is placed again in another way was refused in its first; in the same way, its prompt was repaired.
        const refused = this.#placed.get(fact.key);
        this.#placed.set(fact.key, fact);
        return refused === undefined || refused.way === fact.way ? [] : this.#way(refused, "failed");
      }
      case "effect_finished":
      case "effect_failed":
      case "effect_refused":
      case "effect_cancelled":
      case "effect_unknown":
        return this.#closed(fact);
      case "turn_opened":
        // Of older runs, where only one attempt was open, nothing is learned again.
        if (typeof fact.attempt === "string") this.#attempts.set(fact.id, fact.attempt);
        return [];
      case "attempt_closed": {
        const name = `${fact.task}.${fact.number}`;
        const edits = this.#edits.get(name) ?? [];
        this.#edits.delete(name);
        // One that another try overtook proves nothing.
        if (fact.verdict === "cancelled") return [];
        const outcome = fact.verdict === "kept" ? "right" as const : "failed" as const;
        return edits.map(({ writer, form }) => ({ ...writer, what: { kind: "edit" as const, form }, outcome }));
      }
      default:
        return [];
    }
  }

  #closed(fact: Extract<Stamped, { type: `effect_${string}` }> & { readonly key: string }): readonly Trial[] {
    const effect = this.#opened.get(fact.key);
    const placed = this.#placed.get(fact.key);
    this.#opened.delete(fact.key);
    this.#placed.delete(fact.key);
    if (effect?.kind === "tool") return this.#edited(effect, fact.type === "effect_finished");
    if (effect?.kind !== "ask" || placed === undefined) return [];
    if (fact.type === "effect_failed") return OF_THE_WAY.has(fact.failure) ? this.#way(placed, "failed", effect) : [];
    if (fact.type !== "effect_finished" || fact.result.kind !== "ask") return [];
    const { calls, step } = fact.result;
    if (effect.turn !== null && effect.tool === undefined && calls.length > 0) {
      this.#writers.set(effect.turn, writerOf(placed));
    }
    if (effect.message !== undefined && calls.length > 0) this.#reviews.reviewed(effect.message, writerOf(placed));
    return this.#way(placed, calls.length === 0 ? "failed" : step === "repair" ? "repaired" : "right", effect);
  }

  #way(placed: Placed, outcome: Trial["outcome"], effect = this.#opened.get(placed.key)): readonly Trial[] {
    const kind = effect?.kind === "ask" ? this.#asks[effect.purpose] : undefined;
    if (kind === undefined || kind.isText === true || kind.ability === null) return [];
    const purpose = kind.ability;
    return [{ ...writerOf(placed), what: { kind: "way", purpose, way: placed.way }, outcome }];
  }

  #edited(effect: Extract<Effect, { kind: "tool" }>, done: boolean): readonly Trial[] {
    const writer = this.#writers.get(effect.turn);
    const form = effect.access === "writes" ? formOf(effect) : null;
    if (writer === undefined || form === null) return [];
    if (!done) return [{ ...writer, what: { kind: "edit", form }, outcome: "failed" }];
    const attempt = this.#attempts.get(effect.turn);
    if (attempt !== undefined) this.#edits.set(attempt, [...this.#edits.get(attempt) ?? [], { writer, form }]);
    return [];
  }
}

function writerOf({ digest, model }: Placed): Writer {
  return { digest: recordKey(digest ?? "", model), model };
}

/** Form of an edit of a file that is there; a new file has only one. */
function formOf({ call, text }: Extract<Effect, { kind: "tool" }>): EditForm | null {
  const form = ({ edit_file: "replace", rewrite_function: "function", rewrite_file: "whole" } as const)[call.name];
  return form === undefined ? null : `${form} ${text === undefined ? "json" : "text"}`;
}
