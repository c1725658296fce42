import * as z from "zod";
import { CallFact } from "../../effects/call_fact.ts";
import { TextFact } from "../../kernel/text_fact.ts";

/** Ways a turn ends: finished by a closing tool, checked by green checks; the others name what went wrong. */
const TURN_ENDINGS = ["finished", "checked", "capped", "no_call", "failed", "refused", "cancelled", "budget"] as const;

/** How a turn ends. */
export type TurnEnding = typeof TURN_ENDINGS[number];

/** What happens in a specialist's turn, beside its effects. */
export const turnFacts = {
  turn_opened: z.object({
    id: z.string(),
    role: z.string(),
    message: z.string(),
    purpose: z.string(),
    tools: z.array(z.string()),
    temperature: z.number(),
    seed: z.int(),
    /** Decision and attempt that it is for; in older runs the only ones that were open. */
    decision: z.string().nullable().optional(),
    attempt: z.string().nullable().optional(),
    /** Short hash of the plugin version whose specialist it is; absent for one that comes with Autonomy. */
    version: z.string().optional(),
  }),
  turn_closed: z.object({ id: z.string(), ending: z.enum(TURN_ENDINGS), text: z.string() }),
  /** A call that was decided already, made without asking a model; its reason says why. */
  call_given: z.object({ turn: z.string(), call: CallFact }),
  call_refused: z.object({
    turn: z.string(),
    name: z.string(),
    reason: z.string(),
    /** The file that judges the work and that the call would have changed. */
    path: z.string().optional(),
  }),
  /** A call that was made before in the turn with the same result: it is answered from that, with the advice to go on. */
  call_answered: z.object({
    turn: z.string(),
    name: z.string(),
    ok: z.boolean(),
    text: TextFact,
    advice: z.string(),
  }),
  /** Files of the project that a call showed the turn, by the hash of what they held: what it writes is meant for that. */
  files_shown: z.object({ turn: z.string(), files: z.record(z.string(), z.string()) }),
  turn_told: z.object({
    turn: z.string(),
    text: z.string(),
    /** What is told, where that matters for what is due; absent in older runs. */
    about: z.enum(["checks"]).optional(),
    /** Whether it is what the turn waits for: whatever else is on its way, it goes on. */
    answers: z.literal(true).optional(),
  }),
};
