import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Attempt } from "../attempts/slice.ts";
import { isSatisfied, NEW_TESTS } from "../checks/judge.ts";
import { failing } from "../checks/slice.ts";
import { defineFeature, isCutShort, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { dueCriteria } from "./due_criteria.ts";
import { CRITERIA_QUESTION } from "./due_understanding.ts";
import { criteriaFacts } from "./facts.ts";
import { PROOFS_ROUND, proofsOf } from "./proofs.ts";
import type { CriteriaSlice, StandingTest } from "./slice.ts";
import { criteriaTold } from "./told.ts";

/** What a goal was understood as where no failing check stands for it: criteria, and the tests that come before the work. */
export const criteria = defineFeature<CriteriaSlice>({
  name: "criteria",
  facts: criteriaFacts,
  tell: criteriaTold,
  empty: {
    given: [],
    answer: null,
    isAgreed: false,
    list: null,
    by: "",
    isProposed: false,
    tests: {},
    withdrawn: {},
    printed: null,
    forbidden: {},
    texts: {},
  },
  on: {
    run_started: (own, { criteria }) => criteria === undefined ? own : { ...own, given: criteria },
    criteria_made: (own, { criteria, by, proposed = false }) => ({ ...own, list: criteria, by, isProposed: proposed }),
    question_answered: (own, { id, approved, text }) =>
      id === CRITERIA_QUESTION ? { ...own, answer: approved ? text : "", isAgreed: approved } : own,
    effect_finished(own, { key, result }, before) {
      if (result.kind === "take_back") return withdrawn(own, before, key);
      if (result.kind !== "check" || own.list === null) return own;
      if (isOfProofs(before, key)) return { ...own, printed: printedBy(before, result.results) };
      const shown = (result.newTests ?? []).flatMap(({ path, shows }) => shows === undefined ? [] : [[path, shows]]);
      return shown.length === 0 ? own : { ...own, texts: { ...own.texts, ...Object.fromEntries(shown) } };
    },
    // What could not be taken back is named at the end as what stands there.
    ...onFailure<CriteriaSlice>((own, fact, before) => {
      if (isCutShort(fact)) return own;
      return isOfProofs(before, fact.key) ? { ...own, printed: {} } : withdrawn(own, before, fact.key);
    }),
    attempt_closed(own, { task: id, number, verdict }, before) {
      const task = before.tasks.list.find((one) => one.id === id);
      const attempt = before.attempts.open[`${id}.${number}`];
      if (task?.criterion === undefined || attempt === undefined) return own;
      if (task.test !== undefined && verdict === "refuted") return forbidden(own, attempt, task, task.criterion);
      if (task.kind !== "test" || verdict !== "kept") return own;
      const standing = standingOf(attempt, task.target);
      return standing === null ? own : { ...own, tests: { ...own.tests, [task.criterion]: standing } };
    },
  },
  due: dueCriteria,
});

/** Whether a round of checks is the one that runs the commands of criteria before any work. */
function isOfProofs({ effects }: State, key: string): boolean {
  const effect = effects.open[key]?.effect;
  return effect?.kind === "check" && effect.cause === PROOFS_ROUND;
}

function printedBy(before: State, results: readonly CheckFact[]): Readonly<Record<string, boolean>> {
  const names = new Set(proofsOf(before).map(({ name }) => name));
  return Object.fromEntries(results.filter(({ name }) => names.has(name)).map(({ name, passed }) => [name, passed]));
}

/** Work that makes its test pass and breaks what the project's own checks say: both cannot be so. */
function forbidden(own: CriteriaSlice, { before, after }: Attempt, task: Task, number: number): CriteriaSlice {
  if (task.checks.length === 0 || !isSatisfied(task, after)) return own;
  const passed = new Set(before.filter((result) => result.passed && result.added !== true).map(({ name }) => name));
  const broke = failing(after).filter(({ name, added }) => added !== true && passed.has(name));
  return broke.length === 0 ? own : { ...own, forbidden: { ...own.forbidden, [number]: broke } };
}

/** A test that was taken back shows nothing any more. */
function withdrawn(own: CriteriaSlice, { effects }: State, key: string): CriteriaSlice {
  const effect = effects.open[key]?.effect;
  const found = Object.entries(own.tests).find(([, { attempt }]) =>
    effect?.kind === "take_back" && effect.attempt === attempt
  );
  if (found === undefined) return own;
  const [number, { path }] = found;
  const { [Number(number)]: _gone, ...tests } = own.tests;
  return { ...own, tests, withdrawn: { ...own.withdrawn, [Number(number)]: path } };
}

/** The test that an attempt left; null where it left none. */
function standingOf(attempt: Attempt, target: string | null): StandingTest | null {
  const { role, task, number, workspace, writes, applied, before, after } = attempt;
  const left = writes.filter((write) => write.after !== null);
  const write = left.findLast(({ path }) => path === target) ?? left.at(-1);
  if (write === undefined || write.after === null) return null;
  const known = new Set(before.map(({ name }) => name));
  const red = (after ?? []).filter(({ name, passed }) => !passed && (!known.has(name) || name === NEW_TESTS));
  return {
    path: write.path,
    hash: write.after,
    by: role,
    attempt: `${task}.${number}`,
    writes: workspace === null ? writes : applied,
    red: red.map(({ name }) => name),
  };
}
