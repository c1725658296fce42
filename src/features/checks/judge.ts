import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Task } from "../tasks/task.ts";

/** Name of the result that says that new tests harm the others, as one does that cannot be loaded. */
export const NEW_TESTS = "new tests";

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
  // What only new tests give stands in for no result that was there before them.
  const were = new Set(before.filter((result) => result.added !== true).map((result) => result.name));
  const counting = after.filter((result) => result.added !== true || !were.has(result.name));
  const now = new Map(counting.map((result) => [result.name, result.passed]));
  const broke = before.filter((result) => result.passed && now.get(result.name) !== true).map((result) => result.name);
  // A suite that could not even start is a result of its own that failed: what it hid shows up as new failures.
  const known = new Set(before.map((result) => result.name));
  const added = after.filter((result) => !result.passed && !known.has(result.name)).map((result) => result.name);
  const failed = before.filter((result) => !result.passed && isOfTask(result, task)).map((result) => result.name);
  const begun = begunBy(before, counting, task);
  if (begun.length > 0 && broke.length === 0) return { passed: begun, broke, left: added, refuted: false };
  const passed = failed.filter((name) => passesIn(name, task, counting));
  const left = [...new Set([...task.checks, ...failed])].filter((name) => !passesIn(name, task, counting));
  return {
    passed,
    broke: passed.length === 0 ? [...broke, ...added] : broke,
    left: [...left, ...(passed.length === 0 ? [] : added)],
    refuted: broke.length > 0 || failed.length > 0 && passed.length === 0 || failed.length === 0 && added.length > 0,
  };
}

/**
 * Whether a result is one that a task must make pass: it names it, or it is one of the task's new test, of which only its failure as a whole was
 * known while it could not be loaded.
 */
export function isOfTask({ name, added }: CheckFact, { checks, test }: Pick<Task, "checks" | "test">): boolean {
  return checks.includes(name) || test !== undefined && added === true && checks.includes(NEW_TESTS);
}

/**
 * Whether some of what a task's new test asks for is there: it could not be loaded at first and can be now, or some of its results pass. What tests of
 * other criteria give says nothing of it.
 *
 * @param results what the checks said before an attempt
 */
export function hasBegun(results: readonly CheckFact[], { checks, test }: Pick<Task, "checks" | "test">): boolean {
  if (test === undefined) return false;
  if (!checks.includes(NEW_TESTS)) return results.some(({ name, passed }) => passed && checks.includes(name));
  return !results.some(({ name, passed }) => name === NEW_TESTS && !passed) &&
    results.some(({ added, passed }) => added === true && passed);
}

/** Results of a task's new test that pass, where it gave none before and not all of them pass yet: that is a beginning. */
function begunBy(before: readonly CheckFact[], now: readonly CheckFact[], { checks, test }: Task): string[] {
  const could = before.find(({ name }) => name === NEW_TESTS)?.passed === false && checks.includes(NEW_TESTS);
  if (test === undefined || !could || now.some(({ name }) => name === NEW_TESTS)) return [];
  // What other tests gave before is none of its own.
  const known = new Set(before.map(({ name }) => name));
  const fresh = now.filter(({ name, added }) => added === true && !known.has(name));
  return fresh.some(({ passed }) => !passed) ? fresh.filter(({ passed }) => passed).map(({ name }) => name) : [];
}

/** Whether all that a task must make pass passes. */
export function isSatisfied(task: Task, latest: readonly CheckFact[] | null): boolean {
  return task.checks.every((name) => passesIn(name, task, latest ?? []));
}

/** Whether a result is about a file: it names it. */
export function isAbout({ name, evidence, files }: CheckFact, path: string): boolean {
  return files.includes(path) || name.includes(path) || evidence.includes(path);
}

/**
 * Whether a check that a task is to make pass does. A test that could not be loaded has no results of its own: it passes once it gives some, and none
 * that fails is about it.
 */
function passesIn(name: string, { test }: Pick<Task, "test">, results: readonly CheckFact[]): boolean {
  if (results.find((result) => result.name === name)?.passed === true) return true;
  if (test === undefined || name !== NEW_TESTS) return false;
  const added = results.filter((result) => result.added === true);
  return added.some(({ passed }) => passed) && !added.some((result) => !result.passed && isAbout(result, test));
}
