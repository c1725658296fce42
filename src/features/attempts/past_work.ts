import type { Fact, Stamped } from "../fact.ts";
import { EMPTY, evolve } from "../features.ts";
import type { State } from "../state.ts";
import type { AttemptVerdict } from "./facts.ts";
import { type FileWork, fileWorkOf } from "./file_work.ts";
import type { Attempt } from "./slice.ts";

/** The work of an attempt, whatever became of it. */
export interface AttemptWork {
  readonly task: string;
  readonly number: number;
  readonly role: string;
  /** null for one that never closed. */
  readonly verdict: AttemptVerdict | null;
  /** Checks of its task, and how many of them passed with its work. */
  readonly checks: number;
  readonly passing: number;
  /** Results that it broke. */
  readonly broke: number;
  /** What is different by it, sorted by path. */
  readonly files: readonly FileWork[];
}

/**
 * Collects what each attempt of a run did, also of those that were taken back or never stood in the project.
 *
 * @param facts all facts of the run
 * @returns attempts in the order in which they ended, those that are open last
 */
export function pastWork(facts: readonly Stamped[]): readonly AttemptWork[] {
  const found: AttemptWork[] = [];
  let state = EMPTY;
  for (const fact of facts) {
    found.push(...endedBy(fact, state));
    state = evolve(state, fact);
  }
  return [...found, ...workAtHand(state)];
}

/** The work of the attempt that a fact ends, as the state before it has it; none for other facts. */
export function endedBy(fact: Fact, before: State): readonly AttemptWork[] {
  if (fact.type !== "attempt_closed") return [];
  const attempt = before.attempts.open[`${fact.task}.${fact.number}`];
  return attempt === undefined ? [] : [workOf(before, attempt, fact.verdict, fact.broke.length)];
}

/** The work of the attempts that are open. */
export function workAtHand(state: State): readonly AttemptWork[] {
  return Object.values(state.attempts.open).map((attempt) => workOf(state, attempt, null, 0));
}

/** The attempt whose work the checks said the best of: most of its task's checks passing, fewest results broken, the newest. */
export function bestOf(works: readonly AttemptWork[]): AttemptWork | null {
  const isBetter = (one: AttemptWork, best: AttemptWork) =>
    one.passing - best.passing || best.broke - one.broke || one.number - best.number;
  return works.reduce<AttemptWork | null>((best, one) => best === null || isBetter(one, best) > 0 ? one : best, null);
}

function workOf(state: State, attempt: Attempt, verdict: AttemptWork["verdict"], broke: number): AttemptWork {
  const { task, number, role } = attempt;
  const { checks = [] } = state.tasks.list.find(({ id }) => id === task) ?? {};
  const passed = new Set((attempt.after ?? []).filter((result) => result.passed).map(({ name }) => name));
  return {
    ...{ task, number, role, verdict, broke },
    checks: checks.length,
    passing: checks.filter((name) => passed.has(name)).length,
    files: fileWorkOf(state, attempt).filter(({ from, to }) => from?.hash !== to?.hash || from?.mode !== to?.mode)
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
