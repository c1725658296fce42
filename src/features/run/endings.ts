/** Ways a run ends; the exit codes follow from them. */
export const ENDINGS = ["accepted", "partial", "failed", "blocked", "budget", "no_host", "cancelled"] as const;

/** Kind of an ending. */
export type EndingKind = typeof ENDINGS[number];
