import type { Stamped } from "../../features/fact.ts";
import { oneLine, plainName, sentence } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import type { GoalEnding, QueuedGoal } from "../../run/queue_store.ts";
import { jsonLine } from "../../tell/json_line.ts";
import type { CliContext } from "../context.ts";
import { readRun, runStore } from "../stored_run.ts";

/** How a goal of a queue stands, as it is told. */
export interface GoalReport {
  readonly id: string;
  readonly goal: string;
  /** `waiting`, `open`, or how its run ended, as it stands now. */
  readonly status: string;
  readonly cause: string | null;
  readonly run: string | null;
  readonly branch: { readonly name: string; readonly commits: number } | null;
  /** Words after the program's name by which a person helps it on; null where nobody is needed. */
  readonly needs: string | null;
}

/** How many goals of a queue stand how. */
interface Counts {
  readonly accepted: number;
  readonly needing: number;
  readonly waiting: number;
  readonly others: number;
}

/**
 * Says how the goals of a queue stand: one that a person accepted since is accepted.
 *
 * @param context where the runs are
 * @param goals goals of the queue
 */
export function reportsOf(context: CliContext, goals: readonly QueuedGoal[]): readonly GoalReport[] {
  const stored = new Set(runStore(context).list().map((run) => run.id));
  return goals.map(({ id, goal, run: begun, ending }): GoalReport => {
    // One that could not be begun has none, though its id was noted.
    const run = begun !== null && stored.has(begun) ? begun : null;
    if (ending === null) {
      const status = run === null ? "waiting" : "open";
      return { id, goal, status, cause: null, run, branch: null, needs: null };
    }
    const { kind, cause, needs, branch } = ending.kind === "accepted" || run === null
      ? ending
      : acceptedSince(context, run) ?? ending;
    return { id, goal, status: kind, cause, run, branch, needs };
  });
}

/** How a stored run was accepted since its goal ended; null where it was not, is not on its branch, or cannot be read. */
function acceptedSince(context: CliContext, id: string): Omit<GoalEnding, "at"> | null {
  try {
    const stored = runStore(context).find(id);
    const last = stored.ends()?.last as Stamped | undefined;
    if (last?.type !== "run_ended" || last.kind !== "accepted") return null;
    const { state, journal } = readRun(stored);
    journal.close();
    const { wanted, made, why } = state.commits;
    if (why !== null) return null;
    const branch = wanted === null || made.length === 0 ? null : { name: wanted.branch, commits: made.length };
    return { kind: last.kind, cause: last.cause, needs: null, branch };
  } catch {
    // What was noted when it ended is still known.
    return null;
  }
}

/**
 * Writes how the goals of a queue stand, for people.
 *
 * @param project real path of the project
 * @param command words that start the program, such as `autonomy`
 * @returns lines with closing line breaks
 */
export function sayReport(project: string, reports: readonly GoalReport[], command: string): string {
  const { accepted, needing, waiting, others } = countsOf(reports);
  const counts = Object.entries({
    accepted,
    "waiting for you": needing,
    "ended otherwise": others,
    "not begun": waiting,
  })
    .flatMap(([what, count]) => count === 0 ? [] : [`${count} ${what}`]).join(", ");
  return [
    `Queue of ${oneLine(project, 1_000)}: ${counted(reports.length, "goal")}${counts === "" ? "" : `: ${counts}`}\n`,
    ...reports.map((report) => `\n${goalLines(report, command)}`),
  ].join("");
}

function goalLines({ id, goal, status, cause, run, branch, needs }: GoalReport, command: string): string {
  const rows = [
    `${id}  ${plainName(status)}: ${oneLine(goal, 300)}`,
    ...(cause === null ? [] : [sentence(oneLine(cause, 600))]),
    ...(branch === null ? [] : [`Branch: ${oneLine(branch.name)}, ${counted(branch.commits, "commit")}`]),
    ...(run === null ? [] : [`Look: ${command} show ${run}`]),
    ...(needs === null ? [] : [`Needs you: ${command} ${needs}`]),
  ];
  return rows.map((row, index) => `${index === 0 ? "" : "    "}${row}\n`).join("");
}

/**
 * Writes how the goals of a queue stand, for programs: a line for each goal, and one of all.
 *
 * @param project real path of the project
 * @param exit code that the program ends with
 */
export function reportJson(project: string, reports: readonly GoalReport[], exit: number): string {
  return [
    ...reports.map((report) => jsonLine({ type: "goal", ...report })),
    jsonLine({ type: "report", project, goals: reports.length, ...countsOf(reports), exit }),
  ].join("");
}

function countsOf(reports: readonly GoalReport[]): Counts {
  const accepted = reports.filter(({ status }) => status === "accepted").length;
  const needing = reports.filter(({ needs }) => needs !== null).length;
  const waiting = reports.filter(({ status }) => status === "waiting" || status === "open").length;
  return { accepted, needing, waiting, others: reports.length - accepted - needing - waiting };
}
