import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Languages } from "../../languages/language.ts";
import { failing } from "../checks/slice.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import { claimedChecks } from "./claimed_checks.ts";
import { type Admission, oneForAFile } from "./one_for_a_file.ts";
import { bySuspect } from "./plan_by_rules.ts";
import { suspectOf } from "./suspect_of.ts";
import { isNoWork, pathOf, targetOf } from "./target_of.ts";
import type { Task } from "./task.ts";
import { say } from "../../sentences/say.ts";

/** What of the registry says how plans are admitted. */
type Planned = Pick<Registry, "bounds" | "languages" | "prompts">;

/**
 * Admits the tasks of a plan: a description, a target inside the project that judges nothing, no double, and checks that exist.
 * A failing check that no task claims goes to the task whose target its evidence names, to the only task there is, or to a task by the
 * rules, so that none is forgotten;
 * a plan that is too long leaves room for them.
 *
 * @param files files that are known
 */
export function admitTasks(
  proposed: readonly ProposedTask[],
  state: State,
  files: readonly string[],
  registry: Planned,
): Admission {
  const { bounds, languages } = registry;
  const limit = bounds.tasks;
  const failed = failing(state.checks.latest);
  const { tasks, refused, claimed } = admitted(proposed, state, new Set(files), failed, registry);
  const left = handOut(tasks, failed.filter(({ name }) => !claimed.has(name)), languages);
  // A failing check that belongs to no task would keep the run from its end: the rules plan for what was forgotten.
  if (tasks.length > 0) {
    const room = Math.max(0, limit - countedOf(state.tasks.list) - tasks.length);
    for (const one of bySuspect(left, registry).slice(0, room)) {
      const { description, target = null, checks = [] } = one;
      tasks.push(newTask(state.tasks.list.length + tasks.length + 1, { description, target, checks: [...checks] }));
    }
  }
  for (const task of tasks) {
    if (task.target !== null) continue;
    const suspects = failed.filter((result) => task.checks.includes(result.name)).map((result) =>
      suspectOf(result, languages)
    );
    task.target = suspects.find((path) => path !== null) ?? null;
  }
  return oneForAFile(tasks, refused, state, registry);
}

/** The tasks that stand as they were proposed, with the checks that they claim. */
function admitted(
  proposed: readonly ProposedTask[],
  state: State,
  known: ReadonlySet<string>,
  failed: readonly CheckFact[],
  registry: Planned,
): { tasks: Task[]; refused: Admission["refused"]; claimed: ReadonlySet<string> } {
  let kept = placesKept(proposed, failed, registry);
  const goal = state.run.info?.goal ?? "";
  const before = state.tasks.list;
  const wanted = before.filter((task) => task.status !== "dropped" && task.status !== "parked");
  const claimed = new Set<string>();
  const tasks: Task[] = [];
  const refused: Admission["refused"] = [];
  const ids: (string | null)[] = [];
  for (const one of proposed) {
    const description = one.description.trim();
    const checks = claimedChecks(one, failed).filter((name) => !claimed.has(name));
    const isIdle = checks.length === 0 && failed.length > 0 && proposed.length > 1 &&
      isNoWork(one, known, goal, registry.languages);
    const isWanted = isCalledFor(one, failed);
    if (isWanted) kept--;
    const count = countedOf(before) + tasks.length + (isWanted ? 0 : kept);
    const reason = refusal(one, description, [...wanted, ...tasks], count, registry) ??
      (isIdle ? say(registry, "tasks.idle") : null);
    if (reason !== null) {
      refused.push({ description, reason });
      ids.push(null);
      continue;
    }
    for (const name of checks) claimed.add(name);
    const target = targetOf(
      one.target,
      known,
      failed.filter((result) => checks.includes(result.name)),
      goal,
      registry.languages,
    );
    const after = (one.after ?? []).map((number) => ids[number - 1] ?? null).filter((other) => other !== null);
    const task = newTask(before.length + tasks.length + 1, { description, target, checks, after });
    tasks.push(task);
    ids.push(task.id);
  }
  return { tasks, refused, claimed };
}

/** Tasks that take room: a test that comes before the work takes none of what the work has. */
function countedOf(tasks: readonly Task[]): number {
  return tasks.filter(({ kind }) => kind !== "test").length;
}

/** Places that tasks which no check calls for leave to the others of their plan, and to what the plan forgot. */
function placesKept(proposed: readonly ProposedTask[], failed: readonly CheckFact[], registry: Planned): number {
  const wanted = proposed.filter((one) => isCalledFor(one, failed));
  const forgotten = failed.filter((result) => !wanted.some((one) => isCalledFor(one, [result])));
  return wanted.length + bySuspect(forgotten, registry).length;
}

/** Whether a task names a check that fails, or a file that one names. */
function isCalledFor(task: ProposedTask, failed: readonly CheckFact[]): boolean {
  const path = pathOf(task.target);
  return claimedChecks(task, failed).length > 0 || failed.some(({ files }) => files.includes(path));
}

/** Gives failing checks that no task claims to a task; returns those that none can take. */
function handOut(tasks: readonly Task[], results: readonly CheckFact[], languages: Languages): readonly CheckFact[] {
  return results.filter((result) => {
    const named = tasks.find((task) => task.target !== null && result.files.includes(task.target));
    const [only] = tasks;
    const takes = tasks.length === 1 && (only!.target === null || suspectOf(result, languages) === null)
      ? only
      : undefined;
    const owner = named ?? takes;
    owner?.checks.push(result.name);
    return owner === undefined;
  });
}

function newTask(number: number, task: Pick<Task, "description" | "target" | "checks"> & { after?: string[] }): Task {
  return { after: [], ...task, id: `T${number}`, kind: "work", status: "ready", reason: "" };
}

function refusal(
  one: ProposedTask,
  description: string,
  others: readonly Task[],
  count: number,
  registry: Pick<Registry, "bounds" | "prompts">,
): string | null {
  const most = registry.bounds.tasks;
  if (description === "") return say(registry, "tasks.no_description");
  const target = one.target?.trim() ?? "";
  if (target.startsWith("/") || target.split("/").includes("..")) {
    return say(registry, "tasks.outside", { file: target });
  }
  if (count >= most) return say(registry, "tasks.too_many", { count: most });
  const same = others.find((task) =>
    task.description.toLowerCase() === description.toLowerCase() ||
    target !== "" && task.target === target &&
      task.description.slice(0, 40).toLowerCase() === description.slice(0, 40).toLowerCase()
  );
  return same === undefined ? null : say(registry, "tasks.same", { task: same.id });
}
