import type { ToolTraits } from "../kernel/tool_traits.ts";
import type { Registry, Situation } from "../features/registry.ts";
import { repeatedTool } from "../features/turns/fruitless.ts";
import type { Turn } from "../features/turns/slice.ts";
import { isTalkedOut } from "../features/turns/talk.ts";

/**
 * The tools that a turn may still use. One that was just called twice with the same arguments has said all that it can; within an attempt
 * the checks say nothing new while nothing was written.
 */
export function openTools({ state, registry }: Situation, turn: Turn): readonly string[] {
  const repeated = repeatedTool(registry, turn);
  const known = turn.attempt !== null && state.checks.latest !== null && !state.checks.stale;
  return turn.tools.filter((name) =>
    name !== repeated && !(known && registry.tools[name]?.traits?.checks === true) && !isTalkedOut(registry, turn, name)
  );
}

/** The tool of some that edits in a way; undefined where there is none. */
export function editing(
  registry: Registry,
  names: readonly string[],
  edits: ToolTraits["edits"],
): string | undefined {
  return names.find((name) => registry.tools[name]?.traits?.edits === edits);
}
