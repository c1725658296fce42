import type { CliContext } from "../context.ts";
import { onScreen } from "../on_screen.ts";
import type { RunFlags } from "../run_goal.ts";
import { loadLater } from "../load_later.ts";

/**
 * Works on a goal, or goes on with a stored run.
 *
 * @param flags project, crew, bounds and manner
 * @param words the goal; read from standard input where it is piped and there are none
 * @throws {CommandError} exit code 2 without a goal or run, and what starting a run throws
 */
export default async function run(this: CliContext, flags: RunFlags, ...words: string[]): Promise<void> {
  const named = words.length > 0 || flags.continue || flags.resume !== undefined;
  await onScreen(this, { ...flags, headless: flags.headless || flags.json || !named, label: "" }, async (screen) => {
    const { runGoal } = await loadLater<typeof import("../run_goal.ts")>(import.meta.resolve("../run_goal.ts"));
    await runGoal(this, flags, words, screen);
  });
}
