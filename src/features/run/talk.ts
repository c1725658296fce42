/**
 * Whether models talk beside the work. on: the answers to the arbiter's consults are reviewed by it, too; off: nobody talks but the arbiter,
 * and nothing is reviewed. Absent: specialists talk, and the arbiter reviews what they say to each other.
 */
export const TALK = ["on", "off"] as const;

/** Whether models talk beside the work, as {@link TALK} says. */
export type Talk = typeof TALK[number];
