import type { JsonSchema } from "../kernel/call.ts";

/** The argument in which the arbiter says why. */
export const REASON: JsonSchema = { type: "string", description: "Why, in one sentence.", maxLength: 200 };
