import { effects, NOTHING } from "../../kernel/owed.ts";
import type { Due } from "../registry.ts";
import type { State } from "../state.ts";

/**
 * Executes the checks for a cause, unless they are at work.
 *
 * @param isLast whether the run ends by them: what was built meanwhile is put away first
 */
export function checkFor(state: State, cause: string, isLast = false): Due {
  const open = Object.values(state.effects.open).some(({ effect }) => effect.kind === "check");
  const last = isLast ? { last: true } : {};
  return open ? NOTHING : effects({ kind: "check", key: `${cause}.check${state.effects.count}`, cause, ...last });
}
