import { promptOfRole } from "../features/prompt_of_role.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { fill } from "../sentences/fill.ts";
import { variantText } from "../sentences/variant_text.ts";

/**
 * Takes the text of a prompt file as one ask is told it: the lines for its model's size, with the placeholders filled in.
 *
 * @param registry what the crew offers
 * @param file name of the file, such as `work.md`
 * @param role who is asked
 * @param variant size of its model
 * @returns the text; empty where there is no such file
 */
export function promptText(
  state: State,
  registry: Registry,
  file: string,
  role: string,
  variant: "small" | "large",
): string {
  return filled(state, registry.prompts[file]?.text ?? "", role, variant);
}

/**
 * Takes the system prompt of a role as one ask is told it.
 *
 * @param registry what the crew offers
 * @param role who is asked
 * @param variant size of its model
 * @returns the text; empty where the role has none
 */
export function rolePromptText(state: State, registry: Registry, role: string, variant: "small" | "large"): string {
  return filled(state, promptOfRole(registry, role)?.text ?? "", role, variant);
}

function filled(state: State, text: string, role: string, variant: "small" | "large"): string {
  return fill(variantText(text, variant), {
    goal: state.run.info?.goal ?? "",
    role,
    phase: state.run.phase,
    project: state.run.info?.project ?? "",
  });
}
