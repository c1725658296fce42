import { shellLine } from "../../features/words_of.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import type { GoalEnding, QueuedGoal, QueueStore } from "../../run/queue_store.ts";
import { newRunId, type StoredRun } from "../../run/run_store.ts";
import { Git } from "../../work/git/git.ts";
import { findRepository } from "../../work/git/repository.ts";
import { commitRun } from "../commit_run.ts";
import { BrokenOff } from "../broken_off.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { reporter } from "../headless.ts";
import { runHeadless } from "../run_headless.ts";
import { resultOf, type RunResult } from "../run_result.ts";
import type { Situation } from "../situation.ts";
import { resumeRun, startRun } from "../start_run.ts";
import type { StopSignals } from "../stop_signals.ts";
import { readRun, runStore, withRun } from "../stored_run.ts";
import { takeBackAll } from "./take_back_all.ts";

/** What a queue is worked off with. */
export interface Working {
  readonly queue: QueueStore;
  readonly situation: Situation;
  readonly signals: StopSignals;
  /** Whether the yes to new tests of all goals is given ahead. */
  readonly acceptTests: boolean;
}

/** Codes of errors that the next goal would meet, too. */
const MET_BY_ALL: readonly number[] = [
  EXIT.no_host,
  EXIT.config,
  EXIT.store,
  EXIT.interrupted,
  EXIT.terminated,
  EXIT.hung_up,
];

/**
 * Works on a goal of a queue until its run ends, or goes on with the one that was open, and notes how it ended. Where git is there, accepted
 * work goes to a branch of its own and the project stands as before it; else the work stands in the project.
 *
 * @returns false where the queue cannot go on: the program was told to end, or no host is there
 * @throws what the next goal would meet, too
 */
export async function workOff(context: CliContext, working: Working, goal: QueuedGoal): Promise<boolean> {
  const { queue, signals } = working;
  try {
    const onBranch = await onItsBranch(working, goal);
    const result = await resultOfGoal(context, onBranch, goal);
    if (signals.received() !== null || result.kind === "no_host" || result.kind === "cancelled") return false;
    const { why } = result.branch ?? {};
    // What could not be committed stands nowhere else.
    if (result.branch !== null && why === null) await takeBackAll(context, result.run);
    queue.end(goal.id, endingOf(result));
    return true;
  } catch (error) {
    const isOfGoal = error instanceof CommandError && !(error instanceof BrokenOff) && !MET_BY_ALL.includes(error.exit);
    if (!isOfGoal) throw error;
    queue.end(goal.id, { kind: "blocked", cause: reasonOf(error), needs: addedAgain(goal), branch: null });
    return true;
  }
}

/** Goes on with the run of the goal, or begins one, whose id is noted first: a kill in between finds it again. */
async function resultOfGoal(context: CliContext, working: Working, goal: QueuedGoal): Promise<RunResult> {
  const { queue, situation, signals } = working;
  const stored = goal.run === null ? null : begunRun(context, goal.run);
  if (stored !== null && hasEnded(stored)) return await endedResult(stored, situation);
  const acceptTests = goal.acceptTests || working.acceptTests;
  const { signal } = signals;
  return await runHeadless(context, situation, {
    signals,
    report: reporter(context, false),
    begin: (crew) => {
      const manner = { headless: true, step: false, acceptTests, signal };
      if (stored !== null) return resumeRun(context, crew, stored, { ...manner, shown: false, words: null });
      const id = newRunId(Date.now(), Math.random());
      queue.begin(goal.id, id);
      return startRun(context, crew, { ...manner, goal: goal.goal, label: "", id, kept: false });
    },
  });
}

/** A run of a goal that has begun; null where the program ended before it had. */
function begunRun(context: CliContext, id: string): StoredRun | null {
  const stored = runStore(context).list().find((run) => run.id === id);
  return stored === undefined || stored.first() === null ? null : stored;
}

/** Whether it ended by itself: one that a signal ended goes on. */
function hasEnded(stored: StoredRun): boolean {
  const { type, kind } = (stored.ends()?.last ?? {}) as { readonly type?: string; readonly kind?: string };
  return type === "run_ended" && kind !== "cancelled" && kind !== "no_host";
}

async function endedResult(stored: StoredRun, { config }: Situation): Promise<RunResult> {
  const run = readRun(stored, false);
  return await withRun(run, async () => {
    const state = await commitRun(run);
    return resultOf({ state, journal: run.journal }, null, config);
  });
}

/** Where git is there, each goal has a branch: asked for by the queue, not by the configuration. */
async function onItsBranch(working: Working, { branch }: QueuedGoal): Promise<Working> {
  const { situation, signals } = working;
  const { project, config } = situation;
  const repository = await findRepository(new Git(project, signals.signal), project);
  const hasGit = !("fault" in repository) || !repository.isNone;
  const git = {
    commit: { value: hasGit, origin: "--commit" },
    branch: branch === null ? config.git.branch : { value: branch, origin: "--branch" },
  };
  return { ...working, situation: { ...situation, config: { ...config, git } } };
}

function endingOf({ kind, cause, run, waitsForYes, goOn, branch }: RunResult): Omit<GoalEnding, "at"> {
  const isUncommitted = branch !== null && branch.why !== null;
  const needs = waitsForYes
    ? `accept ${run}`
    : kind === "blocked"
    ? `run ${goOn}`
    : isUncommitted
    ? `${kind === "accepted" ? "accept" : "show"} ${run}`
    : null;
  const why = isUncommitted ? ` Not committed on ${branch.name}: ${branch.why}` : "";
  return {
    kind: isUncommitted && kind === "accepted" ? "partial" : kind,
    cause: `${cause}${why}`,
    needs,
    branch: branch === null || branch.commits.length === 0
      ? null
      : { name: branch.name, commits: branch.commits.length },
  };
}

/** Words that add a goal once more, as a shell reads them: with all of its lines and flags. */
function addedAgain({ goal, branch, acceptTests }: QueuedGoal): string {
  const flags = [...(acceptTests ? ["--accept-tests"] : []), ...(branch === null ? [] : ["--branch", branch])];
  return shellLine(["queue", "add", ...flags, "--", goal]);
}
