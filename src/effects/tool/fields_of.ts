import { answersOf } from "../../features/turns/answers_of.ts";
import { fieldsText } from "../../features/turns/fields_text.ts";
import { validate } from "../../mediate/validate.ts";
import { ToolError } from "../../ports/tool.ts";
import { say } from "../../sentences/say.ts";
import type { World } from "../effect_kind.ts";
import { textOf } from "../stored_text.ts";
import type { ToolCallResult, ToolEffect } from "./tool_effect.ts";

/**
 * Carries out the call that ends a turn with the fields of its role's answer: no code is run for it, whoever asked is shown the fields.
 *
 * @returns null where the call is none
 * @throws {ToolError} where the fields do not fit their form
 */
export function fieldsOf(
  { turn, call }: Pick<ToolEffect, "turn" | "call">,
  world: World,
): Omit<ToolCallResult, "ms"> | null {
  const { state, registry, blobs } = world;
  const open = state.turns.open[turn];
  const wanted = open === undefined ? null : answersOf(state, registry, open);
  if (wanted === null || wanted.tool !== call.name) return null;
  const checked = validate(wanted.answers, call.arguments, registry);
  if ("faults" in checked) {
    throw new ToolError(say(registry, "calls.wrong", { tool: call.name, faults: checked.faults.join(" ") }));
  }
  const fields = { ...checked.value as Readonly<Record<string, unknown>> };
  const text = fieldsText(fields);
  return { kind: "tool", text: textOf(text, blobs), outcome: { kind: "answered", text, fields } };
}
