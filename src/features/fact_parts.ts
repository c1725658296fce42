import { z } from "zod";
import { MESSAGE_KINDS } from "./messages/message.ts";
import { TASK_STATUSES } from "./tasks/task.ts";

// Shapes of stored parts, apart from what is done with them: the screen needs the latter alone, and zod takes a tenth of the time to its
// first frame.

/** A text in a fact: whole when short, else its beginning with the hash of the blob that holds all of it. */
export const TextFact = z.object({
  /** The whole text, or its first 1,500 characters when `blob` is set. */
  text: z.string(),
  /** Length of the whole text in characters. */
  chars: z.int(),
  /** SHA-256 of the whole text, where it is stored as a blob. */
  blob: z.string().optional(),
});

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
});

/** A standing order that catches messages, also those that come later. */
export const HoldFact = z.object({
  id: z.string(),
  /** One message by id, all from or to a role, or all. */
  scope: z.enum(["message", "from", "to", "all"]),
  /** Message id or role; empty for all. */
  of: z.string(),
});

/** A piece of work. */
export const TaskFact = z.object({
  id: z.string(),
  /** work: planned; issue: reported by a review; documentation: brings documents up to what changed. */
  kind: z.enum(["work", "issue", "documentation"]),
  description: z.string(),
  /** File of the project it is about, if one is known. */
  target: z.string().nullable(),
  /** Names of failing check results that it must make pass; empty where no check shows it. */
  checks: z.array(z.string()),
  /** Ids of tasks that come first. */
  after: z.array(z.string()),
  status: z.enum(TASK_STATUSES),
  /** Why it has this status, where that needs a word. */
  reason: z.string(),
});
