import { resolve } from "node:path";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import type { MessageFlags, ShowFlags } from "./run_flags.ts";
import type { RunScreen } from "./screen_run.ts";
import { loadLater } from "./load_later.ts";

/** What decides whether and how the screen opens. */
export interface ScreenWish {
  /** The project as it was named. */
  readonly project?: string;
  /** Whether no screen is wanted. */
  readonly headless: boolean;
  /** Word for the title bar; empty for ordinary runs. */
  readonly label: string;
  readonly color: boolean;
}

/**
 * Tells whether this terminal can show the screen.
 *
 * @param context terminal and environment
 * @returns null, or a sentence why not
 */
export function screenRefusal(context: CliContext): string | null {
  if (!context.terminal.stdin || !context.terminal.stdout) return "Input and output are no terminal.";
  return context.environment("TERM") === "dumb" ? "TERM=dumb says that this terminal cannot place text." : null;
}

/**
 * Refuses to let messages wait for a person where there is no screen to pass them on.
 *
 * @param context terminal and environment
 * @param flags whether each message is to wait, and whether no screen is wanted
 * @param screen the open screen; null for none
 * @throws {CommandError} exit code 2 where messages are to wait and there is no screen
 */
export function mustBeSeen(
  context: CliContext,
  flags: Pick<MessageFlags & ShowFlags, "step" | "headless" | "json">,
  screen: RunScreen | null,
): void {
  if (!flags.step || screen !== null) return;
  const why = flags.json
    ? "--json shows none."
    : flags.headless
    ? "--headless shows none."
    : screenRefusal(context) ?? "";
  throw new CommandError(
    EXIT.usage,
    `--step lets each message wait until you pass it on the screen, and there is no screen. ${why} Leave out --step, or run it in a terminal with the screen.`,
  );
}

/**
 * Opens the screen before anything else is loaded, so that it stands at once, and closes it when the work is over or fails, so that an
 * error is told on a terminal that is as it was.
 *
 * @param context terminal and environment
 * @param wish project, label and manner
 * @param work what is done; gets null where there is no screen
 */
export async function onScreen(
  context: CliContext,
  wish: ScreenWish,
  work: (screen: RunScreen | null) => Promise<void>,
): Promise<void> {
  if (wish.headless || screenRefusal(context) !== null) return await work(null);
  const { openRunScreen } = await loadLater<typeof import("./screen_run.ts")>(import.meta.resolve("./screen_run.ts"));
  const project = resolve(context.folder, wish.project ?? ".");
  const title = `${wish.label === "" ? "" : `${wish.label} `}${project}`;
  const screen = openRunScreen(context, { title, color: wish.color });
  try {
    await work(screen);
  } finally {
    screen.close();
    await screen.left.catch(() => null);
  }
}
