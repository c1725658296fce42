import { leftPatches } from "../features/attempts/left_patches.ts";
import { withYes } from "../features/checks/judge_run.ts";
import { changedFiles } from "../features/files/changed_files.ts";
import { leftCommands } from "../features/later/left_commands.ts";
import type { Message } from "../features/messages/message.ts";
import { elapsed } from "../features/run/elapsed.ts";
import type { State } from "../features/state.ts";
import { sandboxWords } from "../features/workspaces/sandbox_words.ts";
import { oneLine, plainName, sayTime } from "../kernel/say.ts";
import { counted } from "../kernel/text.ts";
import { type FileDifference, sayLines } from "./changed_part.ts";
import { LEFT } from "./as_left.ts";
import { columns } from "./columns.ts";
import { sayDecision } from "./earlier.ts";
import { acceptHints, leftHints, patchHints, tryHints } from "./patch_hints.ts";
import { rowsOf } from "./report_rows.ts";
import type { ShownKinds, ShownRun } from "./shown_run.ts";
import { sayStatistics } from "./statistics.ts";

/** Failing checks that are named. */
const NAMED_CHECKS = 20;

/**
 * Shows a run in plain text.
 *
 * @param run its facts and state
 * @param kinds what can have happened in it: how each is told
 * @param command words that start the program, such as `autonomy`
 * @param changed what is different in the project by it; where that is not known of a file, its name stands alone
 * @param isHeld whether a process holds it: one that has not ended is at work then, and was left otherwise
 * @returns lines for people, with closing line breaks
 */
export function reportOf(
  run: ShownRun,
  kinds: ShownKinds,
  command: string,
  changed: readonly FileDifference[] = [],
  isHeld = false,
): string {
  const { id, state, facts, messages } = run;
  if (state.run.info === null || facts.length === 0) return `Run ${id} has no facts yet.\n`;
  const { Attempts, Decisions, Failures, Turns, ...others } = rowsOf(facts, kinds);
  const sections: Readonly<Record<string, string | undefined>> = {
    Crew: crewOf(state),
    Checks: checksOf(state),
    Tasks: tasksOf(state),
    Attempts,
    Decisions,
    Messages: columns(messages.map(messageRow), 2),
    Files: filesOf(run, command, changed),
    ...leftSection(state),
    Failures,
    Statistics: sayStatistics(state.statistics, state.ledger.hosts, (name) => sayDecision(kinds, name, {})),
    ...others,
    Turns: Turns && `${Turns}  ${command} show ${id} TURN shows what was asked and answered.\n`,
  };
  const said = Object.entries(sections).flatMap(([title, body = ""]) =>
    body === "" ? [] : [`${title}\n${body.trimEnd()}`]
  );
  return `${[headOf(run, command, isHeld), ...said].join("\n\n")}\n`;
}

function headOf({ id, state, facts }: ShownRun, command: string, isHeld: boolean): string {
  const { info, ending } = state.run;
  const { tokens, turns } = state.spending.run;
  const end = ending === null
    ? isHeld ? "not yet: it is at work" : `${LEFT}; ${command} run --resume ${id} goes on with it`
    : `${plainName(ending.kind)}: ${oneLine(ending.cause, 600)}`;
  const sandbox = sandboxWords(state);
  const atWork = sayTime(elapsed(state, facts.at(-1)?.at ?? state.at));
  return columns([
    ["Run", `${id}${info?.label ? ` (${info.label})` : ""}`],
    ["Project", info?.project ?? ""],
    ["Goal", info?.goal ?? ""],
    [
      "Began",
      `${new Date(state.clock.startedAt ?? state.at).toISOString()}, at work for ${atWork}, ${
        counted(facts.length, "fact")
      }`,
    ],
    ...(sandbox === null ? [] : [["Sandbox", oneLine(sandbox.long, 300)]]),
    ["Ended", end],
    ["Spent", `${counted(tokens, "token")}, ${counted(turns, "request")} to models`],
    ...branchRow(state),
    ...tryHints(state).map(({ label, words }) => [label, words]),
    ...acceptHints(id, withYes(state) !== null, command).map(({ label, words }) => [label, words]),
    ...patchHints(id, leftPatches(state), command).map(({ label, words }) => [label, words]),
  ]).trimEnd();
}

/** Where its accepted work stands in version control, or why it does not. */
function branchRow({ commits: { wanted, made, why } }: State): readonly (readonly string[])[] {
  if (wanted === null) return [];
  const said = why === null ? counted(made.length, "commit") : `not committed: ${oneLine(why, 300)}`;
  return [["Branch", `${oneLine(wanted.branch)}, ${said}`]];
}

function filesOf({ id, state }: ShownRun, command: string, known: readonly FileDifference[]): string {
  const rows = changedFiles(state.files.byPath).map(({ path, change }) => {
    const lines = known.find((file) => file.path === path);
    return [change, oneLine(path), ...(lines === undefined ? [] : [sayLines(lines)])];
  });
  return rows.length === 0 ? "" : `${columns(rows, 2)}  ${command} diff ${id} shows what changed, line by line.\n`;
}

function leftSection(state: State): Readonly<Record<string, string>> {
  const left = leftHints(state.run.info?.project ?? "", leftCommands(state));
  return left === null ? {} : { [left.label]: left.words.map((words) => `  ${words}\n`).join("") };
}

function crewOf({ run: { crew }, threads }: State): string {
  const rows = crew.map(({ role, models }) => {
    const { model = null, host, way, window } = threads[role] ?? {};
    return [
      role,
      model === null
        ? `not asked (wished: ${models[0] ?? "any"})`
        : `${model} on ${host ?? "?"}, ${way ?? "?"}, window ${window ?? "?"}`,
    ];
  });
  return columns(rows, 2);
}

function checksOf({ checks: { first, latest, commands } }: State): string {
  if (first === null) return "";
  if (first.length === 0 && (latest ?? []).length === 0) return "  none were found in this project\n";
  const say = (results: typeof first) => `${results.filter((one) => one.passed).length} of ${results.length} pass`;
  const failing = (latest ?? first).filter((one) => !one.passed).map((one) => ["fails", oneLine(one.name)]);
  return columns([
    ["commands", commands.join("; ")],
    ["at the start", say(first)],
    ["at the end", latest === null ? "not executed" : say(latest)],
    ...failing.slice(0, NAMED_CHECKS),
  ], 2);
}

function tasksOf({ tasks }: State): string {
  const rows = tasks.list.map(({ id, status, description, reason }) => [
    id,
    plainName(status),
    oneLine(description, 100),
    oneLine(reason, 120),
  ]);
  return columns(rows, 2);
}

function messageRow({ id, from, to, kind, status, text, original, originalTo, changedBy }: Message): readonly string[] {
  const changes = [
    ...(original === null ? [] : ["edited"]),
    ...(originalTo === null ? [] : [`redirected from ${originalTo}`]),
    ...(status === "dropped" ? ["dropped"] : []),
  ];
  const by = `${changes.length > 1 ? ", last" : ""} by ${changedBy ?? "?"}`;
  const note = changes.length === 0 ? "" : ` [${changes.join(", ")}${by}]`;
  return [id, `${from} → ${to}`, kind, plainName(status), `${oneLine(text, 100)}${note}`];
}
