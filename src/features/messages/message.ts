import type { z } from "zod";
import type { EnvelopeFact, HoldFact } from "../fact_parts.ts";

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

/** A message as it was sent. */
export type Envelope = z.infer<typeof EnvelopeFact>;

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

/** A standing order that catches messages. */
export type Hold = z.infer<typeof HoldFact>;

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
