import { cp, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { copySample } from "../rehearsal/sample_project.ts";

/** What the crew is to do with the sample. */
export const SAMPLE_GOAL = "Make the failing tests of this project pass.";

/**
 * Copies the sample project, to a folder of choice where one is named.
 *
 * @param context folder that the name is meant from
 * @param keep the new folder; absent for a temporary one
 * @param whole whether its faults are repaired
 * @returns absolute path of the copy
 * @throws {CommandError} exit code 2 where it cannot be copied there
 */
export async function keepSample(context: CliContext, keep: string | undefined, whole: boolean): Promise<string> {
  const copy = await copySample(whole);
  if (keep === undefined) return copy;
  const target = isAbsolute(keep) ? keep : join(context.folder, keep);
  try {
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.mkdirSync(target);
    await cp(copy, target, { recursive: true });
    await rm(copy, { recursive: true });
    return target;
  } catch (cause) {
    const found = cause instanceof Deno.errors.AlreadyExists ? "it exists already" : reasonOf(cause);
    throw new CommandError(
      EXIT.usage,
      `The sample project cannot be copied to ${target}: ${found}. Name a new folder.`,
      { cause },
    );
  }
}
