import { bound, counted } from "../kernel/text.ts";
import type { EndingKind } from "../features/run/endings.ts";
import { asLeft, LEFT } from "../tell/as_left.ts";
import { elapsed } from "../features/run/elapsed.ts";
import { withYes } from "../features/checks/judge_run.ts";
import type { Stamped } from "../features/fact.ts";
import { criteriaAtEnd } from "../features/criteria/at_end.ts";
import { leftPatches } from "../features/attempts/left_patches.ts";
import { leftCommands, type LeftToRun } from "../features/later/left_commands.ts";
import { type ChangedFile, changedFiles, undoneFiles } from "../features/files/changed_files.ts";
import type { Config } from "./config.ts";
import { EXIT, exitCodeOf, type StopSignal } from "./exit_code.ts";
import { type ProjectAtEnd, projectAtEnd } from "../features/setup/setup_note.ts";
import { goOnWords } from "./go_on.ts";
import { type NewTest, newTestsOf } from "./new_tests.ts";
import type { EndedRun } from "./commit_run.ts";
import { oneLine, plainName, sayTime, sentence } from "../kernel/say.ts";
import type { State } from "../features/state.ts";
import { pullRequestOf } from "../tell/pull_request.ts";
import { columns } from "../tell/columns.ts";
import { sayUndone } from "../tell/undone_files.ts";
import { acceptHints, leftHints, patchHints } from "../tell/patch_hints.ts";

/** Characters of new tests that are shown: `accept` shows all. */
const MOST_SHOWN = 12_000;

/** Tokens as servers counted them; null where none did: what is not known is not 0. */
export interface CountedTokens {
  readonly prompt: number | null;
  readonly answer: number | null;
  /** Asks whose server did not count. */
  readonly uncounted: number;
}

/** Where the accepted work of a run stands in version control. */
export interface ResultBranch {
  readonly name: string;
  /** Commits by their tasks, oldest first; none where nothing was accepted, or nothing could be committed. */
  readonly commits: readonly { readonly task: string; readonly commit: string }[];
  /** Why something accepted is not committed, in a sentence; null where all is. */
  readonly why: string | null;
  /** What the run did, as the text of a pull request; null without a commit. */
  readonly text: string | null;
}

/** What became of a run. */
export interface RunResult {
  /** `cancelled` also where it was left. */
  readonly kind: EndingKind;
  /** Whether it has no end of its own: it was left, and can be continued. */
  readonly left: boolean;
  readonly cause: string;
  /** Code that the program ends with. */
  readonly exit: number;
  readonly run: string;
  readonly project: string;
  readonly tasks: readonly { readonly id: string; readonly status: string; readonly description: string }[];
  readonly files: readonly ChangedFile[];
  /** Files that stand as before the run since a person undid its work; absent where it stands. */
  readonly undone?: number;
  readonly tokens: CountedTokens;
  /** Tokens that were booked: by the servers' counts, and by estimate where there is none. Limits and the screen count these. */
  readonly spent: number;
  readonly asks: number;
  readonly seconds: number;
  /** What shall be true, and what became of it: true where it is shown, null where only a person can see it; absent where nobody made criteria. */
  readonly criteria?: readonly { readonly text: string; readonly shown: boolean | null; readonly says: string }[];
  /** The project that was begun in an empty folder, and how it ran when it was tried; absent where there was one. */
  readonly newProject?: ProjectAtEnd;
  /** Tasks with work that was not accepted and that a person may take over. */
  readonly patches: readonly string[];
  /** Commands that accepted work wanted run in the project and that did not run there with success. */
  readonly leftToRun: readonly LeftToRun[];
  /** Whether the yes of a person is all that is missing for the run to be accepted. */
  readonly waitsForYes: boolean;
  /** New tests that such a yes would be to. */
  readonly newTests: readonly NewTest[];
  /** The branch that its accepted work stands on; null where none was wanted. */
  readonly branch: ResultBranch | null;
  /** Words after `autonomy run` that go on with it; null where it cannot go on. */
  readonly goOn: string | null;
}

/**
 * Says what became of a run.
 *
 * @param ended the run, at which nothing is at work any more
 * @param signal the signal that ended it, where one did
 * @param config the configuration that it had
 * @returns the result
 */
export function resultOf(
  { state, journal }: EndedRun,
  signal: StopSignal | null,
  config: Config,
): RunResult {
  const waitsForYes = withYes(state) !== null;
  const { ending } = asLeft(state).run;
  const kind = ending?.kind ?? "cancelled";
  const undone = undoneFiles(state.files);
  const newProject = projectAtEnd(state);
  return {
    kind,
    left: ending?.left === true,
    cause: ending?.cause ?? "",
    exit: exitOf(state, kind, signal),
    run: state.run.info?.id ?? "",
    project: state.run.info?.project ?? "",
    tasks: state.tasks.list.map(({ id, status, description }) => ({ id, status, description })),
    files: changedFiles(state.files.byPath),
    ...(undone === 0 ? {} : { undone }),
    ...(state.criteria.list === null ? {} : {
      criteria: criteriaAtEnd(state).map(({ text, isShown, says }) => ({ text, shown: isShown, says })),
    }),
    ...(newProject === null ? {} : { newProject }),
    tokens: tokensOf(journal.read()),
    spent: state.spending.run.tokens,
    asks: state.spending.run.turns,
    seconds: Math.round(elapsed(state, state.at) / 1000),
    patches: leftPatches(state),
    leftToRun: leftCommands(state),
    waitsForYes,
    newTests: waitsForYes ? newTestsOf(state, journal) : [],
    branch: branchOf(state),
    goOn: goOnWords(state, config),
  };
}

/**
 * Writes a result for people.
 *
 * @param result what became of the run
 * @param command words that start the program, such as `autonomy`
 * @returns lines with closing line breaks
 */
export function sayResult(result: RunResult, command: string): string {
  const byStatus = new Map<string, number>();
  for (const { status } of result.tasks) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  const tasks = [...byStatus].map(([status, count]) => `${count} ${plainName(status)}`).join(", ");
  return [
    `${result.left ? LEFT : plainName(result.kind)}: ${oneLine(result.cause, 1000)}\n`,
    `${counted(result.tasks.length, "task")}${tasks === "" ? "" : `: ${tasks}`}; ${counted(result.asks, "request")}${
      sayTokens(result)
    }, ${sayTime(result.seconds * 1000)}\n`,
    columns(result.files.map(({ path, change }) => [change, oneLine(path)]), 2),
    result.undone === undefined ? "" : `Undone: ${sayUndone(result.undone)}\n`,
    ...tryLines(result),
    ...testLines(result),
    `Look: ${command} show ${result.run}\n`,
    ...branchLines(result, command),
    ...acceptHints(result.run, result.waitsForYes, command).map(({ label, words }) => `${label}: ${words}\n`),
    ...patchHints(result.run, result.patches, command).map(({ label, words }) => `${label}: ${words}\n`),
    ...leftLines(result),
    result.files.length === 0 ? "" : `Take back: ${command} undo ${result.run}\n`,
    result.goOn === null ? "" : `Go on: ${command} run ${result.goOn}\n`,
  ].join("");
}

/** The tokens that limits count, and how many of them servers counted where those are others. */
function sayTokens({ asks, spent, tokens: { prompt, answer } }: RunResult): string {
  if (asks === 0) return "";
  const byServers = prompt === null || answer === null ? null : prompt + answer;
  const whose = byServers === spent ? "" : byServers === null ? " by estimate" : ` (${byServers} counted by servers)`;
  return `, ${counted(spent, "token")}${whose}`;
}

/** A run whose accepted work could not be committed, as was wanted, has not done all of it. */
function exitOf({ commits }: State, kind: EndingKind, signal: StopSignal | null): number {
  return kind === "accepted" && commits.why !== null ? EXIT.partial : exitCodeOf(kind, signal);
}

/** Says where the accepted work of a run stands in version control; null where no branch was wanted. */
export function branchOf(state: State): ResultBranch | null {
  const { wanted, made, why } = state.commits;
  if (wanted === null) return null;
  return { name: wanted.branch, commits: made, why, text: made.length === 0 ? null : pullRequestOf(state) };
}

/**
 * Writes where the accepted work of a run stands in version control, for people.
 *
 * @param result the branch, and how the run ended
 * @param command words that start the program, such as `autonomy`
 */
export function branchLines(
  { branch, kind, run }: Pick<RunResult, "branch" | "kind" | "run">,
  command: string,
): readonly string[] {
  if (branch === null) return [];
  const name = oneLine(branch.name);
  // A run that waits for a yes is committed with it, and one that goes on with its next end.
  const again = branch.why !== null && kind === "accepted" ? [`Commit it then: ${command} accept ${run}\n`] : [];
  return [
    ...(branch.text === null ? [] : [`\nAs a pull request:\n\n${branch.text}\n`]),
    ...(branch.commits.length === 0 ? [] : [`Branch: ${name}, ${counted(branch.commits.length, "commit")}\n`]),
    ...(branch.why === null ? [] : [`Not committed on ${name}: ${sentence(oneLine(branch.why, 600))}\n`]),
    ...again,
    ...(branch.commits.length === 0 && branch.why === null ? [`Branch: none, since no task was accepted\n`] : []),
  ];
}

/** How what was built ran, with what it said. */
function tryLines({ newProject }: RunResult): readonly string[] {
  const tried = newProject?.tried ?? null;
  if (tried === null) return [];
  const said = tried.shown.trimEnd();
  return [
    `Try it: ${tried.command}\n`,
    `  in a fresh copy it ${oneLine(tried.ended, 300)}${said === "" ? "" : ` and said:\n${indented(said)}`}\n`,
  ];
}

function indented(text: string): string {
  return text.split("\n").map((line) => `    ${line}`).join("\n");
}

/** The difference of new tests that wait for a yes. */
function testLines({ newTests }: RunResult): readonly string[] {
  if (newTests.length === 0) return [];
  return ["\nThe new tests:\n", bound(newTests.map(({ patch }) => patch).join(""), MOST_SHOWN), "\n"];
}

function leftLines({ project, leftToRun }: RunResult): readonly string[] {
  const left = leftHints(project, leftToRun);
  return left === null ? [] : left.words.map((words) => `${left.label}: ${words}\n`);
}

function tokensOf(facts: Iterable<Stamped>): CountedTokens {
  let [prompt, answer, some, uncounted] = [0, 0, false, 0];
  for (const fact of facts) {
    if (fact.type !== "effect_finished" || fact.result.kind !== "ask") continue;
    const { promptTokens, answerTokens } = fact.result;
    if (promptTokens === null || answerTokens === null) uncounted += 1;
    if (promptTokens !== null || answerTokens !== null) some = true;
    prompt += promptTokens ?? 0;
    answer += answerTokens ?? 0;
  }
  return some ? { prompt, answer, uncounted } : { prompt: null, answer: null, uncounted };
}
