import type { ToolEffect } from "../effects/effect.ts";
import type { Registry } from "../features/registry.ts";
import type { State, Turn } from "../features/state.ts";

/**
 * Tells whether a turn may write a file without a person: no rule refuses it or asks. A rule that cannot judge a write of which only
 * the path is known judges it later, when all of it is.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn
 * @param name tool that writes
 * @param path file, relative to the project
 * @returns true where it may
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
      return (rule(state, write)?.verdict ?? "allow") === "allow";
    } catch {
      return true;
    }
  });
}
