import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { completeCheck, runnersOf } from "../languages/check.ts";
import { mayBePart, partOf } from "../languages/parts.ts";
import type { Languages } from "../languages/language.ts";
import type { Check, PassedOver, ProjectView, Runner } from "../languages/runner.ts";
import { walkProject } from "./project_files.ts";
import { supervise } from "./supervise.ts";

/** Bound of a question to a program, such as whether it has a module. */
const QUESTION_TIMEOUT_MS = 10_000;

/** Folders below the project's own one whose checks are looked for. */
const MOST_FOLDERS = 40;
/** How many folders a part of a project lies below it at most. */
const DEEPEST = 5;
/** What a look for checks found. */
export interface ChecksFound {
  /** The checks in the order they are run; none when nothing was recognised. */
  readonly checks: readonly Check[];
  /** What speaks of a check and is none, by the path of its file. */
  readonly passedOver: readonly PassedOver[];
}

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
  return (await lookForChecks(root, languages, signal, dependencies)).checks;
}

/**
 * Finds out how a project is checked, and what was passed over. Each runner is asked about the project, then about the folders below that
 * hold what makes them a part of its own.
 *
 * @param root absolute path of the project
 * @param languages whose runners are asked
 * @param signal ends it
 * @param dependencies absolute path of the folder that holds what the project uses, where that is not in a copy of it
 */
export async function lookForChecks(
  root: string,
  languages: Languages,
  signal?: AbortSignal,
  dependencies: string = root,
): Promise<ChecksFound> {
  const { files } = await walkProject(root, signal, { home: dependencies });
  const whole = viewOf(root, files, dependencies);
  const found: Check[] = [];
  const passedOver: PassedOver[] = [];
  for (const runner of runnersOf(languages)) {
    const { folders, left } = foldersOf(runner, files);
    passedOver.push(...left);
    for (const folder of ["", ...folders]) {
      signal?.throwIfAborted();
      const below = (path: string) => folder === "" ? path : `${folder}/${path}`;
      for (const one of await runner.checks(folder === "" ? whole : partOf(whole, folder), found)) {
        if ("passedOver" in one) passedOver.push({ ...one, passedOver: below(one.passedOver) });
        else {
          const name = folder === "" ? one.name : `${one.name} in ${folder}`;
          const [files, tests] = [(one.files ?? []).map(below), (one.tests ?? []).map(below)];
          found.push(completeCheck({ runner, folder, ...one, name, files, tests }, languages));
        }
      }
    }
  }
  return { checks: found, passedOver };
}

/** Folders that may be a part of a project for a runner, those above first, and what was left of them. */
function foldersOf({ manifest }: Runner, files: readonly string[]): { folders: string[]; left: PassedOver[] } {
  if (manifest === undefined) return { folders: [], left: [] };
  const paths = files.filter((path) => path.includes("/") && manifest.test(path.slice(path.lastIndexOf("/") + 1)));
  const byFolder = new Map(paths.map((path) => [path.slice(0, path.lastIndexOf("/")), path]));
  const depth = (folder: string) => folder.split("/").length;
  const folders = [...byFolder.keys()].sort((one, other) => depth(one) - depth(other) || (one < other ? -1 : 1));
  const isPart = (folder: string) => mayBePart(folder) && depth(folder) <= DEEPEST;
  const parts = folders.filter(isPart);
  const why = (folder: string) =>
    !mayBePart(folder)
      ? "it lies among tests, examples or what comes from elsewhere"
      : depth(folder) > DEEPEST
      ? `it lies more than ${DEEPEST} folders deep`
      : `only the first ${MOST_FOLDERS} parts of a project are looked at`;
  const taken = parts.slice(0, MOST_FOLDERS);
  const left = folders.filter((folder) => !taken.includes(folder))
    .map((folder) => ({ passedOver: byFolder.get(folder)!, why: why(folder) }));
  return { folders: taken, left };
}

function viewOf(root: string, files: readonly string[], dependencies: string): ProjectView {
  const known = new Set(files);
  const view: ProjectView = {
    folder: "",
    get whole() {
      return view;
    },
    files,
    has: (path) => known.has(path),
    text: (path) => known.has(path) ? readFile(join(root, path), "utf8") : Promise.resolve(""),
    names: async (folder) => {
      const names = await namesIn(join(root, folder));
      return names.length > 0 || root === dependencies ? names : await namesIn(join(dependencies, folder));
    },
    succeeds,
    variable: (name) => Deno.env.get(name) || undefined,
  };
  return view;
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
