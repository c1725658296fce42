import { isAskedInVain } from "../arbiter/is_asked_in_vain.ts";
import { ARBITER, type Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { goesStraight } from "../tasks/goes_straight.ts";
import { phasesByRule } from "../tasks/next_task.ts";
import { roleOfPhase } from "../tasks/role_of_phase.ts";

/**
 * Lists the roles of which it is known that they will be asked next, the one that comes first at the front: the arbiter where it decides,
 * who acts in the phases that have work, and who acts in the one after the present.
 *
 * @returns names, each once; none while the run is paused, and once it is over
 */
export function rolesToCome(state: State, registry: Registry): readonly string[] {
  const { info, ending, paused, phase } = state.run;
  if (info === null || ending !== null || paused) return [];
  const decides = registry.roles[ARBITER] !== undefined && info.mode === "driver" && !isAskedInVain(state) &&
    !goesStraight(state, registry);
  const after = registry.phases.slice(registry.phases.findIndex((kind) => kind.phase === phase) + 1)
    .find((kind) => kind.rank(state) !== null);
  const phases = [...phasesByRule(state, registry), ...(after === undefined ? [] : [after])];
  const acting = phases.flatMap((kind) => roleOfPhase(registry, kind.phase) ?? []);
  return [...new Set([...(decides ? [ARBITER] : []), ...acting])];
}
