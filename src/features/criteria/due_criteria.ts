import type { CheckFact } from "../../effects/check/check_effect.ts";
import { facts, NOTHING } from "../../kernel/owed.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import { partsOfTest, partsOfWork, sourceToMake } from "../setup/new_code.ts";
import { bound } from "../../kernel/text.ts";
import { say, type SentenceKey, type Wording } from "../../sentences/say.ts";
import { checkFor } from "../checks/check_for.ts";
import { failing } from "../checks/slice.ts";
import type { Fact } from "../fact.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { goesStraight } from "../tasks/goes_straight.ts";
import type { Task } from "../tasks/task.ts";
import { BY_CRITERIA, dueWithdrawal } from "./due_withdrawal.ts";
import { BY_RULES, dueUnderstanding } from "./due_understanding.ts";
import { newTestPlace } from "./new_test_path.ts";
import { goesBeyond } from "./parts_of_goal.ts";
import { fileToMake } from "./read_goal.ts";
import { PROOFS_ROUND, proofsOf, proofsOfCriterion } from "./proofs.ts";
import type { Criterion } from "./slice.ts";

/** What is said of how a test fails at first, by what it is about. */
const RED = {
  function: "criteria.red_function",
  option: "criteria.red_option",
  rename: "criteria.red_rename",
  file: "criteria.red_file",
  behaviour: "criteria.red_behaviour",
} as const satisfies Record<Criterion["kind"], SentenceKey>;

/** Characters of what a criterion goes on with. */
const MOST_BEFORE = 400;

/**
 * Says what is owed of a goal that no failing check stands for: its criteria; then, of one criterion after the other, a test where one can show
 * it and, once that is written or given up, the work.
 */
export function dueCriteria(state: State, registry: Registry): Due {
  const { criteria: { list, by, tests, printed }, tasks, attempts } = state;
  if (list === null) return isWish(state) ? dueUnderstanding(state, registry) : NOTHING;
  const own = tasks.list.filter((task) => task.criterion !== undefined);
  const isShowable = list.some(({ how }) => how === "test" || how === "command");
  if (own.length === 0 && (tasks.list.length > 0 || !isShowable)) return NOTHING;
  // What a command prints before the work is what the work has to change.
  if (printed === null && proofsOf(state).length > 0) return { ...checkFor(state, PROOFS_ROUND), waits: true };
  const withdrawal = dueWithdrawal(state, registry);
  if (withdrawal !== null) return withdrawal;
  // A test that cannot be loaded before its work is done may keep a runner from all others, so no two stand without their work.
  if (own.some(({ status }) => status === "ready" || status === "in_progress")) return NOTHING;
  if (Object.keys(attempts.open).length > 0) return NOTHING;
  const parked = own.filter(({ kind, status }) => kind === "test" && status === "parked")
    .map(({ id, reason }): Fact => ({ type: "task_changed", id, status: "dropped", reason }));
  // Without a test the goal is planned as any other; where nothing stands yet, there is nothing to plan by.
  const isPlannedElsewhere = state.setup.plan === null && own.length > 0 && by === BY_RULES &&
    Object.keys(tests).length === 0 && !goesStraight(state, registry);
  return facts<Fact>(...parked, ...(isPlannedElsewhere ? [] : nextPlan(state, registry, list, own)));
}

/** Whether a run begins whose goal no failing check stands for. */
function isWish({ run, checks, tasks, decisions, attempts }: State): boolean {
  return run.info !== null && checks.first !== null && failing(checks.first).length === 0 &&
    failing(checks.latest).length === 0 && tasks.list.length === 0 && decisions.count === 0 &&
    Object.keys(attempts.open).length === 0;
}

/** What is planned next: the work of a criterion whose test is over, else what the next one begins with; nothing once all have been planned. */
function nextPlan(state: State, registry: Registry, list: readonly Criterion[], own: readonly Task[]): readonly Fact[] {
  const wanted = list.flatMap((criterion, index) =>
    criterion.how === "check" || holdsAlready(state, criterion) ? [] : [{ criterion, number: index + 1 }]
  );
  const most = registry.bounds.tasks;
  const isWorked = (number: number) => own.some((task) => task.criterion === number && task.kind !== "test");
  const next = wanted.slice(0, most).find(({ number }) => !isWorked(number));
  if (next === undefined) return [];
  const { criterion, number } = next;
  const written = own.filter(({ kind }) => kind === "test");
  const test = written.find((task) => task.criterion === number);
  // Each test has its work behind it.
  const isTestable = criterion.how === "test" && test === undefined && written.length < Math.floor(most / 2);
  const planned = isTestable ? testOf(state, registry, next, written) : workOf(state, registry, next, test);
  const refused = own.length > 0 ? [] : wanted.slice(most).map(({ criterion: { text } }) => ({
    description: text,
    reason: say(registry, "tasks.too_many", { count: most }),
  }));
  return [{ type: "tasks_planned", tasks: [planned], refused, by: BY_CRITERIA }];
}

/** Whether all commands of a criterion print what they shall, before any work: nothing is left to do. */
function holdsAlready({ criteria: { printed } }: State, criterion: Criterion): boolean {
  const proofs = criterion.how === "command" ? proofsOfCriterion(criterion) : [];
  return proofs.length > 0 && proofs.every(({ name }) => printed?.[name] === true);
}

/** A criterion and its number, counted from 1. */
interface Numbered {
  readonly criterion: Criterion;
  readonly number: number;
}

/** The test of a criterion that one can show. */
function testOf(state: State, registry: Registry, { criterion, number }: Numbered, written: readonly Task[]): Task {
  const { path, like } = newTestPlace(
    state,
    registry.languages,
    criterion,
    written.flatMap(({ target }) => target ?? []),
  );
  const parts = [
    path === null ? say(registry, "criteria.write_test_somewhere") : say(registry, "criteria.write_test", { path }),
    criterion.text,
    ...stepBefore(state, registry, { criterion, number }),
    say(registry, RED[criterion.kind], { name: criterion.names.join(", ") }),
    ...takenFrom(registry, criterion),
    ...(criterion.examples.length === 0 ? [] : [say(registry, "criteria.take_examples")]),
    ...partsOfTest(state, registry),
    ...(like === null ? [] : [say(registry, "criteria.like", { path: like })]),
    say(registry, "criteria.only"),
  ];
  return { ...task(state), kind: "test", description: parts.join("\n"), target: path, criterion: number };
}

/** Where a test takes from what is to be made with its file: a small model writes the call and leaves its import out. */
function takenFrom(from: Wording, { kind, names, text }: Criterion): readonly string[] {
  const source = kind === "function" ? fileToMake(text) : null;
  return source === null ? [] : [say(from, "criteria.take_from", { source, name: names.join(", ") })];
}

/** The work that makes the test of a criterion pass, or does what no test can show. */
function workOf(
  state: State,
  registry: Registry,
  { criterion, number }: Numbered,
  test: Task | undefined,
): Task {
  const { text } = criterion;
  const standing = state.criteria.tests[number];
  const proofs = proofsOfCriterion(criterion).map(({ name }) => name);
  const red = failing(state.checks.latest).filter(({ name }) =>
    standing?.red.includes(name) === true || proofs.includes(name)
  );
  const wanted = proofs.length > 0
    ? say(registry, "criteria.work_command", { criterion: text, proofs: proofs.join("; ") })
    : standing === undefined
    ? text
    : say(registry, "criteria.work", { criterion: text, path: standing.path });
  return {
    ...task(state),
    description: [wanted, ...stepBefore(state, registry, { criterion, number }), ...partsOfWork(state, registry)]
      .join("\n"),
    target: sourceToMake(state) ?? targetOf(text, red, registry),
    checks: red.map(({ name }) => name),
    after: test === undefined ? [] : [test.id],
    criterion: number,
    ...(standing === undefined ? {} : { test: standing.path }),
  };
}

/** What a criterion goes on with, in the words of the one before it: by itself it names that by "it" at most. */
function stepBefore({ criteria }: State, from: Wording, { criterion, number }: Numbered): readonly string[] {
  const before = criteria.list?.[number - 2];
  return before === undefined || !goesBeyond(criterion.text)
    ? []
    : [say(from, "criteria.step_before", { before: bound(before.text, MOST_BEFORE) })];
}

/** The file that the work is most likely about: a source that the test uses, first one that the criterion names. */
function targetOf(text: string, red: readonly CheckFact[], { languages }: Registry): string | null {
  const sources = red.flatMap(({ files }) => files).filter((path) => !isTestPath(path, languages));
  const paths = [...text.matchAll(/[\w./-]{1,120}\.\w{1,6}\b/g)].map(([path]) => path.replace(/^\.\//, ""));
  const named = [...new Set(paths)].filter((path) =>
    languageOf(path, languages) !== null && !isTestPath(path, languages)
  );
  const evidence = red.map((result) => result.evidence).join("\n");
  return sources.find((path) => named.some((name) => path === name || path.endsWith(`/${name}`))) ??
    named.find((path) => evidence.includes(path.replace(/\.\w+$/, ""))) ?? sources[0] ??
    (named.length === 1 ? named[0]! : null);
}

function task({ tasks }: State): Task {
  return {
    id: `T${tasks.list.length + 1}`,
    kind: "work",
    description: "",
    target: null,
    checks: [],
    after: [],
    status: "ready",
    reason: "",
  };
}
