import type { ToolDeclaration } from "../core/call.ts";
import type { Prompt } from "../core/prompt/prompt.ts";
import { chooseEdit, type EditChoice } from "../fleet/choose_way.ts";

/** How texts travel where nothing is known of a model: right after the call. */
export const TEXT_AFTER: EditChoice = chooseEdit(null, null);

/** Tools that change a part of a file, and those that replace the whole, where both are there. */
const EDITS = { replace: "edit_file", whole: "rewrite_file" } as const;

/**
 * Declares a tool as the record of the model wants it: its text asked for after the call, or in the call's JSON.
 *
 * @param tool the tool
 * @param edit how the model is asked for edits
 * @returns the declaration
 */
export function carried(tool: ToolDeclaration, edit: EditChoice): ToolDeclaration {
  if (!edit.inJson || tool.asText === undefined) return tool;
  const { asText: _after, ...whole } = tool;
  return whole;
}

/**
 * Gives a prompt the form of edits that serves the model: what is declared stays, what is legal is narrowed.
 *
 * @param prompt the prompt
 * @param edit how the model is asked for edits
 * @returns the prompt with its legal tools
 */
export function withEdits(prompt: Prompt, edit: EditChoice): Prompt {
  const names = prompt.legal.map(({ name }) => name);
  const both = names.includes(EDITS.replace) && names.includes(EDITS.whole);
  const without = edit.without === null || !both ? null : EDITS[edit.without];
  if (without === null && !edit.inJson) return prompt;
  const legal = prompt.legal.filter(({ name }) => name !== without).map((tool) => carried(tool, edit));
  return { ...prompt, legal, declared: prompt.declared.map((tool) => carried(tool, edit)) };
}
