import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import type { BoundFlags, CrewFlags, EndFlags, MessageFlags } from "../run_flags.ts";
import { mustBeSeen, onScreen, screenRefusal } from "../on_screen.ts";
import { wantsLines } from "../wants_lines.ts";
import { loadLater } from "../load_later.ts";

/** Flags of `open`, which is also what runs without a command. */
export type OpenFlags = CrewFlags & BoundFlags & MessageFlags & EndFlags & {
  readonly color: boolean;
  readonly theme?: string;
  readonly screenReader: boolean;
};

/**
 * Opens the screen, says which roles would run where, and asks for the goal.
 *
 * @param flags project, crew and bounds
 * @throws {CommandError} exit code 2 where this terminal cannot show the screen
 */
export default async function open(this: CliContext, flags: OpenFlags): Promise<void> {
  const screenReader = await wantsLines(this, flags);
  const refusal = screenReader ? null : screenRefusal(this);
  if (refusal !== null) {
    throw new CommandError(
      EXIT.usage,
      `The screen cannot be opened: ${refusal} Without a terminal use: autonomy run "GOAL" [--project DIR] [--trust]. All commands: autonomy --help.`,
    );
  }
  await onScreen(this, { ...flags, headless: screenReader, label: "" }, async (screen) => {
    const [{ conduct }, { situationOf }, { chosenFlags }] = await Promise.all([
      loadLater<typeof import("../conduct.ts")>(import.meta.resolve("../conduct.ts")),
      loadLater<typeof import("../situation.ts")>(import.meta.resolve("../situation.ts")),
      loadLater<typeof import("../session_choices.ts")>(import.meta.resolve("../session_choices.ts")),
    ]);
    mustBeSeen(this, { ...flags, screenReader, headless: false, json: false }, screen);
    const situation = situationOf(this, flags);
    await conduct(this, {
      situation,
      again: (choices) => situationOf(this, chosenFlags(flags, choices)),
      goal: screenReader ? typedGoal(this) : null,
      resume: null,
      label: "",
      screen,
      json: false,
      typed: screenReader,
      step: flags.step,
      talk: flags.talk,
      ends: flags,
    });
  });
}

/** Asks for the goal by a line. */
function typedGoal(context: CliContext): string | null {
  context.stderr.write("What is to be done? Type it in one line, then Enter: ");
  return context.readLine().trim() || null;
}
