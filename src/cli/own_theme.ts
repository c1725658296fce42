import { byTheClock } from "../ports/timer.ts";
import { type FolderWatch, watchFolders } from "../run/watch_folders.ts";
import { parseConfig } from "./config_file.ts";
import type { CliContext } from "./context.ts";
import { configFolder, userConfig } from "./places.ts";
import type { RunScreen } from "./screen_run.ts";
import { readTheme, themesFolder } from "./theme_file.ts";

/** What says which colours the screen has. */
export interface ThemeFlags {
  /** Name of a theme, over the configuration. */
  readonly theme?: string;
  /** A file that is read in place of the person's configuration. */
  readonly config?: string;
}

/** Editors write a file in several steps: it is read when nothing has changed for so long, in milliseconds. */
const SETTLED_MS = 60;

/**
 * Gives the screen the colours that the person chose, and others when they save others; what is wrong with them changes nothing, and is said.
 *
 * @param context the world
 * @param flags what the command line says
 * @param screen the open screen
 * @returns ends it
 */
export function followTheme(
  context: Pick<CliContext, "environment" | "folder">,
  flags: ThemeFlags,
  screen: Pick<RunScreen, "restyle">,
): () => void {
  const file = userConfig(context, flags.config);
  let before = "";
  const look = (isFirst: boolean): void => {
    const name = flags.theme ?? chosenIn(file);
    if (name === null) return;
    const { theme, faults } = readTheme(context.environment, name);
    const now = JSON.stringify([theme, faults]);
    if (now === before) return;
    before = now;
    const [fault] = faults;
    if (fault === undefined) return screen.restyle(theme, isFirst ? "" : `The screen has the colours of ${name} now.`);
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more: autonomy config says them)` : "";
    screen.restyle(null, `The colours stay as they are: ${fault}${more}`);
  };
  look(true);
  return follow([configFolder(context.environment), themesFolder(context.environment)], () => look(false));
}

/** Hears that something in a folder is settled; where the system has no watch to give, nothing is heard. */
function follow(folders: readonly string[], settled: () => void): () => void {
  let callOff = () => {};
  const changed = () => {
    callOff();
    callOff = byTheClock(SETTLED_MS, settled);
  };
  let watch: FolderWatch | null = null;
  try {
    watch = watchFolders(folders, changed, () => {});
  } catch {
    // The colours then stay as they were read.
  }
  return () => {
    callOff();
    watch?.close();
  };
}

/** The theme that a configuration names; null where it is wrong, which is said when it is read for the run. */
function chosenIn(path: string): string | null {
  try {
    const { values, faults } = parseConfig(path, Deno.readTextFileSync(path));
    return faults.length > 0 ? null : values.theme ?? "terminal";
  } catch {
    return null;
  }
}
