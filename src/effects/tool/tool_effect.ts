import * as z from "zod";
import { OutcomeFact } from "../../features/turns/outcome.ts";
import { TOOL_ACCESSES } from "../../kernel/call.ts";
import { TextFact } from "../../kernel/text_fact.ts";
import { CallFact } from "../call_fact.ts";

/** Runs a tool call of a specialist. */
export const ToolEffect = z.object({
  kind: z.literal("tool"),
  key: z.string(),
  turn: z.string(),
  role: z.string(),
  access: z.enum(TOOL_ACCESSES),
  call: CallFact,
  /** Blob with the text of the argument that came as text. */
  text: z.string().optional(),
  /** What the person saw that it would do, who approved it; absent where nobody was asked. */
  approved: TextFact.optional(),
  /** What the command changes of the project itself, where it is noted and not run: nobody was asked whether it may. */
  later: z.enum(["dependencies", "repository"]).optional(),
  /** Short hash of the plugin version whose tool it is; absent for one that comes with Autonomy. */
  version: z.string().optional(),
});

/** Runs a tool call of a specialist. */
export type ToolEffect = z.infer<typeof ToolEffect>;

/** What a tool said, and for tools that conclude what that means for the run. */
export const ToolCallResult = z.object({
  kind: z.literal("tool"),
  text: TextFact,
  outcome: OutcomeFact.nullable(),
  ms: z.int(),
});

/** What a tool said. */
export type ToolCallResult = z.infer<typeof ToolCallResult>;
