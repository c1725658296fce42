import type { CliContext } from "./context.ts";
import { loadLater } from "./load_later.ts";
import { userConfig } from "./places.ts";

/** What says how a run is shown. */
export interface LineFlags {
  readonly screenReader: boolean;
  readonly headless?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

/**
 * Tells whether a person wants lines in place of the screen: by the flag, or by `screen_reader` of their own configuration where there
 * is a terminal to type at.
 *
 * @param context the world
 * @param flags flags of the command; one that wants no person there goes first
 */
export async function wantsLines(
  context: Pick<CliContext, "terminal" | "environment" | "folder">,
  flags: LineFlags,
): Promise<boolean> {
  if (flags.headless || flags.json) return false;
  if (flags.screenReader) return true;
  if (!context.terminal.stdin) return false;
  const path = userConfig(context, flags.config);
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch {
    return false; // What is wrong with it is said when it is read for the run.
  }
  if (!text.includes("screen_reader")) return false;
  const { parseConfig } = await loadLater<typeof import("./config_file.ts")>(import.meta.resolve("./config_file.ts"));
  return parseConfig(path, text).values.screen_reader === true;
}
