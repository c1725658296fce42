import type { Call } from "../../kernel/call.ts";

/** Verdicts by message; null where the review gave none that is legal. */
export type VerdictsSlice = Readonly<Record<string, Call | null>>;
