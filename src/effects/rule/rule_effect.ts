import * as z from "zod";
import { TOOL_ACCESSES } from "../../kernel/call.ts";
import { CallFact } from "../call_fact.ts";

/** Asks the rules of a person's plugins whether a call may run. */
export const RuleEffect = z.object({
  kind: z.literal("rule"),
  key: z.string(),
  turn: z.string(),
  role: z.string(),
  access: z.enum(TOOL_ACCESSES),
  call: CallFact,
  /** Blob with the text of the argument that came as text. */
  text: z.string().optional(),
});

/** Asks the rules of a person's plugins whether a call may run. */
export type RuleEffect = z.infer<typeof RuleEffect>;

/** A verdict as facts hold it. */
export const VerdictFact = z.discriminatedUnion("verdict", [
  z.object({ verdict: z.literal("allow") }),
  z.object({ verdict: z.literal("refuse"), reason: z.string(), path: z.string().optional() }),
  z.object({ verdict: z.literal("confirm"), question: z.string() }),
]);

/** The strictest verdict of those rules. */
export const RuleResult = z.object({ kind: z.literal("rule"), verdict: VerdictFact });

/** The strictest verdict of those rules. */
export type RuleResult = z.infer<typeof RuleResult>;
