import type { JsonSchema } from "../kernel/call.ts";
import { say, type Wording } from "../sentences/say.ts";

/** The argument in which the arbiter says why. */
export function reasonArgument(from: Wording): JsonSchema {
  return { type: "string", description: say(from, "decisions.reason"), maxLength: 200 };
}
