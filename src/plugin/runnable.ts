import * as z from "zod";
import { OutcomeFact } from "../features/turns/outcome.ts";
import type { ToolAsk } from "../features/tool_ask.ts";
import type { RunnableTool, ToolResult } from "../ports/tool.ts";
import { checkArguments, parametersOf } from "./arguments.ts";
import type { ModelAsk, Tool } from "./tool.ts";

/**
 * Makes a tool of a plugin that runs in this process ready to be called.
 *
 * @param tool as the plugin wrote it
 * @param plugin how the plugin is named where its tool gives something wrong
 */
export function runnable(tool: Tool, plugin: string): RunnableTool {
  const parameters = parametersOf(tool.input);
  const { name, describes, asText } = tool;
  return {
    declaration: { name, describes, parameters, ...(asText === undefined ? {} : { asText }) },
    access: tool.access,
    ...(tool.traits === undefined ? {} : { traits: tool.traits }),
    ...(tool.asks === undefined ? {} : { asks: toolAsk(tool.asks) }),
    validate: (args, from = {}) => checkArguments(tool.input, parameters, args, from),
    async run(value, context) {
      return resultOf(await tool.run({ ...value }, context), tool, plugin);
    },
  };
}

function toolAsk({ model, prompt, answers }: ModelAsk): ToolAsk {
  return {
    model: typeof model === "string" ? model : null,
    role: typeof model === "string" ? null : model.role,
    prompt,
    answers: answers === undefined ? null : parametersOf(answers),
  };
}

const Result = z.union([
  z.string().transform((text): ToolResult => ({ text })),
  z.object({ text: z.string(), outcome: OutcomeFact.optional() }),
]);

/**
 * Gives what a tool gave: a plugin's code need not keep what its types say, so the result is looked at before it becomes a fact.
 *
 * @param value what the tool gave
 * @param plugin how the plugin is named
 * @throws where it is neither text nor text with an outcome, or its tool may give none
 */
export function resultOf(value: unknown, { name, access }: Pick<Tool, "name" | "access">, plugin: string): ToolResult {
  const result = Result.safeParse(value);
  if (!result.success) {
    throw new Error(
      `The tool "${name}" of ${plugin} must give text, or { text, outcome }, but gave ${shapeOf(value)}.`,
    );
  }
  if (result.data.outcome !== undefined && access !== "concludes") {
    throw new Error(
      `The tool "${name}" of ${plugin} gives an outcome, so its access must be "concludes", but is "${access}".`,
    );
  }
  return result.data;
}

/** How many fields of an object are named. */
const MOST_FIELDS = 10;

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.keys(value);
  const more = fields.length > MOST_FIELDS ? ` and ${fields.length - MOST_FIELDS} more` : "";
  return `an object with ${fields.slice(0, MOST_FIELDS).join(", ") || "nothing"}${more}`;
}
