import { oneLine } from "../kernel/say.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { projectFolder } from "./places.ts";
import type { ReadRun } from "./stored_run.ts";

/** Whose project a command changes. */
export interface ProjectOfRun {
  /** Real path of the run's project. */
  readonly root: string;
  /** The folder that the person means. */
  readonly here: string;
}

/**
 * Finds the project of a run whose files are to be changed, and says first which run and which project that is about.
 *
 * @param project folder as it was named; the run's own must be that one then, or be gone: it was moved there
 * @throws {CommandError} exit code 2 where the project is gone and none was named, or another one was
 */
export function namedProject(context: CliContext, run: ReadRun, project: string | undefined): ProjectOfRun {
  const began = run.state.run.info?.project ?? "";
  const own = realPathOf(began);
  const here = projectFolder(project ?? ".", context.folder);
  if (own === null && project === undefined) throw gone(run.id, began);
  const root = own ?? here;
  if (project !== undefined && here !== root) {
    throw new CommandError(EXIT.usage, `Run ${run.id} works in ${root}, not in ${here}. Leave --project out.`);
  }
  const moved = own === null ? `, where ${oneLine(began)} was moved` : "";
  context.stdout.write(`Run ${run.id} of ${oneLine(root)}${moved}: ${oneLine(run.state.run.info?.goal ?? "", 100)}\n`);
  return { root, here };
}

/** null where nothing stands there any more. */
function realPathOf(project: string): string | null {
  try {
    return Deno.realPathSync(project);
  } catch {
    return null;
  }
}

function gone(run: string, project: string): CommandError {
  return new CommandError(
    EXIT.usage,
    `The project of run ${run} was ${project}, which is not there any more. ` +
      "Where it was moved, name the folder in which it stands now: --project DIR.",
  );
}
