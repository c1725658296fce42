import * as z from "zod";
import { MESSAGE_KINDS } from "./message_kinds.ts";

/** A message between models, or between a person and a model. */
export const EnvelopeFact = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  kind: z.enum(MESSAGE_KINDS),
  text: z.string(),
  /** Decision, turn or effect that caused it. */
  cause: z.string(),
  /** The message that it answers. */
  answers: z.string().nullable(),
  /** True when the arbiter reviews it before it goes on. */
  review: z.boolean(),
  /** Whether it waits until its receiver is at nothing any more; absent: it goes into the turn that is at work. */
  later: z.literal(true).optional(),
  /** The message that a person sent to somebody else, too, by this one. */
  duplicateOf: z.string().optional(),
});

/** A standing order that catches messages, also those that come later. */
export const HoldFact = z.object({
  id: z.string(),
  /** One message by id, all from or to a role, or all. */
  scope: z.enum(["message", "from", "to", "all"]),
  /** Message id or role; empty for all. */
  of: z.string(),
});

/** What happens to messages, and to standing orders about them. */
export const messageFacts = {
  message_sent: z.object({ message: EnvelopeFact }),
  message_released: z.object({ id: z.string() }),
  message_edited: z.object({ id: z.string(), text: z.string(), by: z.string() }),
  message_redirected: z.object({ id: z.string(), to: z.string(), by: z.string() }),
  /** The last thing that was done to a message on its way is undone. */
  message_taken_back: z.object({ id: z.string(), by: z.string() }),
  message_reviewed: z.object({ id: z.string(), verdict: z.string(), by: z.string() }),
  message_in_prompt: z.object({ id: z.string(), turn: z.string() }),
  message_answered: z.object({ id: z.string() }),
  message_dropped: z.object({ id: z.string(), by: z.string(), reason: z.string() }),
  /** It goes no further: its sender is asked something about it. */
  message_sent_back: z.object({ id: z.string(), question: z.string(), by: z.string() }),
  /** Nobody will read it: the run ended, or what it answers is over. */
  message_expired: z.object({
    id: z.string(),
    /**
     * Why: what it answers was decided before it came, its receiver waits no more, or no model answered in the turn that it opened; absent
     * where the run ended, and in older runs.
     */
    reason: z.enum(["late", "unawaited", "unheard"]).optional(),
    /** What kept a model from answering; absent where that is not why. */
    cause: z.string().optional(),
  }),
  hold_placed: z.object({ hold: HoldFact }),
  hold_lifted: z.object({ id: z.string() }),
};
