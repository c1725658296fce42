import { lstat, readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import process from "node:process";

/** Bytes of a configuration that are read. */
const MOST_BYTES = 1_000_000;

/** What git heeds of a machine when it decides which files of a project it ignores. */
export interface GitRules {
  /** Text of the person's own ignore file, which holds for all projects; null where there is none. */
  readonly everywhere: string | null;
  /** Whether capital and small letters are the same in the names of files. */
  readonly ignoreCase: boolean;
}

/** Where git looks for what a person configured: `HOME`, `XDG_CONFIG_HOME`, `GIT_CONFIG_GLOBAL`. */
export type GitEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Finds what git heeds beyond the ignore files of a project: the person's own one (`core.excludesFile`, else `git/ignore` among the
 * configuration), and whether the file system tells capital from small letters (`core.ignoreCase`, else as it is tried).
 *
 * @param root absolute path of the project
 * @param common absolute path of the folder of its repository that holds the configuration
 * @param environment where the person's configuration is; that of the program where absent
 */
export async function gitRules(
  root: string,
  common: string,
  environment: GitEnvironment = process.env,
): Promise<GitRules> {
  const { HOME: home = "", GIT_CONFIG_GLOBAL: configured } = environment;
  const folder = environment.XDG_CONFIG_HOME || (home === "" ? "" : join(home, ".config"));
  const files = configured === undefined
    ? [...(folder === "" ? [] : [join(folder, "git", "config")]), ...(home === "" ? [] : [join(home, ".gitconfig")])]
    : [configured];
  const values: { excludes?: string; ignoreCase?: string } = {};
  for (const file of [...files, join(common, "config")]) {
    const text = await textOf(file, "followed");
    if (text !== null) Object.assign(values, coreOf(text));
  }
  const named = values.excludes?.replace(/^~(?=\/)/, home);
  const excludes = named === undefined ? folder === "" ? null : join(folder, "git", "ignore") : named;
  const everywhere = excludes === null || excludes === ""
    ? null
    : await textOf(isAbsolute(excludes) ? excludes : join(root, excludes), "followed");
  const said = values.ignoreCase?.toLowerCase();
  const ignoreCase = said === undefined ? await isCaseBlind(root) : !/^(?:false|no|off|0)$/.test(said);
  return { everywhere, ignoreCase };
}

/** The values of `[core]` in a configuration of git; the last of each counts. */
function coreOf(text: string): { readonly excludes?: string; readonly ignoreCase?: string } {
  const values: { excludes?: string; ignoreCase?: string } = {};
  let section = "";
  for (const line of text.split("\n")) {
    const head = /^\s*\[([^\]]{1,200})\]/.exec(line)?.[1];
    if (head !== undefined) section = head.trim().toLowerCase();
    const [, key = "", value = "true"] = /^\s*([A-Za-z][\w-]{0,60})(?:\s*=\s*(\S.*)?)?$/.exec(line.trimEnd()) ?? [];
    if (section !== "core") continue;
    const plain = value.replace(/^"([^"]*)"$/, "$1");
    if (key.toLowerCase() === "excludesfile") values.excludes = plain;
    if (key.toLowerCase() === "ignorecase") values.ignoreCase = plain;
  }
  return values;
}

/** Whether a folder is found by its name with the other letters, too. */
async function isCaseBlind(root: string): Promise<boolean> {
  const name = basename(root);
  const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  // A name without letters says nothing: then it is as the system usually has it.
  if (other === name) return process.platform === "darwin" || process.platform === "win32";
  try {
    const [one, two] = await Promise.all([lstat(root), lstat(join(dirname(root), other))]);
    return one.ino === two.ino && one.dev === two.dev;
  } catch {
    // There is nothing of the other name.
    return false;
  }
}

/**
 * Reads a file of rules.
 *
 * @param links whether a link to one is read: git does so outside of the project's own files, which many people keep in one place
 * @returns its text; null where there is none that may be read: git takes it for no rules, too
 */
export async function textOf(path: string, links: "followed" | "refused" = "refused"): Promise<string | null> {
  try {
    // A pipe of that name would be waited for without end, and a large file is no list of rules.
    const place = await (links === "followed" ? stat : lstat)(path);
    return place.isFile() && place.size <= MOST_BYTES ? await readFile(path, "utf8") : null;
  } catch {
    return null;
  }
}
