import { moveFiles } from "../../work/move_files.ts";
import { waysBack } from "../../work/ways.ts";
import type { CliContext } from "../context.ts";
import { whileHeld } from "../hold_project.ts";
import { settledWrites } from "../settled_writes.ts";
import { findRun, readRun, withRun } from "../stored_run.ts";
import { pastOf } from "../undone_part.ts";

/**
 * Puts every file of a run back as it was before it, once its work stands on a branch; what the person changed meanwhile is merged, or left.
 *
 * @param id whole id of the run
 */
export async function takeBackAll(context: CliContext, id: string): Promise<void> {
  const run = readRun(findRun(context, id), false);
  await withRun(run, async () => {
    const project = run.state.run.info?.project ?? "";
    await whileHeld(context, project, async () => {
      const { writes } = await settledWrites(run, project, false);
      const report = moveFiles(project, waysBack(pastOf(writes, null)), { blobs: run.journal, merges: true });
      for (const { path, reason } of report.left) {
        context.stderr.write(`${path} is left as it stands after run ${id}: ${reason}.\n`);
      }
    });
  });
}
