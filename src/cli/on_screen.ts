import { join, resolve } from "node:path";
import process from "node:process";
import { showOpening } from "../tui/opening.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import type { MessageFlags, ShowFlags } from "./run_flags.ts";
import type { RunScreen } from "./screen_run.ts";
import { configFolder, userConfig } from "./places.ts";
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
  /** Name of the colours; absent: as configured. */
  readonly theme?: string;
  /** A file that is read in place of the user's configuration. */
  readonly config?: string;
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
  flags: Pick<MessageFlags & ShowFlags, "step" | "headless" | "json" | "screenReader">,
  screen: RunScreen | null,
): void {
  if (!flags.step || screen !== null) return;
  const why = flags.json
    ? "--json shows none."
    : flags.headless
    ? "--headless shows none."
    : flags.screenReader
    ? "Lines for a screen reader are none."
    : screenRefusal(context) ?? "";
  throw new CommandError(
    EXIT.usage,
    `--step lets each message wait until you pass it on the screen, and there is no screen. ${why} Leave out --step, or run it in a terminal with the screen.`,
  );
}

/** Gives the screen the person's own keys, where there are any; a file that is wrong stops nothing. */
async function bindKeys(context: CliContext, screen: RunScreen): Promise<void> {
  const path = join(configFolder(context.environment), "keys.jsonc");
  // Hardly anybody has one: what reads it is loaded for those who do.
  if (await Deno.lstat(path).then(() => false, () => true)) return;
  const { readKeysFile } = await loadLater<typeof import("./keys_file.ts")>(import.meta.resolve("./keys_file.ts"));
  const file = readKeysFile(context.environment);
  if (file === null) return;
  const wrong = file.faults.length === 0 ? "" : "keys.jsonc is wrong and not used: autonomy keys says what to correct.";
  screen.bind(file.keymap, wrong);
}

/** Gives the screen the person's own colours, where they chose any; gives what ends following them. */
async function haveTheme(context: CliContext, wish: ScreenWish, screen: RunScreen): Promise<() => void> {
  // Hardly anybody chose some: what reads them is loaded for those who did.
  const names = (text: string) => text.includes('"theme"');
  const isChosen = wish.theme !== undefined ||
    await Deno.readTextFile(userConfig(context, wish.config)).then(names, () => false);
  if (!isChosen) return () => {};
  const { followTheme } = await loadLater<typeof import("./own_theme.ts")>(import.meta.resolve("./own_theme.ts"));
  return followTheme(context, wish, screen);
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
  // What is labelled works in a project of its own, which is not known yet.
  const title = wish.label === "" ? resolve(context.folder, wish.project ?? ".") : wish.label;
  const opening = showOpening(title, process.stdout);
  let screen: RunScreen;
  try {
    const { openRunScreen } = await loadLater<typeof import("./screen_run.ts")>(
      import.meta.resolve("./screen_run.ts"),
    );
    screen = openRunScreen(context, { title, color: wish.color });
  } catch (error) {
    opening.close();
    throw error;
  }
  opening.handOver();
  let unfollow = () => {};
  try {
    await bindKeys(context, screen);
    unfollow = await haveTheme(context, wish, screen);
    await work(screen);
  } finally {
    unfollow();
    screen.close();
    await screen.left.catch(() => null);
  }
}
