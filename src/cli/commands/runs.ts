import { reasonOf } from "../../kernel/reason_of.ts";
import type { Stamped } from "../../features/fact.ts";
import type { CliContext } from "../context.ts";
import { projectFolder } from "../places.ts";
import { runStore } from "../stored_run.ts";
import { oneLine } from "../../kernel/say.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";

/** Flags of `runs`. */
export interface RunsFlags {
  readonly project?: string;
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
  /** Why it cannot be read; absent where it can. */
  readonly fault?: string;
}

/**
 * Lists the stored runs, newest first.
 *
 * @param flags `project` leaves only its runs
 */
export default function runs(this: CliContext, flags: RunsFlags): void {
  const store = runStore(this);
  const project = flags.project === undefined ? null : projectFolder(flags.project, this.folder);
  const listed = store.list().map((run): Listed => {
    try {
      const first = run.first() as Stamped | null;
      const last = run.last() as Stamped | null;
      const start = first?.type === "run_started" ? first : null;
      return {
        id: run.id,
        started: first === null ? null : new Date(first.at).toISOString(),
        project: start?.project ?? null,
        label: start?.label ?? "",
        goal: start?.goal ?? null,
        ending: last?.type === "run_ended" ? last.kind : "open",
      };
    } catch (error) {
      // A damaged run must not hide the good ones.
      return {
        id: run.id,
        started: null,
        project: null,
        label: "",
        goal: null,
        ending: `unreadable: ${reasonOf(error)}`,
        fault: reasonOf(error),
      };
    }
  }).filter((run) => project === null || run.project === project);
  if (flags.json) {
    for (const run of listed) this.stdout.write(jsonLine({ type: "run", ...run }));
    return;
  }
  if (listed.length === 0) {
    this.stdout.write(`There are no runs in ${store.folder}${project === null ? "" : ` of ${project}`}.\n`);
    return;
  }
  const rows = listed.map((run) => [
    run.id,
    run.fault === undefined ? run.ending : "unreadable",
    oneLine(`${run.label === "" ? "" : `${run.label} `}${run.project ?? "?"}`, 60),
    // The last column may be long without pushing others aside.
    run.fault === undefined ? oneLine(run.goal ?? "?", 70) : oneLine(run.fault, 200),
  ]);
  this.stdout.write(columns([["RUN", "ENDED", "PROJECT", "GOAL"], ...rows]));
}
