import { BUILT_IN } from "../../plugin/built_in.ts";
import { partsOf } from "../../tell/parts_of.ts";
import { reportOf } from "../../tell/report.ts";
import { lockOf } from "../../run/journal.ts";
import { isLocked } from "../../run/writer_lock.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { RunChanges } from "../run_changes.ts";
import { findRun, readRun, withRun } from "../stored_run.ts";
import { textsOf } from "../texts_of.ts";

/** Flags of `show`: whose newest run `last` is. */
export interface ShowRunFlags {
  readonly project?: string;
  readonly all: boolean;
}

/**
 * Shows a run: how it ended and why, its tasks, decisions, messages, files and statistics; or all that was asked in one of its turns.
 *
 * @param flags whose newest run `last` is
 * @param id run, the beginning of its id, or `last`
 * @param wanted a turn (`t3`), a decision (`d2`), a message (`m4`) or the key of an effect, where its texts are wanted
 * @throws {CommandError} exit code 2 when nothing of the run is called so
 */
export default async function show(this: CliContext, flags: ShowRunFlags, id: string, wanted?: string): Promise<void> {
  const stored = findRun(this, id, flags);
  const run = readRun(stored);
  await withRun(run, () => {
    if (wanted === undefined) {
      const changed = new RunChanges(run.id, run.journal, run.journal).whole(run.state.files.byPath);
      return void this.stdout.write(reportOf(run, BUILT_IN, this.command, changed, isLocked(lockOf(stored.path))));
    }
    const parts = partsOf(run, BUILT_IN, textsOf(run.journal), wanted);
    if (parts !== null) return void this.stdout.write(parts);
    throw new CommandError(
      EXIT.usage,
      `Run ${run.id} has no turn, decision or message ${wanted}. \`autonomy show ${run.id}\` lists its turns (t1, t2 …), decisions (d1, d2 …) and messages (m1, m2 …).`,
    );
  });
}
