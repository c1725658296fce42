import type { CliContext } from "../context.ts";
import { projectFolder } from "../places.ts";
import { runStore } from "../stored_run.ts";
import { oneLine, sayBytes } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { endingWord, listedRun } from "../listed_run.ts";
import { removeRuns } from "../remove_runs.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";

/** Flags of `runs`. */
export interface RunsFlags {
  readonly project?: string;
  /** Runs of all projects in place of one. */
  readonly all: boolean;
  /** A run that is to be removed, or an age; without it runs are only listed. */
  readonly remove?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Lists the stored runs of a project, newest first, or removes some. One that cannot be read is listed too, since it may be the project's.
 *
 * @param flags the project, or `all`; `remove` and `yes`
 * @throws {CommandError} exit code 2 where nothing is called so, 4 where runs were to be removed and nobody said yes
 * @throws {JournalError} where the run that is to be removed is at work
 */
export default function runs(this: CliContext, flags: RunsFlags): void {
  if (flags.remove !== undefined) return removeRuns(this, flags.remove, flags);
  const store = runStore(this);
  const project = flags.all ? null : projectFolder(flags.project ?? ".", this.folder);
  const listed = store.list().map(listedRun)
    .filter((run) => project === null || run.project === project || run.fault !== undefined);
  if (flags.json) {
    for (const { held: _held, ...run } of listed) this.stdout.write(jsonLine({ type: "run", ...run }));
    return;
  }
  if (listed.length === 0) {
    this.stdout.write(
      project === null
        ? `There are no runs in ${store.folder}.\n`
        : `There are no runs of ${project} in ${store.folder}; \`autonomy runs -a\` lists those of all projects.\n`,
    );
    return;
  }
  const rows = listed.map((run) => [
    run.id,
    run.fault === undefined ? endingWord(run) : "unreadable",
    oneLine(`${run.label === "" ? "" : `${run.label} `}${run.project ?? "?"}`, 60),
    sayBytes(run.bytes),
    // The last column may be long without pushing others aside.
    run.fault === undefined ? oneLine(run.goal ?? "?", 70) : oneLine(run.fault, 200),
  ]);
  this.stdout.write(columns([["RUN", "ENDED", "PROJECT", "DISK", "GOAL"], ...rows]));
  const bytes = listed.reduce((sum, run) => sum + run.bytes, 0);
  this.stdout.write(`\n${counted(listed.length, "run")}, ${sayBytes(bytes)} on disk.\n`);
}
