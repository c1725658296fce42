import type { ToolEffect } from "../../effects/tool/tool_effect.ts";
import { strictest } from "../../kernel/rule.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/**
 * Tells whether a turn may write a file without a person: no rule refuses it or asks. A rule that cannot judge a write of which only
 * the path is known judges it later, when all of it is.
 *
 * @param name the tool that would write
 */
export function mayWrite(state: State, registry: Registry, turn: Turn, name: string, path: string): boolean {
  const write: ToolEffect = {
    kind: "tool",
    key: `${turn.id}.call${turn.toolCalls + 1}`,
    turn: turn.id,
    role: turn.role,
    access: "writes",
    call: { name, arguments: { path } },
  };
  return registry.rules.every((rule) => {
    try {
      return strictest([rule], state, write, registry).verdict === "allow";
    } catch {
      return true;
    }
  });
}
