import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";

/** What is asked of a person and told to them. */
export const peopleFacts = {
  question_asked: z.object({
    id: z.string(),
    /**
     * trust: may this project's code run; call: may this call run; plugin: may this version of a project's plugin be used; input: what the
     * arbiter wants to know.
     */
    kind: z.enum(["trust", "call", "plugin", "input"]),
    text: z.string(),
    context: z.string(),
    turn: z.string().nullable(),
    /** All that the call would write or run, or the difference of the plugin, for a person to read. */
    shows: TextFact.optional(),
    /** Words that count as the answer where the person agrees, and that they may edit; absent where nothing is proposed. */
    proposes: z.string().optional(),
  }),
  question_answered: z.object({ id: z.string(), approved: z.boolean(), text: z.string() }),
  person_told: z.object({ text: z.string(), cause: z.string() }),
};
