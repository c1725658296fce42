import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";
import { CallFact } from "../call_fact.ts";

/** Finds out what a tool call would do, for the person who is asked whether it may. */
export const PreviewEffect = z.object({
  kind: z.literal("preview"),
  key: z.string(),
  turn: z.string(),
  role: z.string(),
  call: CallFact,
  /** Blob with the text of the argument that came as text. */
  text: z.string().optional(),
});

/** Finds out what a tool call would do, for the person who is asked whether it may. */
export type PreviewEffect = z.infer<typeof PreviewEffect>;

/** All that the call would write or run. */
export const PreviewResult = z.object({ kind: z.literal("preview"), shows: TextFact });

/** All that the call would write or run. */
export type PreviewResult = z.infer<typeof PreviewResult>;
