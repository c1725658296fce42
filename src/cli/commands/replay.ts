import { byTheClock } from "../../ports/timer.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT, signalCode } from "../exit_code.ts";
import { loadLater } from "../load_later.ts";
import { onScreen, screenRefusal } from "../on_screen.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";

/** Flags of `replay`. */
export interface ReplayFlags {
  readonly project?: string;
  readonly all: boolean;
  /** Times as fast as it went. */
  readonly speed: number;
  /** Decision that it begins with. */
  readonly from?: string;
  readonly color: boolean;
  readonly theme?: string;
}

/**
 * Plays a stored run on the screen, out of its journal alone.
 *
 * @param flags whose newest run `last` is, how fast, and where it begins
 * @param id run, the beginning of its id, or `last`
 * @throws {CommandError} exit code 2 where this terminal cannot show the screen, and for an unknown run or decision
 */
export default async function replay(this: CliContext, flags: ReplayFlags, id: string): Promise<void> {
  const refusal = screenRefusal(this);
  const run = readRun(findRun(this, id, flags));
  await withRun(run, async () => {
    if (refusal !== null) {
      throw new CommandError(
        EXIT.usage,
        `The replay needs the screen: ${refusal} Without one: \`${this.command} show ${run.id}\` says how it went, \`${this.command} why ${run.id} d1\` what led to a decision.`,
      );
    }
    const from = flags.from === undefined ? null : placeOf(run, flags.from.toLowerCase());
    const project = run.state.run.info?.project ?? "";
    const { color, theme } = flags;
    await onScreen(this, { project, headless: false, label: "", color, theme }, async (screen) => {
      if (screen === null) return;
      const { replayOf } = await loadLater<typeof import("../replay/replay_store.ts")>(
        import.meta.resolve("../replay/replay_store.ts"),
      );
      const { store, player } = replayOf(run, flags.speed, { now: () => Date.now(), after: byTheClock });
      try {
        if (from !== null) player.jump(from);
        screen.show(store);
        player.play("turn");
        const { signal } = await screen.left;
        if (signal !== null) this.endWith(signalCode(signal));
      } finally {
        player.close();
      }
    });
  });
}

/** The facts that stand before a decision, and itself. */
function placeOf({ id, facts }: ReadRun, wanted: string): number {
  const at = facts.findIndex((fact) => fact.type === "decision_made" && fact.id === wanted);
  if (at !== -1) return at + 1;
  throw new CommandError(
    EXIT.usage,
    `Run ${id} has no decision ${wanted} to begin with. \`autonomy show ${id}\` lists its decisions (d1, d2 …).`,
  );
}
