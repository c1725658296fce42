import type { Call } from "../../kernel/call.ts";
import { type RunnableTool, ToolError } from "../../ports/tool.ts";
import { say } from "../../sentences/say.ts";
import { Refusal, type World } from "../effect_kind.ts";
import { readText } from "../stored_text.ts";

/** A tool with its arguments: as they were given, and as its schema takes them. */
export interface CheckedCall {
  readonly tool: RunnableTool;
  readonly args: Readonly<Record<string, unknown>>;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Finds the tool that a call means, joins its arguments with the text that came by itself, and compares them with its schema.
 *
 * @param call the call
 * @param text blob with the text of the argument that came as text; absent where none did
 * @throws {Refusal} where there is no such tool any more
 * @throws {ToolError} where the arguments do not fit
 */
export function checkedCall(call: Call, text: string | undefined, { tools, blobs, registry }: World): CheckedCall {
  const tool = tools.get(call.name);
  if (tool === undefined) throw new Refusal(say(registry, "calls.gone", { tool: call.name }));
  const args: Record<string, unknown> = { ...call.arguments };
  const { asText } = tool.declaration;
  if (asText !== undefined && text !== undefined) args[asText] = readText({ text: "", chars: 0, blob: text }, blobs);
  const checked = tool.validate(args, registry);
  if ("faults" in checked) {
    throw new ToolError(say(registry, "calls.wrong", { tool: call.name, faults: checked.faults.join(" ") }));
  }
  return { tool, args, value: checked.value };
}
