import { reasonOf } from "../../kernel/reason_of.ts";
import type { Stamped } from "../../features/fact.ts";
import type { CliContext } from "../context.ts";
import { projectFolder } from "../places.ts";
import { runStore } from "../stored_run.ts";
import { oneLine, sayBytes } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { bytesOf } from "../../run/run_folder.ts";
import type { StoredRun } from "../../run/run_store.ts";
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

/** One line of the list. */
interface Listed {
  readonly id: string;
  readonly started: string | null;
  readonly project: string | null;
  readonly label: string;
  readonly goal: string | null;
  readonly ending: string;
  /** What it takes of the disk. */
  readonly bytes: number;
  /** Why it cannot be read; absent where it can. */
  readonly fault?: string;
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
  const listed = store.list().map(listedOf)
    .filter((run) => project === null || run.project === project || run.fault !== undefined);
  if (flags.json) {
    for (const run of listed) this.stdout.write(jsonLine({ type: "run", ...run }));
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
    run.fault === undefined ? run.ending : "unreadable",
    oneLine(`${run.label === "" ? "" : `${run.label} `}${run.project ?? "?"}`, 60),
    sayBytes(run.bytes),
    // The last column may be long without pushing others aside.
    run.fault === undefined ? oneLine(run.goal ?? "?", 70) : oneLine(run.fault, 200),
  ]);
  this.stdout.write(columns([["RUN", "ENDED", "PROJECT", "DISK", "GOAL"], ...rows]));
  const bytes = listed.reduce((sum, run) => sum + run.bytes, 0);
  this.stdout.write(`\n${counted(listed.length, "run")}, ${sayBytes(bytes)} on disk.\n`);
}

function listedOf(run: StoredRun): Listed {
  const bytes = bytesOf(run);
  try {
    const { first, last } = (run.ends() ?? { first: null, last: null }) as Record<"first" | "last", Stamped | null>;
    const start = first?.type === "run_started" ? first : null;
    return {
      id: run.id,
      started: first === null ? null : new Date(first.at).toISOString(),
      project: start?.project ?? null,
      label: start?.label ?? "",
      goal: start?.goal ?? null,
      ending: last?.type === "run_ended" ? last.kind : "open",
      bytes,
    };
  } catch (error) {
    // A damaged run must not hide the good ones.
    const fault = reasonOf(error);
    return {
      id: run.id,
      started: null,
      project: null,
      label: "",
      goal: null,
      ending: `unreadable: ${fault}`,
      bytes,
      fault,
    };
  }
}
