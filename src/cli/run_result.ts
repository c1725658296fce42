import { counted } from "../kernel/text.ts";
import type { EndingKind } from "../features/run/endings.ts";
import { elapsed } from "../features/run/elapsed.ts";
import type { Stamped } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import { criteriaAtEnd } from "../features/criteria/at_end.ts";
import { leftPatches } from "../features/attempts/left_patches.ts";
import { leftCommands, type LeftToRun } from "../features/later/left_commands.ts";
import { type ChangedFile, changedFiles } from "../features/files/changed_files.ts";
import type { Config } from "./config.ts";
import { exitCodeOf, type StopSignal } from "./exit_code.ts";
import { goOnWords } from "./go_on.ts";
import { oneLine, plainName, sayTime } from "../kernel/say.ts";
import { columns } from "../tell/columns.ts";
import { leftHints, patchHints } from "../tell/patch_hints.ts";

/** Tokens as servers counted them; null where none did: what is not known is not 0. */
export interface CountedTokens {
  readonly prompt: number | null;
  readonly answer: number | null;
  /** Asks whose server did not count. */
  readonly uncounted: number;
}

/** What became of a run. */
export interface RunResult {
  readonly kind: EndingKind;
  readonly cause: string;
  /** Code that the program ends with. */
  readonly exit: number;
  readonly run: string;
  readonly project: string;
  readonly tasks: readonly { readonly id: string; readonly status: string; readonly description: string }[];
  readonly files: readonly ChangedFile[];
  readonly tokens: CountedTokens;
  readonly asks: number;
  readonly seconds: number;
  /** What shall be true, and what became of it: true where it is shown, null where only a person can see it; absent where nobody made criteria. */
  readonly criteria?: readonly { readonly text: string; readonly shown: boolean | null; readonly says: string }[];
  /** Tasks with work that was not accepted and that a person may take over. */
  readonly patches: readonly string[];
  /** Commands that accepted work wanted run in the project and that did not run there with success. */
  readonly leftToRun: readonly LeftToRun[];
  /** Words after `autonomy run` that go on with it; null where it cannot go on. */
  readonly goOn: string | null;
}

/**
 * Says what became of a run.
 *
 * @param state state of the run when it stopped
 * @param facts all facts of the run, for what was counted
 * @param signal the signal that ended it, where one did
 * @param config the configuration that it had
 * @returns the result
 */
export function resultOf(
  state: State,
  facts: Iterable<Stamped>,
  signal: StopSignal | null,
  config: Config,
): RunResult {
  const kind = state.run.ending?.kind ?? "cancelled";
  return {
    kind,
    cause: state.run.ending?.cause ?? "The run was left and can be continued.",
    exit: exitCodeOf(kind, signal),
    run: state.run.info?.id ?? "",
    project: state.run.info?.project ?? "",
    tasks: state.tasks.list.map(({ id, status, description }) => ({ id, status, description })),
    files: changedFiles(state.files.byPath),
    ...(state.criteria.list === null ? {} : {
      criteria: criteriaAtEnd(state).map(({ text, isShown, says }) => ({ text, shown: isShown, says })),
    }),
    tokens: tokensOf(facts),
    asks: state.spending.run.turns,
    seconds: Math.round(elapsed(state, state.at) / 1000),
    patches: leftPatches(state),
    leftToRun: leftCommands(state),
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
  const { prompt, answer } = result.tokens;
  return [
    `${plainName(result.kind)}: ${oneLine(result.cause, 1000)}\n`,
    `${counted(result.tasks.length, "task")}${tasks === "" ? "" : `: ${tasks}`}; ${counted(result.asks, "request")}${
      result.asks === 0
        ? ""
        : prompt === null || answer === null
        ? ", tokens not counted"
        : `, ${counted(prompt + answer, "token")}`
    }, ${sayTime(result.seconds * 1000)}\n`,
    columns(result.files.map(({ path, change }) => [change, oneLine(path)]), 2),
    `Look: ${command} show ${result.run}\n`,
    ...patchHints(result.run, result.patches, command).map(({ label, words }) => `${label}: ${words}\n`),
    ...leftLines(result),
    result.files.length === 0 ? "" : `Take back: ${command} undo ${result.run}\n`,
    result.goOn === null ? "" : `Go on: ${command} run ${result.goOn}\n`,
  ].join("");
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
