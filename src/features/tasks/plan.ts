import { failing } from "../evolve.ts";
import type { CheckFact } from "../fact.ts";
import type { ProposedTask } from "../turns/outcome.ts";
import type { State } from "../state.ts";
import type { Task } from "./task.ts";
import { bound } from "../../kernel/text.ts";
import { isTestPath } from "../../languages/test_path.ts";

/** Tasks of a plan, admitted or refused with the reason. */
export interface Admission {
  readonly tasks: Task[];
  readonly refused: { description: string; reason: string }[];
}

/**
 * Finds the file that a failing check is most likely about: the first source that its evidence names.
 *
 * @param result a failing result
 * @returns a file that is no test, or null
 */
export function suspectOf(result: CheckFact): string | null {
  return result.files.find((path) => !isTestPath(path)) ?? null;
}

/**
 * Admits the tasks of a plan: a description, a target inside the project that judges nothing, no double, and checks that exist.
 * A failing check that no task claims goes to the task whose target its evidence names, to the only task there is, or to a task by the
 * rules, so that none is forgotten.
 *
 * @param proposed tasks as proposed, in order
 * @param state what is so
 * @param files files of the project
 * @param limit most tasks of the run
 * @returns tasks with ids, and the refused ones
 */
export function admitTasks(
  proposed: readonly ProposedTask[],
  state: State,
  files: readonly string[],
  limit: number,
): Admission {
  const known = new Set(files);
  const failed = failing(state.checks.latest);
  const claimed = new Set<string>();
  const tasks: Task[] = [];
  const refused: { description: string; reason: string }[] = [];
  const ids: (string | null)[] = [];
  for (const one of proposed) {
    const description = one.description.trim();
    const reason = refusal(
      one,
      description,
      [...state.tasks.filter((task) => task.status !== "dropped" && task.status !== "parked"), ...tasks],
      state.tasks.length + tasks.length,
      limit,
    );
    if (reason !== null) {
      refused.push({ description, reason });
      ids.push(null);
      continue;
    }
    const checks = claims(one, failed).filter((name) => !claimed.has(name));
    if (
      checks.length === 0 && failed.length > 0 && proposed.length > 1 && isNoWork(one, known, state.run?.goal ?? "")
    ) {
      refused.push({ description, reason: "it names neither a file to work on nor a failing check" });
      ids.push(null);
      continue;
    }
    for (const name of checks) claimed.add(name);
    const target = targetOf(
      one.target,
      known,
      failed.filter((result) => checks.includes(result.name)),
      state.run?.goal ?? "",
    );
    const id = `T${state.tasks.length + tasks.length + 1}`;
    const after = (one.after ?? []).map((number) => ids[number - 1] ?? null).filter((other) => other !== null);
    tasks.push({ id, kind: "work", description, target, checks, after, status: "ready", reason: "" });
    ids.push(id);
  }
  const left: CheckFact[] = [];
  for (const result of failed) {
    if (claimed.has(result.name)) continue;
    const owner = tasks.find((task) => task.target !== null && result.files.includes(task.target)) ??
      (tasks.length === 1 && (tasks[0]!.target === null || suspectOf(result) === null) ? tasks[0] : undefined);
    if (owner === undefined) left.push(result);
    else owner.checks.push(result.name);
  }
  // A failing check that belongs to no task would keep the run from its end: the rules plan for what was forgotten.
  if (tasks.length > 0) {
    for (const one of bySuspect(left).slice(0, Math.max(0, limit - state.tasks.length - tasks.length))) {
      tasks.push({
        id: `T${state.tasks.length + tasks.length + 1}`,
        kind: "work",
        description: one.description,
        target: one.target ?? null,
        checks: [...one.checks ?? []],
        after: [],
        status: "ready",
        reason: "",
      });
    }
  }
  for (const task of tasks) {
    if (task.target === null) {
      const suspects = failed.filter((result) => task.checks.includes(result.name)).map(suspectOf);
      task.target = suspects.find((path) => path !== null) ?? null;
    }
  }
  return oneForAFile(tasks, refused, state);
}

/**
 * One task for the failing checks of one file: what repairs one of them mostly repairs the others, and attempts at a part are judged by
 * a part. Beside it a task on that file that makes none of them pass is no work of its own.
 */
function oneForAFile(tasks: readonly Task[], refused: Admission["refused"], state: State): Admission {
  const worker = (task: Task) =>
    task.target === null ? task : tasks.find((one) => one.target === task.target && one.checks.length > 0) ?? task;
  const kept = tasks.filter((task) => worker(task) === task);
  const numbered = new Map(kept.map((task, index) => [task.id, `T${state.tasks.length + index + 1}`]));
  const isIdle = (task: Task) => worker(task) !== task && task.checks.length === 0;
  const now = (id: string) =>
    tasks.flatMap((one) => one.id === id && !isIdle(one) ? numbered.get(worker(one).id)! : []);
  const idle = tasks.filter(isIdle).map((task) => ({
    description: task.description,
    reason: `the failing checks of ${task.target} belong to ${numbered.get(worker(task).id)}`,
  }));
  return {
    tasks: kept.map((task) => {
      const id = numbered.get(task.id)!;
      const parts = tasks.filter((one) => worker(one) === task && !isIdle(one));
      return {
        ...task,
        id,
        description: bound(parts.map((one) => one.description).join("; "), 600),
        checks: parts.flatMap((one) => one.checks),
        // What only a later part waited for would make a circle with what waits for this one.
        after: [...new Set(task.after.flatMap(now))].filter((other) => other !== id),
      };
    }),
    refused: [...refused, ...idle],
  };
}

function refusal(
  one: ProposedTask,
  description: string,
  others: readonly Task[],
  count: number,
  limit: number,
): string | null {
  if (description === "") return "it has no description";
  if (count >= limit) return `the run has ${limit} tasks already`;
  const target = one.target?.trim() ?? "";
  if (target.startsWith("/") || target.split("/").includes("..")) {
    return `its target ${target} is not inside the project`;
  }
  const same = others.find((task) =>
    task.description.toLowerCase() === description.toLowerCase() ||
    target !== "" && task.target === target &&
      task.description.slice(0, 40).toLowerCase() === description.slice(0, 40).toLowerCase()
  );
  return same === undefined ? null : `${same.id} is the same task`;
}

/** Results that a task names: by full name or by its last part, in its list or, where the list names none, in its description. */
function claims(task: ProposedTask, failed: readonly CheckFact[]): string[] {
  const named = (task.checks ?? []).flatMap((name) => {
    const wanted = plain(name);
    return wanted === "" ? [] : failed.filter((result) => {
      const full = plain(result.name);
      return full === wanted || full.endsWith(`: ${wanted}`) || wanted.endsWith(full) ||
        lastPart(full) === lastPart(wanted);
    });
  });
  const said = plain(task.description);
  const found = named.length > 0 ? named : failed.filter((result) => {
    const short = lastPart(plain(result.name));
    return short.length > 3 && holdsWords(said, short);
  });
  return [...new Set(found.map((result) => result.name))];
}

function plain(name: string): string {
  return name.trim().replace(/^[`'"]+|[`'"]+$/g, "").toLowerCase();
}

/** `test_empty` of `pytest: tests/test_a.py::ListTest::test_empty`. */
function lastPart(name: string): string {
  return name.split(/::|: | > /).at(-1)!.trim();
}

function holdsWords(text: string, words: string): boolean {
  const at = text.indexOf(words);
  const isWord = (sign: string | undefined) => sign !== undefined && /\w/.test(sign);
  return at >= 0 && !isWord(text[at - 1]) && !isWord(text[at + words.length]);
}

/** Whether a task names nothing that is work: no file, or one that judges the work. */
function isNoWork(task: ProposedTask, known: ReadonlySet<string>, goal: string): boolean {
  const path = pathOf(task.target);
  return path === "" || isTestPath(path) && known.has(path) && !goal.includes(path);
}

function pathOf(wished: string | undefined): string {
  return (wished?.trim() ?? "").replace(/^\.\//, "");
}

function targetOf(
  wished: string | undefined,
  known: ReadonlySet<string>,
  results: readonly CheckFact[],
  goal: string,
): string | null {
  const path = pathOf(wished);
  const suspect = results.map(suspectOf).find((one) => one !== null) ?? null;
  if (path === "" || path.endsWith("/")) return suspect;
  // What judges the work is not the work, unless the goal names it or there is no such file yet.
  if (isTestPath(path) && !goal.includes(path) && (suspect !== null || known.has(path))) return suspect;
  return known.has(path) || suspect === null ? path : suspect;
}

/**
 * Makes a plan without a model: one task for each file that failing checks point at, or the goal itself where nothing fails.
 *
 * @param state what is so
 * @returns proposed tasks, at least one
 */
export function planByRules(state: State): ProposedTask[] {
  const covered = new Set(state.tasks.flatMap((task) => task.status === "parked" ? [] : task.checks));
  const failed = failing(state.checks.latest).filter((result) => !covered.has(result.name));
  const plan = bySuspect(failed);
  return plan.length === 0 ? [{ description: state.run?.goal ?? "Reach the goal." }] : plan;
}

/** One task for each file that failing checks point at. */
function bySuspect(failed: readonly CheckFact[]): ProposedTask[] {
  const groups = new Map<string, string[]>();
  for (const result of failed) {
    const key = suspectOf(result) ?? "";
    groups.set(key, [...(groups.get(key) ?? []), result.name]);
  }
  return [...groups].map(([target, checks]) => ({
    description: `Make ${checks.length === 1 ? "this check" : `these ${checks.length} checks`} pass: ${
      checks.join("; ")
    }`.slice(0, 600),
    target: target === "" ? undefined : target,
    checks,
  }));
}
