import type { CheckFact } from "../../effects/check/check_effect.ts";
import { facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import { say, type SentenceKey } from "../../sentences/say.ts";
import { failing } from "../checks/slice.ts";
import type { Fact } from "../fact.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { isOpen, type Task } from "../tasks/task.ts";
import { BY_CRITERIA, dueWithdrawal } from "./due_withdrawal.ts";
import { namesTested, newTestPlace } from "./new_test_path.ts";
import { linesOf, listIn, readGoal } from "./read_goal.ts";
import type { Criterion } from "./slice.ts";

/** What is said of how a test fails at first, by what it is about. */
const RED = {
  function: "criteria.red_function",
  option: "criteria.red_option",
  rename: "criteria.red_rename",
  file: "criteria.red_file",
  behaviour: "criteria.red_behaviour",
} as const satisfies Record<Criterion["kind"], SentenceKey>;

/** A file, something quoted, a figure, or a word that is written as names in code are. */
const TELLING = /[\w)]\.\w{1,6}\b|["'`\d]|[a-z][A-Z]|[A-Za-z]_[A-Za-z]|--[a-z]/;
/** Id of the question what shall be true in the end. */
export const CRITERIA_QUESTION = "criteria";

/** Whose criteria are that nobody gave: the goal itself is the only one. */
const BY_RULES = "rules";

/**
 * Says what is owed of a goal that no failing check stands for: its criteria; then a test of each that one can show; and once all of these are
 * written or given up, the work.
 */
export function dueCriteria(state: State, registry: Registry): Due {
  const { criteria: { list }, tasks } = state;
  if (list === null) return isWish(state) ? understood(state, registry) : NOTHING;
  const own = tasks.list.filter((task) => task.criterion !== undefined);
  if (own.length === 0) {
    return tasks.list.length === 0 && list.some(({ how }) => how === "test")
      ? planTests(state, registry, list)
      : NOTHING;
  }
  if (own.some((task) => task.kind !== "test")) return dueWithdrawal(state, registry) ?? NOTHING;
  if (own.some((task) => isOpen(task))) return NOTHING;
  const parked = own.filter(({ status }) => status === "parked")
    .map(({ id, reason }): Fact => ({ type: "task_changed", id, status: "dropped", reason }));
  // Without a test the goal is planned as any other.
  if (state.criteria.by === BY_RULES && Object.keys(state.criteria.tests).length === 0) return facts<Fact>(...parked);
  return facts<Fact>(...parked, planWork(state, registry, list, own));
}

/** Whether a run begins whose goal no failing check stands for. */
function isWish({ run, checks, tasks, decisions, attempts }: State): boolean {
  return run.info !== null && checks.first !== null && failing(checks.first).length === 0 &&
    failing(checks.latest).length === 0 && tasks.list.length === 0 && decisions.count === 0 &&
    Object.keys(attempts.open).length === 0;
}

/** What the person gave is taken word for word, and the goal itself where they gave nothing. */
function understood(state: State, { languages }: Registry): Due {
  const { run, people, criteria: { given: before, answer } } = state;
  const goal = run.info?.goal ?? "";
  const given = before.length > 0 ? before : linesOf(answer ?? "");
  const made = readGoal(goal, given);
  if (
    answer === null && run.info?.headless !== true && made.every((criterion) => isVague(state, languages, criterion))
  ) {
    const isOpen = people.questions.some(({ id }) => id === CRITERIA_QUESTION);
    return isOpen ? WAITING : facts<Fact>(question(made));
  }
  const isGiven = given.length > 0 || listIn(goal).length > 0;
  // A goal that is about what the project's own checks say needs no other words for it.
  if (!isGiven && made.every(({ how }) => how === "check")) return NOTHING;
  return facts<Fact>({
    type: "criteria_made",
    criteria: made.map((criterion) => ({
      ...criterion,
      names: [...criterion.names],
      examples: [...criterion.examples],
    })),
    by: isGiven ? "given" : BY_RULES,
  });
}

/** Whether a criterion leaves open what a test of it would look at: it speaks of no name, of no file, of no example, and of nothing that is tested. */
function isVague(
  state: State,
  languages: Registry["languages"],
  { how, kind, names, examples, text }: Criterion,
): boolean {
  return how === "test" && kind === "behaviour" && names.length + examples.length === 0 && !TELLING.test(text) &&
    !namesTested(state, languages, text);
}

function question(made: readonly Criterion[]): Fact {
  return {
    type: "question_asked",
    id: CRITERIA_QUESTION,
    kind: "input",
    text: "What shall be true in the end? The goal names nothing that a test could look at.",
    context: `Write it, a line each, such as: median([1, 3]) is 2. Left unanswered, this is what counts: ${
      made.map(({ text }) => text).join("; ")
    }`,
    turn: null,
  };
}

/** A test for each criterion that one can show. */
function planTests(state: State, registry: Registry, list: readonly Criterion[]): Due {
  // Each test has its work behind it.
  const room = Math.floor(registry.bounds.tasks / 2);
  const tasks: Task[] = [];
  for (const [index, criterion] of list.entries()) {
    if (criterion.how !== "test" || tasks.length >= room) continue;
    const taken = tasks.flatMap(({ target }) => target ?? []);
    const { path, like } = newTestPlace(state, registry.languages, criterion, taken);
    const parts = [
      path === null ? say(registry, "criteria.write_test_somewhere") : say(registry, "criteria.write_test", { path }),
      criterion.text,
      say(registry, RED[criterion.kind], { name: criterion.names[0] ?? "" }),
      ...(criterion.examples.length === 0 ? [] : [say(registry, "criteria.take_examples")]),
      ...(like === null ? [] : [say(registry, "criteria.like", { path: like })]),
      say(registry, "criteria.only"),
    ];
    tasks.push({
      ...task(state, tasks.length),
      kind: "test",
      description: parts.join("\n"),
      target: path,
      criterion: index + 1,
    });
  }
  return facts<Fact>({ type: "tasks_planned", tasks, refused: [], by: BY_CRITERIA });
}

/** The work that makes the tests pass, and what no test can show. */
function planWork(state: State, registry: Registry, list: readonly Criterion[], tests: readonly Task[]): Fact {
  const tasks: Task[] = [];
  const refused: { description: string; reason: string }[] = [];
  for (const [index, { text, how }] of list.entries()) {
    if (how === "check") continue;
    if (tasks.length >= registry.bounds.tasks) {
      refused.push({ description: text, reason: say(registry, "tasks.too_many", { count: registry.bounds.tasks }) });
      continue;
    }
    const standing = state.criteria.tests[index + 1];
    const red = failing(state.checks.latest).filter(({ name }) => standing?.red.includes(name) === true);
    const first = tests.find(({ criterion }) => criterion === index + 1);
    tasks.push({
      ...task(state, tasks.length),
      description: standing === undefined
        ? text
        : say(registry, "criteria.work", { criterion: text, path: standing.path }),
      target: targetOf(text, red, registry),
      checks: red.map(({ name }) => name),
      after: first === undefined ? [] : [first.id],
      criterion: index + 1,
      ...(standing === undefined ? {} : { test: standing.path }),
    });
  }
  return { type: "tasks_planned", tasks, refused, by: BY_CRITERIA };
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

function task({ tasks }: State, index: number): Task {
  return {
    id: `T${tasks.list.length + index + 1}`,
    kind: "work",
    description: "",
    target: null,
    checks: [],
    after: [],
    status: "ready",
    reason: "",
  };
}
