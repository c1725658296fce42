import { effects, NOTHING } from "../../kernel/owed.ts";
import { isGreen } from "../checks/judge_run.ts";
import type { OpenDecision } from "../decisions/slice.ts";
import type { Due } from "../registry.ts";
import type { State } from "../state.ts";
import { launchNow } from "./launch_now.ts";

/**
 * Says what is owed before a run that built something new can be judged: that it is started once.
 *
 * @param decision the one that ends the run
 * @returns null where nothing of that is owed
 */
export function dueLaunch(state: State, decision: OpenDecision): Due | null {
  const { plan, made } = state.setup;
  if (plan === null || made === null || !isGreen(state) || launchNow(state) !== null) return null;
  const isOpen = Object.values(state.effects.open).some(({ effect }) => effect.kind === "launch");
  return isOpen
    ? NOTHING
    : effects({ kind: "launch", key: `${decision.id}.launch${state.effects.count}`, cause: decision.id });
}
