import { specialists } from "../../features/decisions/kinds.ts";
import type { ToolDeclaration } from "../../kernel/call.ts";
import type { Registry } from "../../features/registry.ts";

/**
 * Declares what the arbiter may decide on a message under review.
 *
 * @param registry what the crew offers
 * @returns declarations
 */
export function reviewDecisions(registry: Registry): ToolDeclaration[] {
  const text = { type: "string", description: "The text.", maxLength: 1000 };
  return [
    {
      name: "approve_message",
      describes: "Lets the message go on as it is.",
      parameters: {
        type: "object",
        properties: { note: { type: "string", description: "Why, in a few words.", maxLength: 120 } },
        required: ["note"],
      },
    },
    {
      name: "modify_message",
      describes: "Lets the message go on with another text.",
      parameters: { type: "object", properties: { text }, required: ["text"] },
    },
    {
      name: "redirect_message",
      describes: "Sends the message to another specialist.",
      parameters: {
        type: "object",
        properties: { to: { type: "string", enum: specialists(registry), description: "The specialist." } },
        required: ["to"],
      },
    },
    {
      name: "clarify_message",
      describes: "Stops the message and asks its sender a question back.",
      parameters: {
        type: "object",
        properties: { question: { ...text, description: "The question." } },
        required: ["question"],
      },
    },
  ];
}
