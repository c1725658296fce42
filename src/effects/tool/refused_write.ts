import { plainPath } from "../../features/rules.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import { strictest, type Verdict } from "../../kernel/rule.ts";
import { say } from "../../sentences/say.ts";
import type { World } from "../effect_kind.ts";
import type { ToolEffect } from "./tool_effect.ts";

/**
 * Says why a call may not write a file that its arguments do not name: the rules looked at the arguments before, and at none of the files that
 * a tool finds by itself.
 *
 * @param path the file, relative to the project, links followed
 * @returns null where it may, since the call names it, the rules allow it, or a person saw it before
 */
export function refusedWrite(
  effect: ToolEffect,
  { state, registry }: Pick<World, "state" | "registry">,
  path: string,
): string | null {
  const { call } = effect;
  if (plainPath(state, call.arguments.path) === path) return null;
  const write: ToolEffect = { ...effect, access: "writes", call: { ...call, arguments: { ...call.arguments, path } } };
  let verdict: Verdict;
  try {
    verdict = strictest(registry.rules, state, write, registry);
  } catch (error) {
    return say(registry, "rules.unnamed_unjudged", { path, why: reasonOf(error) });
  }
  if (verdict.verdict === "allow" || verdict.verdict === "confirm" && effect.approved !== undefined) return null;
  return verdict.verdict === "refuse" ? verdict.reason : say(registry, "rules.unnamed", { path });
}
