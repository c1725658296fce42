import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { readingParts } from "../effects/ask/reading_parts.ts";
import { storedRequest } from "../effects/ask/stored_request.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import { plainName } from "../kernel/say.ts";
import type { Texts } from "../kernel/told.ts";

/** A question to the arbiter's model, and where its end stands. */
export interface AskedFor {
  readonly ask: AskEffect;
  placed: Extract<Fact, { type: "ask_placed" }> | null;
  /** Place of the fact that closed it; null while it is open. */
  closed: number | null;
}

/** A question to the arbiter's model: what it was told, what it could decide, what it said. */
export interface WhyAsk {
  /** Key of the ask. */
  readonly key: string;
  /** Model, host and way of calling; null where it was not placed. */
  readonly where: string | null;
  /** Decisions that were legal: their names, and what each would be. */
  readonly legal: readonly { readonly name: string; readonly words: string }[];
  /** What the model was told of the run; null where that is not in the journal. */
  readonly brief: string | null;
  /** The reply as it came; null where none did. */
  readonly reply: string | null;
  /** How the reply was read, or why it led to nothing, one sentence each. */
  readonly read: readonly { readonly title: string; readonly text: string; readonly bad: boolean }[];
}

/**
 * Collects what is known of a question.
 *
 * @param asked the question
 * @param closing the fact that closed it; null where it is open
 * @param texts where prompts and replies stand
 * @param legal says a legal decision by its name
 */
export function askEvidence(
  { ask, placed }: AskedFor,
  closing: Stamped | null,
  texts: Texts,
  legal: (name: string) => WhyAsk["legal"][number],
): WhyAsk {
  const known = {
    key: ask.key,
    where: placed === null ? null : `${placed.model}@${placed.host}, ${placed.way}`,
    legal: ask.legal.map(legal),
  };
  if (closing?.type === "effect_finished" && closing.result.kind === "ask") {
    const { result } = closing;
    return {
      ...known,
      brief: briefOf(result.prompt, texts),
      reply: texts.whole(result.text),
      read: readingParts(result, ask.legal),
    };
  }
  const failed = closing?.type === "effect_failed"
    ? [{ title: `failed: ${plainName(closing.failure)}`, text: closing.text, bad: true }]
    : [];
  const partial = closing?.type === "effect_failed" && closing.partial !== undefined;
  return { ...known, brief: null, reply: partial ? texts.whole(closing.partial!) : null, read: failed };
}

/** What a model was told of the run, without what stands before every question. */
function briefOf(hash: string, texts: Texts): string | null {
  const request = storedRequest(hash, texts);
  if (request === null) return null;
  return request.messages.filter(({ role }) => role !== "system").map(({ content }) => content).join("\n\n");
}
