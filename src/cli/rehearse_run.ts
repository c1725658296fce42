import type { Stamped } from "../features/fact.ts";
import type { StoredRun } from "../run/run_store.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { endingInResult } from "./headless.ts";
import { mustBeSeen } from "./on_screen.ts";
import { REHEARSAL_LABEL, rehearsed, type RehearseFlags } from "./rehearsed.ts";
import type { RunScreen } from "./screen_run.ts";
import { begunWith, findRun, runStore } from "./stored_run.ts";

/** Which rehearsal, and how. */
export type RehearseRunFlags = RehearseFlags & { readonly continue: boolean; readonly resume?: string };

/**
 * Runs the crew on two built-in servers whose models are played, over a copy of a small sample project.
 *
 * @param context the world
 * @param flags manner and pace
 * @param screen the open screen; null for a rehearsal without one
 * @throws {CommandError} exit code 2 where a rehearsal to continue does not exist
 */
export async function rehearseRun(
  context: CliContext,
  flags: RehearseRunFlags,
  screen: RunScreen | null,
): Promise<void> {
  await endingInResult(context, flags.json, async () => {
    mustBeSeen(context, flags, screen);
    await rehearsed(context, flags, continued(context, flags), screen);
  });
}

/** The rehearsal that is to go on; null for a new one. */
function continued(context: CliContext, flags: RehearseRunFlags): StoredRun | null {
  if (flags.resume !== undefined && flags.resume !== "last") {
    const stored = findRun(context, flags.resume);
    const start = begunWith(stored);
    // The code of a rehearsal's project is ours and needs no trust; that of any other project does.
    if (start.label === REHEARSAL_LABEL) return stored;
    throw new CommandError(
      EXIT.usage,
      `Run ${stored.id} is no rehearsal: it works in ${start.project}. Go on with it: autonomy run --resume ${stored.id}.`,
    );
  }
  if (!flags.continue && flags.resume === undefined) return null;
  const newest = runStore(context).newest((first) => {
    const fact = first as Stamped;
    return fact.type === "run_started" && fact.label === REHEARSAL_LABEL;
  });
  if (newest === null) {
    throw new CommandError(EXIT.usage, "There is no rehearsal to go on with. Start one: autonomy rehearse.");
  }
  return newest;
}
