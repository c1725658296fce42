/**
 * Milliseconds after which something that a test waits for counts as hanging, so that the test can say what there was instead. It is no
 * bound for how long something may take: a busy machine never comes near it.
 */
export const HANGING_MS = 240_000;
