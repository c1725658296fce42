import { z } from "zod";

/** Statuses of an envelope, in the only direction they move. */
export const MESSAGE_STATUSES = ["queued", "held", "reviewed", "in_prompt", "answered", "dropped", "expired"] as const;

/** Status of an envelope. */
export type MessageStatus = typeof MESSAGE_STATUSES[number];

/** Kinds of messages: what their arrival means. */
export const MESSAGE_KINDS = [
  "consult", // arbiter → specialist: starts a turn, wants an answer
  "assignment", // application → specialist: a phase's work, starts a turn
  "answer", // specialist → who asked
  "note", // specialist → specialist, starts no turn
  "question", // specialist → specialist: the asker waits for the answer
  "word", // person → arbiter or specialist
] as const;

/** Kind of a message. */
export type MessageKind = typeof MESSAGE_KINDS[number];

/** A message between models, or between a person and a model. */
export const Envelope = z.object({
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

/** A message as it was sent. */
export type Envelope = z.infer<typeof Envelope>;

/** A message with what became of it. */
export interface Message extends Envelope {
  readonly status: MessageStatus;
  /** Text before a person or the arbiter changed it; null when unchanged. */
  readonly original: string | null;
  /** Receiver before a redirection; null when none happened. */
  readonly originalTo: string | null;
  /** Who changed it last: `person`, `arbiter`, or null. */
  readonly changedBy: string | null;
  /** Turn in whose prompt it stands. */
  readonly turn: string | null;
  /** Time it was sent, ms. */
  readonly at: number;
}

/** A standing order that catches messages, also those that come later. */
export const Hold = z.object({
  id: z.string(),
  /** One message by id, all from or to a role, or all. */
  scope: z.enum(["message", "from", "to", "all"]),
  /** Message id or role; empty for all. */
  of: z.string(),
});

/** A standing order that catches messages. */
export type Hold = z.infer<typeof Hold>;

/**
 * Tells whether a hold catches a message.
 *
 * @param hold standing order
 * @param message id, sender and receiver
 * @returns true when it does
 */
export function catches(
  hold: Hold,
  message: { readonly id: string; readonly from: string; readonly to: string },
): boolean {
  switch (hold.scope) {
    case "message":
      return hold.of === message.id;
    case "from":
      return hold.of === message.from;
    case "to":
      return hold.of === message.to;
    case "all":
      return true;
  }
}

/** Whether a message can still be held, edited, redirected or dropped. */
export function isPending(message: { readonly status: MessageStatus }): boolean {
  return message.status === "queued" || message.status === "held" || message.status === "reviewed";
}
