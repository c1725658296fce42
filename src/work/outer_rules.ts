import { lstat, readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import ignore from "ignore";
import { textOf } from "./git_rules.ts";
import { IGNORE_FILE, IgnoreRules } from "./ignore_rules.ts";

/** The repository that a project stands in, as far as its rules go. */
export interface RulesOfRepository {
  /** Absolute path of git's own folder, that of the main one where this is a further work tree. */
  readonly git: string;
  /** Folders that lead from its top to the project; none where that is its top. */
  readonly below: readonly string[];
  /** The ignore files of these folders, from the top down, but that of the project; null where a folder has none. */
  readonly texts: readonly (string | null)[];
}

/**
 * Finds the repository of a project and the ignore files above it: for a project below the top of its repository these hold, too.
 *
 * @param project absolute real path
 * @returns null where it stands in none
 */
export async function repositoryAround(project: string): Promise<RulesOfRepository | null> {
  for (let top = project;; top = dirname(top)) {
    const git = await gitFolder(top);
    if (git !== null) {
      const below = relative(top, project).split("/").filter((name) => name !== "");
      const folders = below.map((_, depth) => join(top, ...below.slice(0, depth), IGNORE_FILE));
      return { git, below, texts: await Promise.all(folders.map(textOf)) };
    }
    if (dirname(top) === top) return null;
  }
}

/** Git's own folder of a work tree: a file stands in its place in a submodule and in a further work tree. */
async function gitFolder(top: string): Promise<string | null> {
  const place = join(top, ".git");
  try {
    const found = await lstat(place);
    if (found.isDirectory()) return place;
    const named = found.isFile() ? /^gitdir: (.+)$/m.exec(await textOf(place) ?? "")?.[1] : undefined;
    if (named === undefined) return null;
    const own = isAbsolute(named) ? named : resolve(top, named);
    const common = await readFile(join(own, "commondir"), "utf8").catch(() => ".");
    return resolve(own, common.trim());
  } catch {
    return null; // Nothing that could be read stands there.
  }
}

/**
 * Says what the rules of folders above a project mean in it, as if they stood there.
 *
 * @param texts what holds from the top of the repository down, first what each rule of a later one goes before
 * @param below folders that lead from the top to the project
 * @param ignoreCase whether capital and small letters are the same
 * @returns one text for each that says something; none where the project itself is ignored, as it would be without files then
 */
export function rulesWithin(
  texts: readonly { readonly text: string | null; readonly depth: number }[],
  below: readonly string[],
  ignoreCase: boolean,
): readonly string[] {
  const above = new IgnoreRules({}, ignoreCase);
  for (const { text, depth } of texts) if (text !== null) above.add(below.slice(0, depth).join("/"), text);
  if (below.length > 0 && above.ignoresFolder(below.join("/"))) return [];
  return texts.flatMap(({ text, depth }) => text === null ? [] : [translated(text, below.slice(depth), ignoreCase)]);
}

/** The rules of a folder as they hold in one below it. */
function translated(text: string, below: readonly string[], ignoreCase: boolean): string {
  if (below.length === 0) return text;
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    const sign = line.startsWith("!") ? "!" : "";
    const rule = line.slice(sign.length).replace(/(?<![\\\s])\s+$/, "");
    const end = rule.endsWith("/") ? "/" : "";
    const plain = rule.slice(0, rule.length - end.length);
    // A rule without a stroke holds at any depth.
    if (!plain.includes("/")) return [line];
    return restsOf(plain.replace(/^\//, "").split("/"), below, ignoreCase).map((rest) =>
      `${sign}/${rest.join("/")}${end}`
    );
  }).join("\n");
}

/** What is left of a rule behind folders that its first parts lead through; more than one where a part may stand for several. */
function restsOf(
  parts: readonly string[],
  below: readonly string[],
  ignoreCase: boolean,
): readonly (readonly string[])[] {
  const [part, ...more] = parts;
  if (part === undefined) return [];
  const [name, ...deeper] = below;
  if (name === undefined) return [parts];
  if (part === "**") return [...restsOf(parts, deeper, ignoreCase), ...restsOf(more, below, ignoreCase)];
  return ignore({ ignorecase: ignoreCase }).add(`/${part}`).ignores(name) ? restsOf(more, deeper, ignoreCase) : [];
}
