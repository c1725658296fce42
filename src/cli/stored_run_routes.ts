import { buildCommand } from "@stricli/core";
import type { CliContext } from "./context.ts";
import { loadLater } from "./load_later.ts";
import { parseSpeed } from "./parse_speed.ts";
import { JSON_FLAG, onFlag, SHOW_FLAGS, textFlag } from "./run_flags.ts";

/**
 * Proposes runs for what was typed of one.
 *
 * @param partial what was typed
 * @returns words that begin with it
 */
export async function proposeRuns(this: CliContext, partial: string): Promise<readonly string[]> {
  return (await loadLater<typeof import("./propose_runs.ts")>(import.meta.resolve("./propose_runs.ts"))).proposeRuns(
    this,
    partial,
  );
}

const RUN_ID = {
  brief: "Run, or the beginning of its id; `last` is the newest of this project",
  parse: String,
  proposeCompletions: proposeRuns,
  placeholder: "RUN",
} as const;
const PROJECT_OF_LAST = textFlag("DIR", "Folder whose newest run `last` is; the current one by default");

const runs = buildCommand({
  loader: () => loadLater<typeof import("./commands/runs.ts")>(import.meta.resolve("./commands/runs.ts")),
  parameters: {
    flags: {
      project: textFlag("DIR", "Folder whose runs are meant; the current one by default"),
      all: onFlag("The runs of all projects"),
      remove: {
        ...textFlag("OLDER|RUN", "Remove a run by its id, or those started longer ago than such as 30d, 12h or 2w"),
        proposeCompletions: proposeRuns,
      },
      yes: onFlag("Remove without a question"),
      json: JSON_FLAG,
    },
    aliases: { C: "project", a: "all" },
  },
  docs: {
    brief: "List the stored runs of this project, or of all",
    fullDescription:
      "Lists the stored runs of this project, newest first, and those that cannot be read, with what they take of the disk; or removes some.\n" +
      "Examples: autonomy runs; autonomy runs -a --json; autonomy runs --remove 30d; autonomy runs -a --remove 2w --yes.\n" +
      "Exit codes: 0 listed or removed, 2 no such run, 4 nobody said yes, 8 the run to remove is at work or cannot be removed.",
  },
});

const show = buildCommand({
  loader: () => loadLater<typeof import("./commands/show.ts")>(import.meta.resolve("./commands/show.ts")),
  parameters: {
    flags: { project: PROJECT_OF_LAST, all: onFlag("`last` is the newest run of all projects") },
    aliases: { C: "project", a: "all" },
    positional: {
      kind: "tuple",
      parameters: [RUN_ID, {
        brief: "Turn (t1), decision (d1) or message (m1), for its text, prompts and replies",
        parse: String,
        placeholder: "TURN",
        optional: true,
      }],
    },
  },
  docs: {
    brief: "Show how a run went, or what was asked and answered in one turn",
    fullDescription: "Shows how a run went, or what was asked and answered in one turn. Writes nothing.\n" +
      "Examples: autonomy show last; autonomy show 20261122-184605-3fa2 t3; autonomy show last -a.\n" +
      "Exit codes: 0 shown, 2 no such run, turn, decision or message, 8 the run cannot be read.",
  },
});

const why = buildCommand({
  loader: () => loadLater<typeof import("./commands/why.ts")>(import.meta.resolve("./commands/why.ts")),
  parameters: {
    flags: { project: PROJECT_OF_LAST, all: onFlag("`last` is the newest run of all projects"), json: JSON_FLAG },
    aliases: { C: "project", a: "all" },
    positional: {
      kind: "tuple",
      parameters: [{ ...RUN_ID, optional: true }, {
        brief: "Decision, such as d4; the last one by default",
        parse: String,
        placeholder: "DECISION",
        optional: true,
      }],
    },
  },
  docs: {
    brief: "Say why a decision was made: what came of it, what else was legal, what the model was told and said",
    fullDescription:
      "Says why a decision of a run was made: in plain words with its outcome, what could have been decided in its place, what the model was told of the run and what it replied. Writes nothing.\n" +
      "Examples: autonomy why; autonomy why last D4; autonomy why 20261122-184605-3fa2 d4 --json.\n" +
      "Exit codes: 0 shown, 2 no such run or decision, 8 the run cannot be read.",
  },
});

const replay = buildCommand({
  loader: () => loadLater<typeof import("./commands/replay.ts")>(import.meta.resolve("./commands/replay.ts")),
  parameters: {
    flags: {
      project: PROJECT_OF_LAST,
      all: onFlag("`last` is the newest run of all projects"),
      speed: {
        kind: "parsed",
        parse: parseSpeed,
        default: "1",
        placeholder: "N",
        brief: "Times as fast as it went; < and > change it",
      },
      from: textFlag("DECISION", "Decision that it begins with, such as d4"),
      color: SHOW_FLAGS.color,
      theme: SHOW_FLAGS.theme,
    },
    aliases: { C: "project", a: "all" },
    positional: { kind: "tuple", parameters: [RUN_ID] },
  },
  docs: {
    brief: "Play a stored run on the screen, without any host",
    fullDescription:
      "Plays a stored run on the screen, out of its journal alone: no host is asked and nothing is written. Space stands still and goes on, the arrows go to what happened next or before, { and } to the decision before or after, Home and End to the begin and the end, < and > make it slower or faster; all panels can be looked at meanwhile. Pauses of more than a second and a half are shortened.\n" +
      "Examples: autonomy replay last; autonomy replay last --speed 8; autonomy replay 20261122-184605-3fa2 --from d4.\n" +
      "Exit codes: 0 left, 2 no terminal for the screen, no such run or decision, 8 the run cannot be read.",
  },
});

const stats = buildCommand({
  loader: () => loadLater<typeof import("./commands/stats.ts")>(import.meta.resolve("./commands/stats.ts")),
  parameters: {
    flags: { project: PROJECT_OF_LAST, all: onFlag("`last` is the newest run of all projects"), json: JSON_FLAG },
    aliases: { C: "project", a: "all" },
    positional: { kind: "tuple", parameters: [RUN_ID] },
  },
  docs: {
    brief: "Say what a run counted: requests, decisions, tools, messages by pair of roles",
    fullDescription:
      "Says what a run counted: requests by role and model, decisions, tools, and of the messages between each pair of roles how many were sent, modified, redirected, sent back with a question (clarified), dropped and answered, with the tokens of what was read. Writes nothing.\n" +
      "Examples: autonomy stats last; autonomy stats last --json.\n" +
      "Exit codes: 0 shown, 2 no such run, 8 the run cannot be read.",
  },
});

const undo = buildCommand({
  loader: () => loadLater<typeof import("./commands/undo.ts")>(import.meta.resolve("./commands/undo.ts")),
  parameters: {
    flags: {
      project: PROJECT_OF_LAST,
      task: textFlag("TASK", "Only what was done for this task, such as T1"),
      role: textFlag("ROLE", "Only what this role did, such as coding"),
      dryRun: onFlag("Only say what would happen"),
      yes: onFlag("Do not ask before another project than the current one is changed"),
    },
    aliases: { C: "project" },
    positional: { kind: "tuple", parameters: [RUN_ID] },
  },
  docs: {
    brief: "Put every file of a run back as it was, or what one task or role did",
    fullDescription:
      "Puts every file of a run back as it was, in the project of the run, which is named first. With --task or --role only what that task or role did goes. What someone changed since is merged where that can be done, else left and named. A run of another project than the current one is named by its id, and asks at a terminal.\n" +
      "Examples: autonomy undo last --dry-run; autonomy undo last --task T1; autonomy undo 20261122-184605-3fa2 --yes.\n" +
      "Exit codes: 0 all put back, 2 no such run, task, role or project, 3 some files were left, 4 the answer was no, 8 the run cannot be read or is at work.",
  },
});

const ATTEMPT = {
  brief: "Task (T1), for its best attempt that was not accepted, or an attempt of it (T1.2)",
  parse: String,
  placeholder: "TASK[.N]",
} as const;

const diff = buildCommand({
  loader: () => loadLater<typeof import("./commands/diff.ts")>(import.meta.resolve("./commands/diff.ts")),
  parameters: {
    flags: {
      project: PROJECT_OF_LAST,
      task: textFlag("TASK", "What stands by the work at this task, such as T1"),
      role: textFlag("ROLE", "What stands by the work of this role, such as coding"),
    },
    aliases: { C: "project" },
    positional: { kind: "tuple", parameters: [RUN_ID, { ...ATTEMPT, optional: true }] },
  },
  docs: {
    brief: "Print what a run, a task, a role or an attempt changed, as a patch",
    fullDescription:
      "Prints what a run changed, as a patch that git apply takes; with --task or --role what stands by that task or role, with an attempt what that changed, also where it was not accepted. Of a task alone it is the attempt that the checks said the best of. In a pipe what cannot be shown is encoded, at a terminal it is named. Writes nothing.\n" +
      "Examples: autonomy diff last; autonomy diff last --task T1; autonomy diff last T1; autonomy diff 20261122-184605-3fa2 T1.2 | git apply.\n" +
      "Exit codes: 0 printed, 2 no such run, task, role or attempt, or it changed nothing, 8 the run cannot be read.",
  },
});

const apply = buildCommand({
  loader: () => loadLater<typeof import("./commands/apply.ts")>(import.meta.resolve("./commands/apply.ts")),
  parameters: {
    flags: {
      project: PROJECT_OF_LAST,
      dryRun: onFlag("Only say what would happen"),
      yes: onFlag("Bring it in without a question"),
    },
    aliases: { C: "project" },
    positional: { kind: "tuple", parameters: [RUN_ID, ATTEMPT] },
  },
  docs: {
    brief: "Bring what an attempt at a task changed into the project",
    fullDescription:
      "Brings what an attempt at a task changed into the project as it stands now, also of one that was not accepted. Files that changed since are merged; where that cannot be done nothing of that file is written. undo takes it back.\n" +
      "Examples: autonomy apply last T1 --dry-run; autonomy apply 20261122-184605-3fa2 T1.2 --yes.\n" +
      "Exit codes: 0 all brought in, 2 no such run, task or attempt, or it changed nothing, 3 some files were left, 4 nobody said yes, 8 the run cannot be read, or one is at work.",
  },
});

const accept = buildCommand({
  loader: () => loadLater<typeof import("./commands/accept.ts")>(import.meta.resolve("./commands/accept.ts")),
  parameters: {
    flags: { project: PROJECT_OF_LAST, yes: onFlag("Say yes without a question"), json: JSON_FLAG },
    aliases: { C: "project" },
    positional: { kind: "tuple", parameters: [RUN_ID] },
  },
  docs: {
    brief: "Say yes to the new tests of a run that ended",
    fullDescription:
      "Shows the new tests of a run that ended partial because nobody had looked at them, asks whether they are what you wanted, and notes your yes in the run, which is accepted from then on. Files must stand as they were judged, in the project or on the branch that the run made. A branch that was wanted and could not be made when the run ended is made now.\n" +
      "Examples: autonomy accept last; autonomy accept 20261122-184605-3fa2 --yes --json.\n" +
      "Exit codes: 0 accepted, 2 no such run or project, 3 a yes does not make it accepted, its files changed since, or its branch cannot be made, 4 nobody said yes, 8 the run cannot be read or is at work.",
  },
});

/** The commands that are about stored runs, as routes of the command line. */
export const STORED_RUN_ROUTES = { runs, show, why, replay, stats, accept, diff, apply, undo };
