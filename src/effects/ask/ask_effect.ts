import * as z from "zod";
import { WAYS } from "../../kernel/call.ts";
import { TextFact } from "../../kernel/text_fact.ts";
import { MEASURES } from "../../prompt/prompt.ts";
import { PROOFS } from "../../prompt/proof.ts";
import { CallFact } from "../call_fact.ts";

const members = {
  kind: z.literal("ask"),
  key: z.string(),
  role: z.string(),
  /** Turn it belongs to; null for the arbiter. */
  turn: z.string().nullable(),
  /** What the ask is for: a kind of ask of the registry. */
  purpose: z.string(),
  /** Message under review. */
  message: z.string().optional(),
  /** Key of the ask whose reply is interpreted. */
  interprets: z.string().optional(),
  /** Entries at the beginning of the turn's exchange that are summarised. */
  summarises: z.int().optional(),
  /** Tool whose call it carries out. */
  tool: z.string().optional(),
  /** Names of the tools that are legal now. */
  legal: z.array(z.string()),
  temperature: z.number(),
  seed: z.int(),
  /** Most tokens of the answer. */
  answerLimit: z.int(),
  /** Tokens set aside for prompt and answer. */
  reserved: z.int(),
  /** A model tried before and to be passed over, where a second model is wanted. */
  not: z.string().optional(),
};

/**
 * Asks a model. The prompt is not stored here: it is composed from the state, and its blob is named by the closing fact. A kind of ask
 * may keep more in it, of its own.
 */
export const AskEffect = z.looseObject(members);

/** Asks a model. */
export type AskEffect = z.infer<z.ZodObject<typeof members>>;

/** What a reply without a legal call may mean. */
export const Meant = z.object({
  /** Names of the tools that it may mean, likeliest first. */
  tools: z.array(z.string()),
  /** The reply, or the part of it that matters, on one line. */
  excerpt: z.string(),
  why: z.string(),
});

/** What a reply without a legal call may mean. */
export type Meant = z.infer<typeof Meant>;

/** A call as it was read from a reply, and why it cannot run. */
export const AttemptedFact = z.object({
  name: z.string(),
  /** The arguments as they were read, as JSON, bounded. */
  arguments: z.string(),
  fault: z.string(),
});

/** A call as it was read from a reply, and why it cannot run. */
export type AttemptedFact = z.infer<typeof AttemptedFact>;

const given = {
  kind: z.literal("ask"),
  text: TextFact,
  thinking: TextFact.optional(),
  calls: z.array(CallFact),
  /** Why no call was read from it, as a sentence the model can act on; null where one was, or none was wanted. */
  fault: z.string().nullable(),
  /** Step of the mediation that read it. */
  step: z.string(),
  /** What had to be mended so that it could be read, one sentence each. */
  repairs: z.array(z.string()).optional(),
  /** Calls that were read and cannot run. */
  attempted: z.array(AttemptedFact).optional(),
  /** What an interpreter may make of it; absent where a call was read, none was wanted, or none is meant. */
  meant: Meant.optional(),
  /** For a text ask: blob of exactly the text that was asked for. */
  content: z.string().nullable(),
  /** For a summary: what was written, without thinking; absent where that was nothing. */
  summary: TextFact.optional(),
  /** For a call of a tool: what the model said to it, without thinking. */
  said: TextFact.optional(),
  way: z.enum(WAYS),
  host: z.string(),
  model: z.string(),
  prompt: z.string(),
  estimated: z.int(),
  /** What it was estimated by; tokens where absent, as in older runs. */
  measure: z.enum(MEASURES).optional(),
  promptTokens: z.int().nullable(),
  /** Tokens of the prompt that the server had from before, where it says so. */
  heldTokens: z.int().nullable().optional(),
  answerTokens: z.int().nullable(),
  /** Proof that the prompt was heard whole. */
  proof: z.enum(PROOFS),
  endedBy: z.enum(["stop", "length"]),
  ms: z.int(),
  loadMs: z.int().nullable(),
  /** Time in which it read what it did not have of the prompt, where it says so. Absent in older runs. */
  promptMs: z.int().nullable().optional(),
  /** Time of the answer alone, where the server says it. */
  answerMs: z.int().nullable().optional(),
};

/** What an ask gave: the raw text of the reply, and what was read from it. A kind of ask may read more from it, of its own. */
export const AskResult = z.looseObject(given);

/** What an ask gave. */
export type AskResult = z.infer<z.ZodObject<typeof given>>;
