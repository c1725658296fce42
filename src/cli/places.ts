import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { reasonOf } from "../kernel/reason_of.ts";
import { stateFolder } from "../run/state_folder.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";

/** Folder of the plugins that come with the program. */
export const BUILT_IN_PLUGINS: string = fileURLToPath(new URL("../../plugins", import.meta.url));

/** Folder of the prompts that come with the program. */
export const BUILT_IN_PROMPTS: string = fileURLToPath(new URL("../../prompts", import.meta.url));

/** Folder of the configuration inside a project. */
export const PROJECT_FOLDER = ".autonomy";

/** Folders of skills inside a project, the later the more it counts. */
export const SKILL_FOLDERS: readonly string[] = [".agents/skills", ".autonomy/skills"];

/** The configuration inside a project, relative to it. */
export const CONFIG_FILE = join(PROJECT_FOLDER, "config.jsonc");

/**
 * Finds the folder of the user's configuration.
 *
 * @param environment reads a variable
 * @returns absolute path: `AUTONOMY_CONFIG_HOME`, else `$XDG_CONFIG_HOME/autonomy`, else `~/.config/autonomy`
 * @throws {CommandError} when `AUTONOMY_CONFIG_HOME` is no absolute path
 */
export function configFolder(environment: (name: string) => string | undefined): string {
  const own = environment("AUTONOMY_CONFIG_HOME");
  if (own !== undefined && own !== "") {
    if (isAbsolute(own)) return own;
    throw new CommandError(
      EXIT.config,
      `AUTONOMY_CONFIG_HOME must be an absolute path, but it is ${JSON.stringify(own)}. Set it to one.`,
    );
  }
  // The base directory specification wants relative values to be ignored.
  const config = environment("XDG_CONFIG_HOME");
  if (config !== undefined && isAbsolute(config)) return join(config, "autonomy");
  return join(environment("HOME") || homedir(), ".config", "autonomy");
}

/**
 * Finds the user's configuration.
 *
 * @param context reads a variable; the folder that relative paths are meant from
 * @param file a file that is named in its place
 * @returns absolute path
 * @throws {CommandError} when `AUTONOMY_CONFIG_HOME` is no absolute path
 */
export function userConfig(
  { environment, folder }: {
    readonly environment: (name: string) => string | undefined;
    readonly folder: string;
  },
  file?: string,
): string {
  if (file === undefined) return join(configFolder(environment), "config.jsonc");
  return isAbsolute(file) ? file : join(folder, file);
}

/**
 * Finds the state folder and turns what is wrong with it into the program's exit code.
 *
 * @param environment reads a variable
 * @returns absolute path
 * @throws {CommandError} exit code 8 when there is none
 */
export function stateHome(environment: (name: string) => string | undefined): string {
  try {
    return stateFolder(environment);
  } catch (cause) {
    throw new CommandError(EXIT.store, `No run can be stored: ${reasonOf(cause)}.`, { cause });
  }
}

/**
 * Finds a project's folder.
 *
 * @param wanted path as it was given, absolute or relative to `folder`
 * @param folder folder that relative paths are meant from
 * @returns its real path
 * @throws {CommandError} exit code 2 when there is no such folder
 */
export function projectFolder(wanted: string, folder: string): string {
  const path = isAbsolute(wanted) ? wanted : join(folder, wanted);
  try {
    const real = Deno.realPathSync(path);
    if (Deno.statSync(real).isDirectory) return real;
  } catch (cause) {
    const found = cause instanceof Deno.errors.NotFound ? "it does not exist" : reasonOf(cause);
    throw new CommandError(
      EXIT.usage,
      `There is no project at ${path}: ${found}. Name an existing folder with --project.`,
      { cause },
    );
  }
  throw new CommandError(EXIT.usage, `The project must be a folder, but ${path} is a file. Name its folder.`);
}
