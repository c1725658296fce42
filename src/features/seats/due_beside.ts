import { facts, NOTHING } from "../../kernel/owed.ts";
import { say } from "../../sentences/say.ts";
import { made } from "../arbiter/by_rules.ts";
import { RULED } from "../decisions/rule_decision.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { nextTask, phaseOf } from "../tasks/next_task.ts";

/**
 * Owes work on a further task beside what is at work, where hosts could serve one more attempt and copies of the project keep them apart.
 */
export function dueBeside(state: State, registry: Registry): Due {
  const atWork = Object.values(state.attempts.open);
  const [main] = Object.values(state.decisions.open);
  if (atWork.length === 0 || main === undefined || state.workspaces.proof?.holds !== true) return NOTHING;
  const most = Math.min(state.seats.open, registry.bounds.seats);
  const working = Object.values(state.decisions.open).filter(({ task }) => task !== null).length;
  // One that has no task in hand yet takes the next one.
  if (working >= most || working < Object.keys(state.decisions.open).length) return NOTHING;
  if (phaseOf(state, registry)?.consultsWork !== true || nextTask(state, registry) === null) return NOTHING;
  const reason = say(registry, "arbiter.beside");
  return facts({
    ...made(state, registry, { name: RULED.goOn, arguments: { reason } }, "rules", reason),
    beside: main.id,
  });
}
