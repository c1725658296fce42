import { cp, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { StoredRun } from "../run/run_store.ts";
import { CommandError, reasonOf } from "./command_error.ts";
import { conduct } from "./conduct.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { startRehearsalFleet } from "./rehearsal/fleet.ts";
import { copySample } from "./rehearsal/sample_project.ts";
import { REHEARSAL_WAYS, understudies } from "./rehearsal/understudies.ts";
import type { ShowFlags } from "./run_flags.ts";
import { startFactOf } from "./run_goal.ts";
import type { RunScreen } from "./screen_run.ts";
import { situationOf } from "./situation.ts";

/** Word of the title bar that tells a rehearsal from real work. */
export const REHEARSAL_LABEL = "REHEARSAL";

/** What the crew of a rehearsal is to do. */
const SAMPLE_GOAL = "Make the failing tests of this project pass.";

/** What a rehearsal is started with. */
export type RehearseFlags = ShowFlags & {
  readonly pace: number;
  readonly keep?: string;
};

/**
 * Starts the built-in servers and runs the crew on them; they are closed at the end.
 *
 * @param context the world
 * @param flags manner and pace
 * @param resume a rehearsal that goes on; null for a new one
 * @param screen the open screen; null for a rehearsal without one
 */
export async function rehearsed(
  context: CliContext,
  flags: RehearseFlags,
  resume: StoredRun | null,
  screen: RunScreen | null,
): Promise<void> {
  const project = resume === null ? await sample(context, flags.keep) : startFactOf(resume)?.project;
  const servers = await startRehearsalFleet({ players: understudies(), pace: flags.pace });
  try {
    // The sample is ours, so its code is trusted.
    const situation = situationOf(context, { trust: false }, {
      project,
      own: true,
      hosts: servers.hosts,
      ways: REHEARSAL_WAYS,
    });
    await conduct(context, {
      situation,
      goal: resume === null ? SAMPLE_GOAL : null,
      resume,
      label: REHEARSAL_LABEL,
      screen,
      json: flags.json,
    });
  } finally {
    await servers.close();
  }
}

/** Copies the sample project, to a folder of choice where one is named. */
async function sample(context: CliContext, keep: string | undefined): Promise<string> {
  const copy = await copySample();
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
