import { specialists } from "../../features/decisions/kinds.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";
import type { Registry } from "../../features/registry.ts";
import { say } from "../../sentences/say.ts";

/** Verdicts that fit any message: it goes on as it is, or a question goes back. */
export const VERDICTS = { pass: "approve_message", ask: "clarify_message" } as const;

/**
 * Declares what the arbiter may decide on a message under review.
 *
 * @param registry what the crew offers
 * @returns declarations
 */
export function reviewDecisions(registry: Registry): ToolDeclaration[] {
  const text = { type: "string", description: say(registry, "decisions.modify_message_text"), maxLength: 1000 };
  return [
    {
      name: VERDICTS.pass,
      describes: say(registry, "decisions.approve_message"),
      parameters: {
        type: "object",
        properties: {
          note: { type: "string", description: say(registry, "decisions.approve_message_note"), maxLength: 120 },
        },
        required: ["note"],
      },
    },
    {
      name: "modify_message",
      describes: say(registry, "decisions.modify_message"),
      parameters: { type: "object", properties: { text }, required: ["text"] },
    },
    {
      name: "redirect_message",
      describes: say(registry, "decisions.redirect_message"),
      parameters: {
        type: "object",
        properties: {
          to: {
            type: "string",
            enum: specialists(registry),
            description: say(registry, "decisions.redirect_message_to"),
          },
        },
        required: ["to"],
      },
    },
    {
      name: VERDICTS.ask,
      describes: say(registry, "decisions.clarify_message"),
      parameters: {
        type: "object",
        properties: { question: { ...text, description: say(registry, "decisions.clarify_message_question") } },
        required: ["question"],
      },
    },
  ];
}
