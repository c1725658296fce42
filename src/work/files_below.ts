import { join } from "node:path";
import { ToolError } from "../ports/tool.ts";
import type { FilesBelow } from "../ports/workspace.ts";
import { placeAt } from "./file_state.ts";
import { IgnoreRules } from "./ignore_rules.ts";
import { walkProject } from "./project_files.ts";
import { resolveProjectPath } from "./project_path.ts";

/** Entries after which a look ends. */
const MOST_ENTRIES = 300_000;
/** Ignored entries that are named. */
const MOST_NAMED = 100;

/**
 * Finds the files of a folder and of all below it. A folder that is ignored itself is looked through all the same where it is named.
 *
 * @param root absolute path of the project
 * @param path the folder, or one file
 * @param home absolute path of the project whose repository's rules hold, where the root is a copy of it
 * @param hidden finds the files that the rules of now hide, and those from before the run did not
 * @throws {ToolError} where nothing of the project is there
 */
export async function filesBelow(
  root: string,
  path: string,
  home: string,
  hidden: (rules: IgnoreRules) => Promise<readonly string[]>,
  signal?: AbortSignal,
): Promise<FilesBelow> {
  const real = resolveProjectPath(root, path);
  const from = real === "." ? "" : real;
  const { kind } = placeAt(join(root, from));
  if (kind === "file") return { files: [from], ignored: [], isIgnored: false, isComplete: true };
  if (kind !== "folder") throw new ToolError(`There is no folder ${path}; list "." to see what there is.`);
  const bounds = { entries: MOST_ENTRIES, named: MOST_NAMED };
  const look = await walkProject(root, signal, { bounds, from, home });
  const within = (file: string) => from === "" || file.startsWith(`${from}/`);
  const more = (await hidden(look.rules)).filter(within);
  const isIgnored = from !== "" && look.rules.ignoresFolder(from);
  const walk = isIgnored ? await walkProject(root, signal, { bounds, from, rules: new IgnoreRules() }) : look;
  return {
    files: [...new Set([...walk.files, ...more])].sort(),
    ignored: walk.passedOver.toSorted(),
    isIgnored,
    isComplete: walk.complete,
  };
}
