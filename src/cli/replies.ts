import { readText } from "../effects/stored_text.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import type { Journal } from "../run/journal.ts";
import type { EvidencePart, ReplyEvidence } from "../tui/store.ts";

type Placed = Extract<Fact, { type: "ask_placed" }>;
type Result = Extract<Extract<Fact, { type: "effect_finished" }>["result"], { kind: "ask" }>;

/** An ask that was answered, or that failed. */
interface Answered {
  readonly ask: AskEffect;
  readonly placed: Placed | null;
  /** Place of the fact that closed it. */
  readonly seq: number;
}

/** Finds the replies of a run's threads in its journal, each with the evidence of how it was read. */
export class Replies {
  readonly #journal: Journal<Fact>;
  readonly #open = new Map<string, { readonly ask: AskEffect; placed: Placed | null }>();
  readonly #answered = new Map<string, Answered[]>();
  /** What became of a reply at the interpreter, by the key of its ask. */
  readonly #interpreted = new Map<string, string>();
  #seen = 0;

  /** @param journal the run's journal, which may go on growing */
  constructor(journal: Journal<Fact>) {
    this.#journal = journal;
  }

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
    const fact = this.#journal.read(found.seq).next().value;
    if (fact === undefined) return null;
    const { ask, placed } = found;
    const stamped: Stamped = fact;
    const parts: EvidencePart[] = [];
    let model = placed?.model ?? "";
    if (stamped.type === "effect_finished" && stamped.result.kind === "ask") {
      model = stamped.result.model;
      const read = (text: Result["text"]) => readText(text, this.#journal);
      parts.push({ title: "raw reply", text: read(stamped.result.text) || "(empty)", bad: false });
      if (stamped.result.thinking !== undefined) {
        parts.push({ title: "thinking", text: read(stamped.result.thinking), bad: false });
      }
      parts.push(...readingParts(stamped.result, ask.legal));
    } else if (stamped.type === "effect_failed") {
      const partial = stamped.partial === undefined ? "(nothing)" : readText(stamped.partial, this.#journal);
      parts.push({ title: "raw reply, as far as it came", text: partial, bad: false });
      parts.push({ title: `failed: ${stamped.failure.replaceAll("_", " ")}`, text: stamped.text, bad: true });
    }
    const interpreted = this.#interpreted.get(ask.key);
    if (interpreted !== undefined) parts.push({ title: "interpreter", text: interpreted, bad: false });
    const record = recordOf(state, role, model);
    if (record !== "") parts.push({ title: "record", text: record, bad: false });
    const where = placed === null ? "not placed" : `${placed.model}@${placed.host}, ${placed.way}`;
    const why = placed?.wayReason === undefined ? "" : ` by ${placed.wayReason}`;
    return { key: ask.key, at: stamped.at, purpose: ask.purpose, where: `${where}${why}`, parts };
  }

  #learn(): void {
    for (const fact of this.#journal.read(this.#seen + 1)) {
      this.#seen = fact.seq;
      if (fact.type === "effect_opened") {
        if (fact.effect.kind === "ask") this.#open.set(fact.effect.key, { ask: fact.effect, placed: null });
      } else if (fact.type === "ask_placed") {
        const open = this.#open.get(fact.key);
        if (open !== undefined) open.placed = fact;
      } else if (fact.type === "interpretation_skipped") this.#interpreted.set(fact.ask, `not asked: ${fact.reason}`);
      else if (/^effect_(?:finished|failed|refused|cancelled|unknown)$/.test(fact.type) && "key" in fact) {
        this.#close(fact, this.#open.get(fact.key));
      }
    }
  }

  #close(fact: Stamped & { readonly key: string }, open: { ask: AskEffect; placed: Placed | null } | undefined): void {
    if (open === undefined) return;
    this.#open.delete(fact.key);
    const { ask } = open;
    if (ask.interprets !== undefined) this.#interpreted.set(ask.interprets, interpretationOf(fact));
    if (fact.type !== "effect_finished" && fact.type !== "effect_failed") return;
    const known = this.#answered.get(ask.role) ?? [];
    known.push({ ...open, seq: fact.seq });
    this.#answered.set(ask.role, known);
  }
}

/** What the interpreter made of a reply. */
function interpretationOf(fact: Stamped): string {
  if (fact.type === "effect_finished" && fact.result.kind === "ask") {
    const [call] = fact.result.calls;
    return call === undefined
      ? `no call: ${fact.result.fault ?? ""}`
      : `${call.name} ${JSON.stringify(call.arguments)}`;
  }
  return fact.type === "effect_failed" ? `failed: ${fact.text}` : "was not finished";
}

/**
 * Says how a reply was read: the step that helped and what it mended, each call and each attempt with its structure, and the tools
 * that were offered. Of a reply that was read as it was written only the calls are said.
 *
 * @param result how the ask ended
 * @param offered tools that were legal for it
 * @returns parts in order
 */
export function readingParts(result: Result, offered: readonly string[]): EvidencePart[] {
  const attempted = result.attempted ?? [];
  const repairs = result.repairs ?? [];
  const parts: EvidencePart[] = [];
  const part = (title: string, text: string, bad = false) => parts.push({ title, text, bad });
  const calls = result.calls.map((call) => `${call.name} ${JSON.stringify(call.arguments)}`);
  const read = calls.length > 0 ? calls.join("\n") : result.fault === null ? "the text that was asked for" : "no call";
  part(`read by ${result.step}`, read);
  if (repairs.length > 0) part("repaired", repairs.join("\n"));
  for (const { name, arguments: given, fault } of attempted) {
    part(`attempted: ${name || "no name"}`, `${given}\n${fault}`, true);
  }
  if (result.fault !== null) part("fault, as the model is told it", result.fault, true);
  if (result.meant !== undefined) part("may mean a call", result.meant.why);
  if (result.fault !== null || repairs.length > 0 || attempted.length > 0) {
    part("tools offered", offered.join(", ") || "none");
  }
  return parts;
}

/** A model's record in this run: failures in a row beside all its replies. */
function recordOf(state: State, role: string, model: string): string {
  const record = state.statistics.asks[`${role} ${model}`];
  if (record === undefined) return "";
  const { asks, right, repaired, failed, failedInARow } = record;
  return `${failedInARow} failed in a row now; of ${asks} in this run ${right} right, ${repaired} repaired, ${failed} failed`;
}
