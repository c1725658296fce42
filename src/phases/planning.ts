import { valueIn } from "../features/buckets.ts";
import { facts } from "../kernel/owed.ts";
import { bound } from "../kernel/text.ts";
import { isOfTask } from "../features/checks/judge.ts";
import { failing } from "../features/checks/slice.ts";
import { answered, closed, droppedMessage } from "../features/decisions/closed.ts";
import type { OpenDecision, TurnOver } from "../features/decisions/slice.ts";
import type { Due, PhaseKind, Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { admitTasks } from "../features/tasks/admit_tasks.ts";
import { goesStraight } from "../features/tasks/goes_straight.ts";
import { planByRules } from "../features/tasks/plan_by_rules.ts";
import { roleOfPhase } from "../features/tasks/role_of_phase.ts";
import { openTasks } from "../features/tasks/task.ts";
import { startTurn } from "../features/turns/start_turn.ts";
import { mayTalk } from "../features/turns/talk.ts";
import { toolsOfTurn } from "../features/turns/tools_of_turn.ts";
import { consultedRole } from "../decisions/consulted_role.ts";
import { say, type Wording } from "../sentences/say.ts";

const PHASE = "planning";
/** Temperature of a plan that is asked for again in the same situation: it must differ. */
const AGAIN = 0.5;

/** Makes tasks of the goal and of what fails. */
export const planning: PhaseKind = {
  phase: PHASE,
  goOn: "plan the work",
  role: "reasoning",
  hasWork(state, registry) {
    const { tasks, arbiter } = state;
    const { plans, tasks: most } = registry.bounds;
    // A test that came to nothing before the work leaves the goal as it was.
    const list = tasks.list.filter(({ kind }) => kind !== "test");
    if (openTasks(state).length > 0 || tasks.plans >= plans || list.length >= most) return false;
    const covered = new Set(list.flatMap((task) => task.checks));
    return list.length === 0 ||
      failing(state.checks.latest).some((result) =>
        !covered.has(result.name) && !list.some((task) => isOfTask(result, task))
      ) ||
      arbiter.words.length + arbiter.heard.length > 0;
  },
  rank: () => 4,
  due(state, registry, decision) {
    const over = decision.turnsOver.at(-1);
    const role = roleOfPhase(registry, PHASE);
    const dropped = droppedMessage(state, decision) !== null;
    if (over === undefined && role !== null && !dropped && !isPlain(state, registry)) {
      return askForPlan(state, registry, decision, role);
    }
    const plan = over === undefined ? null : duePlan(state, registry, decision, over);
    if (plan !== null) return plan;
    const why = over === undefined && isPlain(state, registry)
      ? say(registry, "phases.plain")
      : dropped
      ? say(registry, "phases.plan_dropped")
      : over === undefined
      ? say(registry, "phases.no_planner")
      : over.outcomes.some((outcome) => outcome.kind === "planned")
      ? say(registry, "phases.none_admitted")
      : say(registry, "phases.no_plan", { ending: over.ending, text: over.text });
    const after = over === undefined ? [] : answered(state, over.id);
    if (timesMade(state, decision) < registry.bounds.repeats && decision.by !== "rules" && !dropped) {
      return facts(...after, closed(decision, why, false));
    }
    const known = [...new Set([...over?.files ?? [], ...knownFiles(state)])];
    const { tasks, refused } = admitTasks(planByRules(state, registry, known), state, known, registry);
    const planned = tasks.length === 1
      ? say(registry, "phases.planned_by_rules_one", { why })
      : say(registry, "phases.planned_by_rules_many", { why, count: tasks.length });
    return facts(
      ...after,
      { type: "tasks_planned", tasks, refused, by: "rules" },
      closed(decision, planned, tasks.length > 0),
    );
  },
};

/** Whether the checks say what is to be done as well as a plan would: each that fails points at a file, and the crew goes straight to work. */
function isPlain(state: State, registry: Registry): boolean {
  if (!goesStraight(state, registry)) return false;
  const plan = planByRules(state, registry);
  return plan.every(({ target, checks }) => target !== undefined && checks !== undefined);
}

function askForPlan(state: State, registry: Registry, decision: OpenDecision, role: string): Due {
  return startTurn(state, registry, decision, {
    role,
    kind: "assignment",
    text: [say(registry, "phases.plan"), ...adviceFor(state, registry)].join("\n"),
    purpose: "plan",
    tools: (who) => toolsOfTurn(registry, who, { purpose: "plan", changes: false, talks: mayTalk(state) }),
    temperature: timesMade(state, decision) === 1 ? 0 : AGAIN,
    seed: state.tasks.plans + state.turns.count + 1,
  });
}

/** The tasks of a plan that came; null where none came or none of them is admitted. */
function duePlan(state: State, registry: Registry, decision: OpenDecision, over: TurnOver): Due | null {
  const planned = over.outcomes.find((outcome) => outcome.kind === "planned");
  if (planned?.kind !== "planned") return null;
  const known = [...new Set([...over.files, ...knownFiles(state)])];
  const { tasks, refused } = admitTasks(planned.tasks, state, known, registry);
  if (tasks.length === 0) return null;
  const named = tasks.map((task) => `${task.id} ${task.description.replace(/\.$/, "")}`).join("; ");
  const count = tasks.length;
  const said = [
    count === 1
      ? say(registry, "phases.planned_one", { tasks: named })
      : say(registry, "phases.planned_many", { count, tasks: named }),
    ...(refused.length === 0 ? [] : [
      say(registry, "phases.refused", {
        tasks: refused.map(({ description, reason }) => `${description}: ${reason}`).join("; "),
      }),
    ]),
  ];
  return facts(
    ...answered(state, over.id),
    { type: "tasks_planned", tasks, refused, by: over.role },
    closed(decision, said.join(" "), true),
  );
}

/** How often it was decided to plan in this very situation. */
function timesMade(state: State, { fingerprint, name }: OpenDecision): number {
  return valueIn(state.decisions.seen, fingerprint)?.[name] ?? 1;
}

/** What consults before the first plan brought to light: its planner should know. */
function adviceFor(state: State, from: Wording): readonly string[] {
  if (state.tasks.plans > 0) return [];
  const given = state.decisions.past.filter((one) => consultedRole(one.name) !== null && one.ok === true);
  return given.slice(-2).map((one) => say(from, "phases.advice", { text: bound(one.outcome ?? "", 500) }));
}

/** Files that the state knows of: named by checks or written. */
function knownFiles(state: State): string[] {
  const named = (state.checks.latest ?? []).flatMap((result) => result.files);
  return [...new Set([...named, ...Object.keys(state.files.byPath)])];
}
