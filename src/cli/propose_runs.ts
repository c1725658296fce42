import type { CliContext } from "./context.ts";
import { projectFolder } from "./places.ts";
import { runStore, startFactOf } from "./stored_run.ts";

/** Most runs that are proposed: each is opened to see whose it is. */
const MOST = 50;

/**
 * Proposes runs for what was typed of one: `last` and the ids of the current folder's runs; those of all projects once an id is begun.
 *
 * @param context state folder and current folder
 * @param partial what was typed
 * @returns words that begin with it
 */
export function proposeRuns(context: CliContext, partial: string): readonly string[] {
  const stored = runStore(context).list().filter(({ id }) => id.startsWith(partial)).slice(0, MOST);
  const project = projectFolder(".", context.folder);
  const ids = stored.filter((run) => {
    if (partial !== "") return true;
    try {
      return startFactOf(run)?.project === project;
    } catch {
      // One that cannot be read is not proposed.
      return false;
    }
  }).map(({ id }) => id);
  return "last".startsWith(partial) ? ["last", ...ids] : ids;
}
