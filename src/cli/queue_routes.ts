import { buildCommand, buildRouteMap } from "@stricli/core";
import type { CliContext } from "./context.ts";
import { BOUND_FLAGS, CREW_FLAGS, END_FLAGS, JSON_FLAG, onFlag, textFlag } from "./run_flags.ts";
import { loadLater } from "./load_later.ts";

const PROJECT = textFlag("DIR", "Folder whose queue is meant; the current one by default");

/** Proposes goals of the current folder's queue for what was typed of one. */
async function proposeGoals(this: CliContext, partial: string): Promise<readonly string[]> {
  const [{ openQueue }, { projectFolder, stateHome }] = await Promise.all([
    loadLater<typeof import("../run/queue_store.ts")>(import.meta.resolve("../run/queue_store.ts")),
    loadLater<typeof import("./places.ts")>(import.meta.resolve("./places.ts")),
  ]);
  const queue = openQueue(stateHome(this.environment), projectFolder(".", this.folder));
  return queue.read().map(({ id }) => id).filter((id) => id.startsWith(partial));
}

const add = buildCommand({
  loader: () => loadLater<typeof import("./commands/queue_add.ts")>(import.meta.resolve("./commands/queue_add.ts")),
  parameters: {
    flags: {
      project: PROJECT,
      branch: textFlag("NAME", "New branch for its work; autonomy/{goal}-{run} where absent"),
      acceptTests: END_FLAGS.acceptTests,
      json: JSON_FLAG,
    },
    aliases: { C: "project" },
    positional: {
      kind: "array",
      parameter: {
        brief: "What is to be done; read from standard input where it is piped",
        parse: String,
        placeholder: "GOAL",
      },
    },
  },
  docs: { brief: "Add a goal at the end of the queue" },
});

const list = buildCommand({
  loader: () => loadLater<typeof import("./commands/queue_list.ts")>(import.meta.resolve("./commands/queue_list.ts")),
  parameters: { flags: { project: PROJECT, json: JSON_FLAG }, aliases: { C: "project" } },
  docs: { brief: "Say how the goals of the queue stand; the same as no word" },
});

const run = buildCommand({
  loader: () => loadLater<typeof import("./commands/queue_run.ts")>(import.meta.resolve("./commands/queue_run.ts")),
  parameters: {
    flags: { ...CREW_FLAGS, ...BOUND_FLAGS, acceptTests: END_FLAGS.acceptTests, json: JSON_FLAG },
    aliases: { C: "project", m: "model" },
  },
  docs: {
    brief: "Work off the queue without a person, and leave one report",
    fullDescription:
      "Works off the goals of the queue one after the other, without a screen. Where the project is in a git repository, the accepted work of each goal goes to a branch of its own, and your folder and branch stay as they are; else the work stands in the project. What needs a person is left and named in the report, and the next goal is begun. A queue that was ended, or killed, goes on with the goal that was open.\n" +
      "Examples: autonomy queue run --trust; autonomy queue run --timeout 1h --json.\n" +
      "Exit codes: 0 all accepted, 3 some ended otherwise, 4 some need you, 6 no host or model, 7 configuration or plugin, 8 another process works it off or it cannot be read, 130 and 143 cancelled.",
  },
});

const remove = buildCommand({
  loader: () =>
    loadLater<typeof import("./commands/queue_remove.ts")>(import.meta.resolve("./commands/queue_remove.ts")),
  parameters: {
    flags: { project: PROJECT, ended: onFlag("All goals that ended") },
    aliases: { C: "project" },
    positional: {
      kind: "array",
      parameter: {
        brief: "Goal, such as g1; repeatable",
        parse: String,
        proposeCompletions: proposeGoals,
        placeholder: "ID",
      },
    },
  },
  docs: {
    brief: "Remove goals from the queue; their runs and branches stay",
    fullDescription: "Removes goals from the queue; their runs and branches stay.\n" +
      "Examples: autonomy queue remove g2; autonomy queue remove --ended.\n" +
      "Exit codes: 0 removed, 2 no such goal, 8 the queue is being worked off or cannot be written.",
  },
});

/** Commands around the queue of a project. */
export const QUEUE_ROUTES = buildRouteMap({
  routes: { add, list, run, remove },
  docs: { brief: "Work off several goals one after the other, unattended" },
});
