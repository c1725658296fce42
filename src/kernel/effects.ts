import * as z from "zod";
import { FAILURE_CLASSES } from "./failure.ts";
import { TextFact } from "./text_fact.ts";

/** Something the run owes the world, as the kernel sees it: its kind says who performs it. */
export interface AnyEffect {
  readonly kind: string;
  /** Cause, ordinal and attempt: unique in a run, so that an effect happens at most once. */
  readonly key: string;
}

/** What a finished effect gave, as the kernel sees it: of the effect's own kind. */
export interface AnyResult {
  readonly kind: string;
}

/** An effect that is open. */
export interface OpenEffect<E extends AnyEffect = AnyEffect> {
  readonly effect: E;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
}

/** The effects that are open, by key, and how many there ever were. */
export interface EffectsSlice<E extends AnyEffect = AnyEffect> {
  readonly open: Readonly<Record<string, OpenEffect<E>>>;
  readonly count: number;
}

/** Facts that open and close effects. What kind of effect or result it is, the registry checks. */
export const effectFacts = {
  effect_opened: z.object({ effect: z.looseObject({ kind: z.string(), key: z.string() }) }),
  effect_finished: z.object({ key: z.string(), result: z.looseObject({ kind: z.string() }) }),
  effect_failed: z.object({
    key: z.string(),
    failure: z.enum(FAILURE_CLASSES),
    text: z.string(),
    host: z.string().optional(),
    model: z.string().optional(),
    /** The host was not there or had no room: nothing was learned of whom it was asked. */
    away: z.literal(true).optional(),
    partial: TextFact.optional(),
    ms: z.int(),
    promptTokens: z.int().nullable().optional(),
    answerTokens: z.int().nullable().optional(),
  }),
  effect_refused: z.object({ key: z.string(), reason: z.string() }),
  effect_cancelled: z.object({ key: z.string(), by: z.string(), partial: TextFact.optional(), ms: z.int() }),
  effect_unknown: z.object({ key: z.string(), text: z.string() }),
};

/** No effect is open. */
export const NO_EFFECTS: EffectsSlice = { open: {}, count: 0 };
