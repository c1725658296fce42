import { dirname, isAbsolute, join, relative } from "node:path";

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

/**
 * Says whether the state folder lies in a project, links followed, as where `HOME` is the project.
 *
 * @param state absolute path of the state folder, which may not exist yet
 * @param project absolute real path of the project
 */
export function liesIn(state: string, project: string): boolean {
  const real = realPathOf(state);
  return real === project || real.startsWith(`${project}/`);
}

/**
 * Hides the state folder from a project that it lies in, as an ignore file does: the journal of a run would else be a file of its project, kept
 * in itself at each look and changed by each check. Where it is the project itself, its runs are hidden, and nothing of the person's.
 *
 * @param state absolute path of the state folder
 * @param project absolute real path of the project
 */
export function hideIn(state: string, project: string): void {
  if (!liesIn(state, project)) return;
  const hidden = realPathOf(state) === project ? join(project, "runs") : state;
  Deno.mkdirSync(hidden, { recursive: true, mode: 0o700 });
  try {
    Deno.writeTextFileSync(join(hidden, ".gitignore"), "*\n", { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}

/** The real path of what may not exist yet. */
function realPathOf(path: string): string {
  for (let above = path;; above = dirname(above)) {
    try {
      return join(Deno.realPathSync(above), relative(above, path));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound) || above === dirname(above)) throw error;
    }
  }
}
