import { facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import type { Fact } from "../fact.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { type Contradiction, contradictionIn } from "./contradiction_in.ts";
import { namesTested } from "./new_test_path.ts";
import { mayRunProofs } from "./proofs.ts";
import { eachLineOf, listIn } from "./list_in.ts";
import { criterionOf, isAboutDocuments, MOST_CRITERIA, readGoal } from "./read_goal.ts";
import type { Criterion } from "./slice.ts";
import { criterionLine } from "./told.ts";

/** A file, something quoted, a figure, or a word that is written as names in code are. */
const TELLING = /[\w)]\.\w{1,6}\b|["'`\d]|[a-z][A-Z]|[A-Za-z]_[A-Za-z]|--[a-z]/;
/** Id of the question what shall be true in the end. */
export const CRITERIA_QUESTION = "criteria";

/** Whose criteria are that nobody gave: the goal itself is the only one. */
export const BY_RULES = "rules";

/** What is proposed beside a goal of which only a person can see whether it is reached. */
const STILL_GREEN = "All checks that pass now pass in the end as well.";

/**
 * Says what is owed before a wish is worked on: its criteria, and the person's look at them. What they gave is taken word for word, and the
 * goal itself where they gave nothing; what contradicts itself is not begun.
 */
export function dueUnderstanding(state: State, { languages }: Pick<Registry, "languages">): Due {
  const { run, checks, criteria: { given: before, answer, isAgreed } } = state;
  const goal = run.info?.goal ?? "";
  const given = before.length > 0 && (answer ?? "") === "" ? before : eachLineOf(answer ?? "");
  const read = readGoal(goal, given).map((criterion) => asTest(state, criterion));
  const asks = answer === null && run.info?.headless !== true;
  const contradiction = contradictionIn(read);
  if (contradiction !== null) return asks ? asked(state, whichOf(contradiction)) : impossible(contradiction);
  const listed = given.length > 0 ? given : listIn(goal);
  const isGiven = listed.length > 0;
  if (!isGiven && read.every(({ how }) => how === "check")) {
    // A goal that is about what the project's own checks say needs no other words for it, unless they say already that it is reached.
    return (checks.first ?? []).length > 0 ? nothingFails(state) : NOTHING;
  }
  const wishes = read.filter(({ how }) => how !== "check");
  const isOpen = wishes.length > 0 && wishes.every((criterion) => isVague(state, languages, criterion));
  const made = isOpen && !isGiven ? proposed(state, read) : read;
  if (asks && (isOpen || !isGiven)) return asked(state, question(made, isOpen));
  return facts<Fact>(...leftOut(listed), {
    type: "criteria_made",
    criteria: made.map((criterion) => ({
      ...criterion,
      names: [...criterion.names],
      examples: [...criterion.examples],
      commands: criterion.commands?.map((proof) => ({ ...proof, words: [...proof.words] })),
    })),
    by: isGiven ? "given" : BY_RULES,
    ...(isOpen && !isGiven && !isAgreed ? { proposed: true } : {}),
  });
}

/** Says what of a list nobody will look at. */
function leftOut(listed: readonly string[]): readonly Fact[] {
  const [first, ...more] = listed.slice(MOST_CRITERIA);
  if (first === undefined) return [];
  const also = more.length === 0 ? "" : ` and ${more.length} more`;
  const text =
    `The list has ${listed.length} items, and ${MOST_CRITERIA} are the most that a run looks at. Left out: ` +
    `"${oneLine(first, 100)}"${also}. Give them to another run.`;
  return [{ type: "person_told", text, cause: CRITERIA_QUESTION }];
}

/** Where no command may run, a test is written of what one would show. */
function asTest(state: State, criterion: Criterion): Criterion {
  return criterion.how !== "command" || mayRunProofs(state) ? criterion : { ...criterion, how: "test" };
}

/** Whether a criterion leaves open what a look at it would look at: it speaks of no name, of no file, of no example, and of nothing that is tested. */
function isVague(
  state: State,
  languages: Registry["languages"],
  { how, kind, names, examples, text }: Criterion,
): boolean {
  return how !== "check" && kind === "behaviour" && names.length + examples.length === 0 && !TELLING.test(text) &&
    !isAboutDocuments(text) && !namesTested(state, languages, text);
}

/** What is proposed where a goal leaves it open: itself and, where only a person could see that, what checks can say of it. */
function proposed({ checks }: State, read: readonly Criterion[]): readonly Criterion[] {
  const isSeen = read.every(({ how }) => how === "eye") && (checks.first ?? []).length > 0;
  return isSeen ? [...read, criterionOf(STILL_GREEN, "check")] : read;
}

function asked({ people }: State, question: Fact): Due {
  return people.questions.some(({ id }) => id === CRITERIA_QUESTION) ? WAITING : facts<Fact>(question);
}

function question(made: readonly Criterion[], isOpen: boolean): Fact {
  const listed = made.map((criterion, index) => criterionLine(criterion, index + 1)).join("\n");
  return {
    type: "question_asked",
    id: CRITERIA_QUESTION,
    kind: "input",
    text: isOpen
      ? "What shall be true in the end? The goal names nothing that a test could look at."
      : "Is this what shall be true in the end?",
    context: isOpen
      ? "Write it, a line each, such as: median([1, 3]) is 2. Left unanswered, this is what counts:"
      : "Agree, or write it otherwise, a line each.",
    turn: null,
    shows: { text: listed, chars: listed.length },
    proposes: made.map(({ text }) => `- ${text.replace(/\s+/g, " ")}`).join("\n"),
  };
}

function whichOf(contradiction: Contradiction): Fact {
  return {
    type: "question_asked",
    id: CRITERIA_QUESTION,
    kind: "input",
    text: `The goal contradicts itself: ${said(contradiction)}. What shall be true in the end?`,
    context: "Write it, a line each. Left unanswered, nothing is begun.",
    turn: null,
  };
}

/** What is to be repaired works: whoever looked for something else to do would do what nobody asked for. */
function nothingFails({ checks }: State): Due {
  const count = (checks.first ?? []).length;
  const by = checks.commands.length === 0 ? "" : ` (${checks.commands.join(", ")})`;
  const cause = `Nothing fails: ${counted(count, "check result")} ${
    count === 1 ? "passes" : "pass"
  }${by}. Nothing was done: say what else shall be true.`;
  return facts<Fact>({ type: "run_ended", kind: "blocked", cause });
}

/** What no code can fulfil ends before anything is touched. */
function impossible(contradiction: Contradiction): Due {
  const cause = `The goal contradicts itself: ${said(contradiction)}. Nothing was begun: say which of them holds.`;
  return facts<Fact>({ type: "run_ended", kind: "blocked", cause });
}

function said({ call, gives: [one, other] }: Contradiction): string {
  return `${call} shall give both ${one} and ${other}`;
}
