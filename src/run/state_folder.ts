import { isAbsolute, join } from "node:path";

/**
 * Finds the folder of what Autonomy keeps between starts.
 *
 * @param environment reads a variable
 * @returns absolute path: `AUTONOMY_STATE_HOME`, else `$XDG_STATE_HOME/autonomy`, else `~/.local/state/autonomy`
 * @throws when none of them nor `HOME` is set to an absolute path
 */
export function stateFolder(environment: (name: string) => string | undefined): string {
  const own = environment("AUTONOMY_STATE_HOME");
  if (own !== undefined && own !== "") return absolute(own, "AUTONOMY_STATE_HOME");
  // The base directory specification wants relative values to be ignored.
  const state = environment("XDG_STATE_HOME");
  if (state !== undefined && isAbsolute(state)) return join(state, "autonomy");
  const home = environment("HOME");
  if (home === undefined || home === "") {
    throw new Error("there is no folder for the runs: HOME is not set; set AUTONOMY_STATE_HOME to a folder");
  }
  return join(absolute(home, "HOME"), ".local", "state", "autonomy");
}

function absolute(path: string, variable: string): string {
  if (isAbsolute(path)) return path;
  throw new Error(`${variable} must be an absolute path, but it is ${JSON.stringify(path)}; set it to one`);
}
