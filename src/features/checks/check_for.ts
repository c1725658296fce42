import { effects, NOTHING } from "../../kernel/owed.ts";
import type { Due } from "../registry.ts";
import type { State } from "../state.ts";

/** Executes the checks for a cause, unless they are at work. */
export function checkFor(state: State, cause: string): Due {
  const open = Object.values(state.effects.open).some(({ effect }) => effect.kind === "check");
  return open ? NOTHING : effects({ kind: "check", key: `${cause}.check${state.effects.count}`, cause });
}
