import type { Stamped } from "../../core/fact.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import type { StoredRun } from "../../run/run_store.ts";
import { endingInResult } from "../headless.ts";
import { REHEARSAL_LABEL, rehearsed, type RehearseFlags } from "../rehearsed.ts";
import { serveRehearsal } from "../serve_rehearsal.ts";
import { findRun, runStore } from "../stored_run.ts";

/** Flags of `rehearse`. */
export type RehearseCommandFlags = RehearseFlags & {
  readonly serve: boolean;
  readonly continue: boolean;
  readonly resume?: string;
};

/**
 * Runs the crew on two built-in servers whose models are played, over a copy of a small sample project.
 *
 * @param flags manner and pace; `serve` only starts the servers
 * @throws {CommandError} exit code 2 where a rehearsal to continue does not exist
 */
export default async function rehearse(this: CliContext, flags: RehearseCommandFlags): Promise<void> {
  if (flags.serve) return await serveRehearsal(this, flags.pace);
  await endingInResult(this, flags.json, () => rehearsed(this, flags, continued(this, flags)));
}

/** The rehearsal that is to go on; null for a new one. */
function continued(context: CliContext, flags: RehearseCommandFlags): StoredRun | null {
  if (flags.resume !== undefined) return findRun(context, flags.resume);
  if (!flags.continue) return null;
  const newest = runStore(context).newest((first) => {
    const fact = first as Stamped;
    return fact.type === "run_started" && fact.label === REHEARSAL_LABEL;
  });
  if (newest === null) {
    throw new CommandError(EXIT.usage, "There is no rehearsal to go on with. Start one: autonomy rehearse.");
  }
  return newest;
}
