import { failing } from "../evolve.ts";
import type { CheckFact, EndingKind } from "../fact.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/** What executed checks say of an attempt. */
export interface Judgement {
  /** Failing results of the task that pass now. */
  readonly passed: string[];
  /** Results that passed before and do not now. */
  readonly broke: string[];
  /** Results of the task that still fail. */
  readonly left: string[];
  readonly refuted: boolean;
}

/**
 * Judges an attempt by executed checks: refuted if a result that passed now fails or is missing, or if none of the task's failing ones passes.
 *
 * @param before results before the attempt
 * @param after results after its last write
 * @param task the task
 * @returns the judgement
 */
export function judge(before: readonly CheckFact[], after: readonly CheckFact[], task: Task): Judgement {
  const now = new Map(after.map((result) => [result.name, result.passed]));
  const broke = before.filter((result) => result.passed && now.get(result.name) !== true).map((result) => result.name);
  // A suite that could not even start is a result of its own that failed: what it hid shows up as new failures.
  const known = new Set(before.map((result) => result.name));
  const added = after.filter((result) => !result.passed && !known.has(result.name)).map((result) => result.name);
  const failed = before.filter((result) => !result.passed && task.checks.includes(result.name)).map((result) =>
    result.name
  );
  const passed = failed.filter((name) => now.get(name) === true);
  const left = task.checks.filter((name) => now.get(name) !== true);
  return {
    passed,
    broke: passed.length === 0 ? [...broke, ...added] : broke,
    left: [...left, ...(passed.length === 0 ? [] : added)],
    refuted: broke.length > 0 || failed.length > 0 && passed.length === 0 || failed.length === 0 && added.length > 0,
  };
}

/** Whether all that a task must make pass passes. */
export function isSatisfied(task: Task, latest: readonly CheckFact[] | null): boolean {
  return task.checks.every((name) => (latest ?? []).find((result) => result.name === name)?.passed === true);
}

/** How far the tasks of a run are. */
export interface Progress {
  readonly done: number;
  /** Tasks that want work: dropped ones are not among them. */
  readonly wanted: number;
  /** Dropped because there was nothing to change. */
  readonly unchanged: number;
  /** Dropped for another reason. */
  readonly dropped: number;
}

/**
 * Tells whether a task was dropped because an attempt at it found nothing to change: that is no failure.
 *
 * @param state the run
 * @param task one of its tasks
 */
export function neededNothing(state: State, task: Task): boolean {
  return task.status === "dropped" && task.kind !== "work" && state.attempts[task.id]?.at(-1)?.verdict === "empty";
}

/**
 * Counts tasks for a person.
 *
 * @param state the run
 * @returns how far they are
 */
export function progress(state: State): Progress {
  const dropped = state.tasks.filter((task) => task.status === "dropped");
  const unchanged = dropped.filter((task) => neededNothing(state, task)).length;
  return {
    done: state.tasks.filter((task) => task.status === "done").length,
    wanted: state.tasks.length - dropped.length,
    unchanged,
    dropped: dropped.length - unchanged,
  };
}

/**
 * Judges a run that ends: accepted only by executed checks.
 *
 * @param state what is so, with no decision at work but the one that ends it
 * @returns kind and cause in a sentence
 */
export function judgeRun(state: State): { readonly kind: EndingKind; readonly cause: string } {
  const done = state.tasks.filter((task) => task.status === "done");
  const undone = state.tasks.filter((task) => task.status !== "done" && task.status !== "dropped");
  const latest = state.checks.latest ?? [];
  const failed = failing(latest);
  const names = new Set(latest.map((result) => result.name));
  const missing = (state.checks.first ?? []).filter((result) => !names.has(result.name));
  const claims = state.tasks.filter((task) => task.kind === "issue" && task.status === "dropped").length;
  const note = claims === 0 ? "" : ` ${claims} reported ${claims === 1 ? "issue" : "issues"} no check shows.`;
  const green = latest.length > 0 && failed.length === 0 && missing.length === 0 && !state.checks.stale;
  if (done.length > 0 && undone.length === 0 && green) {
    return {
      kind: "accepted",
      cause: `${counted(done.length, "task")} done, all ${counted(latest.length, "check result")} green.${note}`,
    };
  }
  const why = missing.length > 0
    ? `${counted(missing.length, "check result")} of the start ${missing.length === 1 ? "is" : "are"} missing: ${
      missing[0]!.name
    }`
    : failed.length > 0
    ? `${counted(failed.length, "check")} still ${failed.length === 1 ? "fails" : "fail"}: ${failed[0]!.name}`
    : done.length > 0 && state.checks.stale
    ? "files changed after the checks were executed, so nothing proves the work"
    : latest.length === 0
    ? "the project has no checks, so nothing proves the work"
    : undone.length > 0
    ? `${counted(undone.length, "task")} not done: ${undone[0]!.description}`
    : "no task was done";
  return { kind: done.length > 0 ? "partial" : "failed", cause: `${why}.${note}` };
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
