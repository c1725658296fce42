import { attemptsAt } from "../attempts/attempts_at.ts";
import { effects, facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { say } from "../../sentences/say.ts";
import type { Fact } from "../fact.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/** Who plans the tasks of criteria. */
export const BY_CRITERIA = "criteria";

/** Attempts at work that its test did not let pass, before that may be the test's own fault. */
const VAIN = 2;

/**
 * Says what is owed of a test that no attempt at its work made pass: it may ask for something wrong, so it is taken back, and the work is
 * done without it. Its criterion stays unshown.
 *
 * @returns null where there is none
 */
export function dueWithdrawal(state: State, registry: Registry): Due | null {
  const { tasks, criteria, effects: { open }, attempts } = state;
  const task = tasks.list.find((one) => isInVain(state, one));
  if (task === undefined || task.criterion === undefined || Object.keys(attempts.open).length > 0) return null;
  const standing = criteria.tests[task.criterion];
  if (standing === undefined) return withoutTest(state, registry, task, task.criterion);
  const { attempt } = standing;
  const isOpen = Object.values(open).some(({ effect }) => effect.kind === "take_back" && effect.attempt === attempt);
  if (isOpen) return WAITING;
  return {
    ...effects({ kind: "take_back", key: `${attempt}.withdraw${state.effects.count}`, attempt }),
    waits: true,
  };
}

/** Whether work was given up that its test did not let pass; a person who drops its assignment wants none. */
function isInVain(state: State, { id, kind, status, test }: Task): boolean {
  if (kind !== "work" || status !== "parked" || test === undefined) return false;
  const past = attemptsAt(state, id);
  return past.filter(({ verdict }) => verdict === "refuted" || verdict === "empty").length >= VAIN;
}

/** The same work, as if no test had been asked for. */
function withoutTest(state: State, registry: Registry, task: Task, number: number): Due {
  const { tasks, criteria } = state;
  const criterion = criteria.list?.[number - 1];
  if (criterion === undefined) return NOTHING;
  const { test: path = "", ...rest } = task;
  // What some of the test showed stands: nobody would know how to do it again.
  const stands = attemptsAt(state, task.id).some(({ verdict }) => verdict === "kept");
  const broke = criteria.forbidden[number];
  const reason = !stands && broke !== undefined
    ? say(registry, "criteria.forbidden", { path, checks: broke.map(({ name }) => name).join("; ") })
    : say(registry, stands ? "criteria.withdrawn_standing" : "criteria.withdrawn", { path });
  // What the project's own checks forbid they forbid without the test as well.
  if (stands || broke !== undefined) {
    return facts<Fact>({ type: "task_changed", id: task.id, status: "dropped", reason });
  }
  const again: Task = {
    ...rest,
    id: `T${tasks.list.length + 1}`,
    description: criterion.text,
    checks: [],
    status: "ready",
    reason: "",
  };
  return facts<Fact>(
    { type: "task_changed", id: task.id, status: "dropped", reason },
    { type: "tasks_planned", tasks: [again], refused: [], by: BY_CRITERIA },
  );
}
