import type { CheckFact } from "../../effects/check/check_effect.ts";
import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { isAbout, NEW_TESTS } from "../checks/judge.ts";
import { failing } from "../checks/slice.ts";
import { flipsNow } from "../evidence/slice.ts";
import type { State } from "../state.ts";
import { lastPart } from "../tasks/claimed_checks.ts";
import { asksForTests } from "./parts_of_goal.ts";
import { proofsOfCriterion } from "./proofs.ts";
import type { Criterion, StandingTest } from "./slice.ts";
import { unwritten } from "./unwritten.ts";

/** What became of a criterion. */
export interface CriterionAtEnd {
  readonly text: string;
  readonly how: Criterion["how"];
  /** Whether it is shown; null where only a person can see it. */
  readonly isShown: boolean | null;
  /** By what it is shown, or why it is not, in words that go on after "is". */
  readonly says: string;
}

/** Says of each criterion of a run whether it is shown, and by what. */
export function criteriaAtEnd(state: State): readonly CriterionAtEnd[] {
  return (state.criteria.list ?? []).map((criterion, index) => {
    const { text, how } = criterion;
    if (how === "eye" && asksForTests(text) && flipsNow(state.evidence)?.isHollow === true) {
      const { flips, same } = flipsNow(state.evidence)!;
      const vain = same.length === 0 ? "" : `, of which ${counted(same.length, "result")} would pass all the same`;
      const says = `shown by tests that fail where what they test does nothing${vain}`;
      return flips.length > 0
        ? { text, how, isShown: true, says }
        : { text, how, isShown: false, says: "not shown: its tests pass where what they test does nothing as well" };
    }
    if (how === "eye") {
      const nothing = unwritten(state).includes(text) ? ", and nothing was written for it" : "";
      return { text, how, isShown: null, says: `for your eye: no check shows it${nothing}` };
    }
    if (how === "check") {
      const isShown = (state.checks.latest ?? []).length > 0 && failing(state.checks.latest).length === 0;
      return { text, how, isShown, says: isShown ? "shown by the checks that were there" : "not shown: checks fail" };
    }
    if (how === "command") return { text, how, ...byCommands(state, criterion) };
    const test = state.criteria.tests[index + 1];
    return { text, how, ...(test === undefined ? withoutTest(state, index + 1) : byTest(state, test)) };
  });
}

/** Names all criteria and what became of them; empty where there are none. */
export function criteriaNote(state: State): string {
  const all = criteriaAtEnd(state).map(({ text, says }) => ` "${oneLine(text, 100)}" is ${says}.`).join("");
  return state.criteria.isProposed
    ? ` The goal leaves open what shall be true, and nobody said it, so this was taken as proposed:${all}`
    : all;
}

/** A command shows something by what it prints now, where it did not print that before the work. */
function byCommands({ criteria, checks }: State, criterion: Criterion): Pick<CriterionAtEnd, "isShown" | "says"> {
  const proofs = proofsOfCriterion(criterion);
  const quoted = (all: typeof proofs) => all.map(({ name }) => oneLine(name, 200)).join("; ");
  const now = new Map((checks.latest ?? []).map((result) => [result.name, result]));
  const untried = proofs.filter(({ name }) => criteria.printed?.[name] === undefined || !now.has(name));
  if (untried.length > 0) return { isShown: false, says: `not shown: ${quoted(untried)}: that was not run` };
  const left = proofs.filter(({ name }) => now.get(name)?.passed !== true);
  if (left.length > 0) {
    const said = oneLine(now.get(left[0]!.name)?.evidence ?? "", 200);
    return { isShown: false, says: `not shown: ${quoted(left)}: it does not${said === "" ? "" : ` (${said})`}` };
  }
  const same = proofs.filter(({ name }) => criteria.printed?.[name] === true);
  if (same.length > 0) return { isShown: false, says: `not shown: ${quoted(same)}: it did before the work as well` };
  return { isShown: true, says: `shown by a run in a fresh copy: ${quoted(proofs)}, which it did not before the work` };
}

function byTest(state: State, { path, hash, red }: StandingTest): Pick<CriterionAtEnd, "isShown" | "says"> {
  const now = state.evidence.tests[path];
  if (now === undefined) return { isShown: false, says: `not shown: its test ${path} is gone` };
  if (now !== hash) return { isShown: false, says: `not shown: its test ${path} was changed` };
  const open = failing(state.checks.latest).filter((result) =>
    // That new tests cannot be loaded is said of all of them at once.
    result.files.includes(path) || red.includes(result.name) && (result.name !== NEW_TESTS || isAbout(result, path))
  );
  if (open.length > 0) return { isShown: false, says: `not shown: its test ${path} still fails` };
  const flips = flipsNow(state.evidence)?.flips ?? null;
  if (flips === null) return { isShown: false, says: `not shown: its test ${path} was not tried on the old code` };
  // What the checks say without new tests, too, no new test shows: a runner's own result, as soon as there is code.
  const cases = red.filter((name) =>
    (state.checks.latest ?? []).some((result) => result.name === name && result.added === true)
  );
  const isFlipped = cases.length === 0 ? flips.length > 0 : cases.some((name) => flips.includes(name));
  return isFlipped
    ? { isShown: true, says: `shown by ${path}` }
    : { isShown: false, says: `not shown: its test ${path} passes on the old code as well` };
}

/** A criterion whose test came to nothing may be shown by one that came with the work. */
function withoutTest(state: State, number: number): Pick<CriterionAtEnd, "isShown" | "says"> {
  const withdrawn = state.criteria.withdrawn[number];
  const broke = state.criteria.forbidden[number] ?? [];
  if (withdrawn !== undefined && broke.length > 0) {
    const checks = oneLine(broke.map(({ name }) => name).join("; "), 200);
    const says =
      `not shown: what makes its test pass breaks ${checks}, which says otherwise, so the test was taken back`;
    return { isShown: false, says };
  }
  if (withdrawn !== undefined) {
    return { isShown: false, says: `not shown: no work made its test ${withdrawn} pass, so the test was taken back` };
  }
  const others = othersThatShow(state);
  if (others.length > 0) return { isShown: true, says: `shown by ${others.join(", ")}, which came with the work` };
  const task = state.tasks.list.find((one) => one.kind === "test" && one.criterion === number);
  const why = task === undefined || task.reason === "" ? "no test of it was written" : oneLine(task.reason, 200);
  return { isShown: false, says: `not shown by a test: ${why}` };
}

/** New tests that are no criterion's own and give a result that failed on the old code and passes now. */
function othersThatShow({ criteria, evidence, checks }: State): readonly string[] {
  const standing = Object.values(criteria.tests);
  const own = standing.map(({ path }) => path);
  const taken = new Set(standing.flatMap(({ red }) => red));
  const flips = flipsNow(evidence)?.flips ?? [];
  const others = Object.keys(evidence.tests).filter((path) => !own.includes(path));
  if (own.length === 0) return flips.length > 0 ? others : [];
  const belongs = (result: CheckFact, path: string) =>
    isAbout(result, path) || namesOfCase(result.name).some((name) => (criteria.texts[path] ?? "").includes(name));
  const shown = (checks.latest ?? []).filter((result) =>
    flips.includes(result.name) && !taken.has(result.name) && !own.some((path) => belongs(result, path))
  );
  return others.filter((path) => shown.some((result) => belongs(result, path)));
}

/** `gives the range` of `npm test: stats > gives the range`, `TestRange` of `go test: example.org/stats.TestRange/small`: as the test itself may name it. */
function namesOfCase(result: string): readonly string[] {
  const title = lastPart(result);
  const word = title.includes(" ") ? title : title.slice(title.lastIndexOf(".") + 1).split("/")[0]!;
  return [title, word].filter((name) => name !== "");
}
