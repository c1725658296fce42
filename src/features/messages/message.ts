import type * as z from "zod";
import type { EnvelopeFact, HoldFact } from "./facts.ts";

/** Statuses of an envelope, in the only direction they move. */
export const MESSAGE_STATUSES = ["queued", "held", "reviewed", "in_prompt", "answered", "dropped", "expired"] as const;

/** Status of an envelope. */
export type MessageStatus = typeof MESSAGE_STATUSES[number];

/** A message as it was sent. */
export type Envelope = z.infer<typeof EnvelopeFact>;

/** Something that was done to a message on its way, by whom, and what was so before. */
export type Change =
  | { readonly kind: "edited"; readonly by: string; readonly text: string }
  | { readonly kind: "redirected"; readonly by: string; readonly to: string }
  /** Sent to somebody else, too, by another message. */
  | { readonly kind: "duplicated"; readonly by: string; readonly message: string }
  | { readonly kind: "dropped"; readonly by: string };

/** A message with what became of it. */
export interface Message extends Envelope {
  readonly status: MessageStatus;
  /** What was done to it and not taken back, oldest first. */
  readonly changes: readonly Change[];
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

/** Messages of a run, and the standing orders about them. */
export interface MessagesSlice {
  readonly list: readonly Message[];
  readonly count: number;
  readonly holds: readonly Hold[];
}

/** Whether nothing more happens to a message. */
export function isOver(message: { readonly status: MessageStatus }): boolean {
  return message.status === "answered" || message.status === "dropped" || message.status === "expired";
}

/** Whether a message may go into a prompt now. */
export function isReady(message: Message): boolean {
  return message.status === "reviewed" || message.status === "queued" && !message.review;
}
