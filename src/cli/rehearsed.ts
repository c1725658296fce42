import { begunWith } from "./stored_run.ts";
import type { StoredRun } from "../run/run_store.ts";
import { conduct } from "./conduct.ts";
import type { CliContext } from "./context.ts";
import { startRehearsalFleet } from "../rehearsal/fleet.ts";
import { WISH_GOAL } from "../rehearsal/understudy_wish.ts";
import { REHEARSAL_WAYS, understudies } from "../rehearsal/understudies.ts";
import type { EndFlags, MessageFlags, ShowFlags } from "./run_flags.ts";
import { keepSample, SAMPLE_GOAL } from "./keep_sample.ts";
import type { RunScreen } from "./screen_run.ts";
import { type Choices, chosenFlags, type Limited, NO_CHOICES } from "./session_choices.ts";
import { situationOf } from "./situation.ts";

/** Word of the title bar that tells a rehearsal from real work. */
export const REHEARSAL_LABEL = "REHEARSAL";

/** What a rehearsal is started with. */
export type RehearseFlags = MessageFlags & EndFlags & ShowFlags & {
  readonly pace: number;
  readonly keep?: string;
  /** Whether a wish is played that no test stands for, instead of repairs. */
  readonly wish: boolean;
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
  const project = resume === null ? await keepSample(context, flags.keep, flags.wish) : begunWith(resume).project;
  const servers = await startRehearsalFleet({ players: understudies(), pace: flags.pace });
  try {
    // The sample is ours, so its code is trusted.
    const again = (choices: Choices & Limited) =>
      situationOf(
        context,
        chosenFlags({ trust: false, commit: flags.commit, branch: flags.branch }, choices),
        { project, own: true, hosts: servers.hosts, ways: REHEARSAL_WAYS },
      );
    await conduct(context, {
      situation: again(NO_CHOICES),
      again,
      goal: resume !== null ? null : flags.wish ? WISH_GOAL : SAMPLE_GOAL,
      resume,
      label: REHEARSAL_LABEL,
      screen,
      json: flags.json,
      typed: flags.screenReader,
      step: flags.step,
      talk: flags.talk,
      ends: flags,
    });
  } finally {
    await servers.close();
  }
}
