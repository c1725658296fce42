import type { StoredRun } from "../run/run_store.ts";
import { CommandError } from "./command_error.ts";
import { conduct } from "./conduct.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { endingInResult } from "./headless.ts";
import { projectFolder } from "./places.ts";
import { readCriteria } from "./read_criteria.ts";
import { mustBeSeen } from "./on_screen.ts";
import type { BoundFlags, CrewFlags, EndFlags, MessageFlags, ShowFlags } from "./run_flags.ts";
import type { RunScreen } from "./screen_run.ts";
import { chosenFlags } from "./session_choices.ts";
import { situationOf } from "./situation.ts";
import { begunWith, findRun, newestRun } from "./stored_run.ts";
import { loadLater } from "./load_later.ts";

/** Flags of `run`. */
export type RunFlags = CrewFlags & BoundFlags & MessageFlags & EndFlags & ShowFlags & {
  readonly continue: boolean;
  readonly resume?: string;
  readonly criteria?: string;
};

/**
 * Works on a goal, or goes on with a stored run.
 *
 * @param context the world
 * @param flags project, crew, bounds and manner
 * @param words the goal; read from standard input where it is piped and there are none
 * @param screen the open screen; null for a run without one
 * @throws {CommandError} exit code 2 without a goal or run, and what starting a run throws
 */
export async function runGoal(
  context: CliContext,
  flags: RunFlags,
  words: readonly string[],
  screen: RunScreen | null,
): Promise<void> {
  await endingInResult(context, flags.json, async () => {
    mustBeSeen(context, flags, screen);
    const resume = resumedRun(context, flags);
    const goal = await goalOf(context, words, resume !== null);
    const criteria = givenCriteria(context, flags, resume !== null);
    const start = resume === null ? null : begunWith(resume);
    if (start !== null && start.label !== "") {
      // Its models are played: they have to be started again.
      const { rehearsed } = await loadLater<typeof import("./rehearsed.ts")>(import.meta.resolve("./rehearsed.ts"));
      return await rehearsed(context, { ...flags, pace: 1, wish: false }, resume, screen);
    }
    const situation = situationOf(context, flags, { project: start?.project });
    await conduct(context, {
      situation,
      again: (choices) => situationOf(context, chosenFlags(flags, choices), { project: situation.project }),
      goal,
      criteria,
      resume,
      label: "",
      screen,
      json: flags.json,
      typed: flags.screenReader,
      step: flags.step,
      talk: flags.talk,
      ends: flags,
    });
  });
}

/** The run that is to go on; null for a new one. */
function resumedRun(context: CliContext, flags: RunFlags): StoredRun | null {
  if (flags.resume !== undefined) {
    if (flags.continue) {
      throw new CommandError(EXIT.usage, "--continue and --resume exclude each other. Leave one out.");
    }
    const stored = findRun(context, flags.resume, { project: flags.project });
    const start = begunWith(stored);
    const project = flags.project === undefined ? null : projectFolder(flags.project, context.folder);
    if (project !== null && start.project !== project) {
      throw new CommandError(
        EXIT.usage,
        `Run ${stored.id} works in ${start.project}, not in ${project}. Leave --project out.`,
      );
    }
    return stored;
  }
  if (!flags.continue) return null;
  return newestRun(context, { project: flags.project });
}

/** What shall be true, as the person gave it in a file; none where they gave none. */
function givenCriteria(context: CliContext, { criteria }: RunFlags, resumes: boolean): readonly string[] {
  if (criteria === undefined) return [];
  if (resumes) {
    throw new CommandError(EXIT.usage, "--criteria is for a new run: one that goes on has its own. Leave it out.");
  }
  return readCriteria(criteria, context.folder);
}

async function goalOf(context: CliContext, words: readonly string[], resumes: boolean): Promise<string | null> {
  const typed = words.join(" ").trim();
  if (typed !== "") return typed;
  // A continued run has its goal: waiting for a pipe that nobody fills would hang.
  if (resumes) return null;
  const piped = context.terminal.stdin ? "" : (await context.readInput()).trim();
  if (piped !== "") return piped;
  throw new CommandError(
    EXIT.usage,
    'There is no goal. Name it, autonomy run "make the failing tests pass", pipe it in, or go on with a run by --continue.',
  );
}
