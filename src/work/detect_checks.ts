import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { completeCheck, runnersOf } from "../languages/check.ts";
import type { Languages } from "../languages/language.ts";
import type { Check, ProjectView } from "../languages/runner.ts";
import { walkProject } from "./project_files.ts";
import { supervise } from "./supervise.ts";

/** Bound of a question to a program, such as whether it has a module. */
const QUESTION_TIMEOUT_MS = 10_000;

/**
 * Finds out how a project is checked from its files. Nothing of the project is executed for that.
 *
 * @param root absolute path of the project
 * @param languages whose runners are asked
 * @param signal ends it
 * @param dependencies absolute path of the folder that holds what the project uses, where that is not in a copy of it
 * @returns the checks in the order they are run; none when nothing was recognised
 */
export async function detectChecks(
  root: string,
  languages: Languages,
  signal?: AbortSignal,
  dependencies: string = root,
): Promise<readonly Check[]> {
  const { files } = await walkProject(root, signal);
  const project = viewOf(root, files, dependencies);
  const found: Check[] = [];
  for (const runner of runnersOf(languages)) {
    const checks = await runner.checks(project, found);
    found.push(...checks.map((check) => completeCheck({ runner, ...check }, languages)));
  }
  return found;
}

function viewOf(root: string, files: readonly string[], dependencies: string): ProjectView {
  const known = new Set(files);
  return {
    files,
    has: (path) => known.has(path),
    text: (path) => known.has(path) ? readFile(join(root, path), "utf8") : Promise.resolve(""),
    names: async (folder) => {
      const names = await namesIn(join(root, folder));
      return names.length > 0 || root === dependencies ? names : await namesIn(join(dependencies, folder));
    },
    succeeds,
  };
}

/** Names in a folder; a link that leads nowhere is none. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.map(async (entry) => {
    const leadsNowhere = entry.isSymbolicLink() && await stat(join(folder, entry.name)).catch(() => null) === null;
    return leadsNowhere ? [] : [entry.name];
  });
  return (await Promise.all(names)).flat();
}

async function succeeds(command: readonly string[]): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(QUESTION_TIMEOUT_MS * 1.5);
    return (await supervise({ command, folder: "/", timeoutMs: QUESTION_TIMEOUT_MS, signal })).code === 0;
  } catch {
    // No such program: the check that is chosen then says so when it is run.
    return false;
  }
}
