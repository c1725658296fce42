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
 * @param project folder as it was named; the run's own must be that one then
 * @throws {CommandError} exit code 2 where the project is gone, or another one was named
 */
export function namedProject(context: CliContext, run: ReadRun, project: string | undefined): ProjectOfRun {
  const root = rootOf(run);
  const here = projectFolder(project ?? ".", context.folder);
  if (project !== undefined && here !== root) {
    throw new CommandError(EXIT.usage, `Run ${run.id} works in ${root}, not in ${here}. Leave --project out.`);
  }
  context.stdout.write(`Run ${run.id} of ${oneLine(root)}: ${oneLine(run.state.run.info?.goal ?? "", 100)}\n`);
  return { root, here };
}

function rootOf({ id, state }: ReadRun): string {
  const project = state.run.info?.project ?? "";
  try {
    return Deno.realPathSync(project);
  } catch (cause) {
    throw new CommandError(
      EXIT.usage,
      `The project of run ${id} was ${project}, which is not there any more: there is nothing to change.`,
      { cause },
    );
  }
}
