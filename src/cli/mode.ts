/** Modes of the arbiter. */
export const MODES = ["driver", "observer", "off"] as const;

/** A mode of the arbiter: decides every step, watches, or leaves the run to the rules. */
export type Mode = typeof MODES[number];
