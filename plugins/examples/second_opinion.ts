import { z } from "zod";
import { definePlugin, modelTool } from "autonomy";

/** Asks another model before something is decided; `"roles": { "coding": { "tools": ["second_opinion"] } }` gives it to a specialist. */
export const secondOpinion = modelTool({
  name: "second_opinion",
  describes:
    "Asks another model whether an idea is right, before much is built on it. It sees only what the call says.",
  model: "qwen2.5:14b@fast",
  input: z.object({
    idea: z.string().describe("What is to be done, and why it should be right."),
    code: z.string().optional().describe("The code that it is about."),
  }),
  prompt: `Somebody wants to do this:

{{idea}}

{{code}}

Say whether it is right. Name the case in which it goes wrong, if there is one.`,
  answers: z.object({
    right: z.boolean().describe("Whether it is right as it stands."),
    because: z.string().describe("Why, in one or two sentences, with the case in which it goes wrong."),
  }),
});

/** A second opinion by another model, as a tool. */
export default definePlugin({ name: "second_opinion", tools: [secondOpinion] });
