import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import type { BoundFlags, CrewFlags, EndFlags, MessageFlags } from "../run_flags.ts";
import { onScreen, screenRefusal } from "../on_screen.ts";
import { loadLater } from "../load_later.ts";

/** Flags of `open`, which is also what runs without a command. */
export type OpenFlags = CrewFlags & BoundFlags & MessageFlags & EndFlags & { readonly color: boolean };

/**
 * Opens the screen, says which roles would run where, and asks for the goal.
 *
 * @param flags project, crew and bounds
 * @throws {CommandError} exit code 2 where this terminal cannot show the screen
 */
export default async function open(this: CliContext, flags: OpenFlags): Promise<void> {
  const refusal = screenRefusal(this);
  if (refusal !== null) {
    throw new CommandError(
      EXIT.usage,
      `The screen cannot be opened: ${refusal} Without a terminal use: autonomy run "GOAL" [--project DIR] [--trust]. All commands: autonomy --help.`,
    );
  }
  await onScreen(this, { ...flags, headless: false, label: "" }, async (screen) => {
    const [{ conduct }, { situationOf }] = await Promise.all([
      loadLater<typeof import("../conduct.ts")>(import.meta.resolve("../conduct.ts")),
      loadLater<typeof import("../situation.ts")>(import.meta.resolve("../situation.ts")),
    ]);
    const situation = situationOf(this, flags);
    await conduct(this, {
      situation,
      goal: null,
      resume: null,
      label: "",
      screen,
      json: false,
      step: flags.step,
      talk: flags.talk,
      ends: flags,
    });
  });
}
