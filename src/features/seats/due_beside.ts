import { facts, NOTHING } from "../../kernel/owed.ts";
import { say } from "../../sentences/say.ts";
import { pastOf } from "../attempts/past_of.ts";
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
  if (phaseOf(state, registry)?.consultsWork !== true) return NOTHING;
  const task = nextTask(state, registry) === null ? raceable(state, registry) : null;
  if (task === null && nextTask(state, registry) === null) return NOTHING;
  const reason = task === null ? say(registry, "arbiter.beside") : say(registry, "arbiter.race", { task });
  return facts({
    ...made(state, registry, { name: RULED.goOn, arguments: { reason } }, "rules", reason),
    beside: main.id,
    ...(task === null ? {} : { races: task }),
  });
}

/**
 * The task at which one more try is worth a slot that is left: one whose checks tell who was first, and at which a try has failed, since the
 * first is the model's best guess. Of several, the one with the fewest at work. All tries together are no more than those of one in hand.
 */
function raceable(state: State, { bounds }: Registry): string | null {
  const atWork = Object.values(state.attempts.open).map(({ task }) => task);
  const count = (id: string) => atWork.filter((task) => task === id).length;
  const [first] = state.tasks.list
    .filter(({ id, status, kind, checks }) =>
      status === "in_progress" && kind === "work" && checks.length > 0 && count(id) > 0 &&
      failedTries(state, id) > 0 && failedTries(state, id) + count(id) < bounds.attempts
    )
    .toSorted((one, other) => count(one.id) - count(other.id));
  return first?.id ?? null;
}

/** Tries at a task that did not help, since the last that did. */
function failedTries(state: State, id: string): number {
  const past = pastOf(state, id, null);
  return past.length - 1 - past.findLastIndex(({ verdict }) => verdict === "kept");
}
