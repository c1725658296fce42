import { join, relative } from "node:path";
import { Breathing } from "./breathing.ts";
import { type GitFolder, gitFolder } from "./git_folder.ts";
import { type GitEnvironment, gitRules, textOf } from "./git_rules.ts";
import { isWritten } from "./made_folders.ts";
import { IGNORE_FILE, type IgnoreFiles, IgnoreRules } from "./ignore_rules.ts";

/** Most files that are offered of a project. */
export const MOST_FILES = 5_000;

/** Entries after which a walk ends: past it, what a folder held before is not known. */
const MOST_ENTRIES = 50_000;

/** Ignored entries that are named, so that a report stays readable. */
const MOST_NAMED = 100;

/** What a walk over a project found. */
export interface ProjectWalk {
  /** Files that are not ignored, relative, sorted. */
  readonly files: readonly string[];
  /** Links that are not ignored, relative, sorted; they are not followed. */
  readonly links: readonly string[];
  /** Folders that are not ignored, relative. */
  readonly folders: ReadonlySet<string>;
  /** The topmost entries that were passed over as ignored or unreadable; at most 100 are named. */
  readonly passedOver: readonly string[];
  /** False when the project has more entries than a walk looks at. */
  readonly complete: boolean;
  /** The ignore rules that held. */
  readonly rules: IgnoreRules;
}

/** Where the rules of a walk come from, where that is not only the ignore files as they stand. */
export interface RulesOfWalk {
  /** The rules; no ignore file is read then. */
  readonly rules?: IgnoreRules;
  /** What counts as the text of some ignore files, by path; null for one that counts as missing. */
  readonly instead?: IgnoreFiles;
  /** The folder that it begins at, whose files alone it finds; the project where absent or empty. */
  readonly from?: string;
  /** Absolute path of the project whose repository's rules hold, where the root is a copy of it. */
  readonly home?: string;
  /** Where the person's configuration of git is; that of the program where absent. */
  readonly environment?: GitEnvironment;
  /** How far it goes, its lists as they are found, since sorting very long ones holds the program; absent: as tools need it, sorted. */
  readonly bounds?: { readonly entries: number; readonly named: number };
}

/**
 * Finds the files of a project, honouring `.gitignore` in every folder, also in those above it up to the top of its repository,
 * `.git/info/exclude` and the person's own ignore file, by the case rule of its file system.
 *
 * @param root absolute path of the project
 */
export async function walkProject(root: string, signal?: AbortSignal, given: RulesOfWalk = {}): Promise<ProjectWalk> {
  const { from = "" } = given;
  const rules = given.rules ?? await rulesAbove(root, from, given);
  const files: string[] = [];
  const links: string[] = [];
  const folders = new Set<string>();
  const passedOver: string[] = [];
  const { entries: most, named } = given.bounds ?? { entries: MOST_ENTRIES, named: MOST_NAMED };
  const pass = (path: string) => {
    if (passedOver.length < named) passedOver.push(path);
  };
  const breathing = new Breathing(signal);
  const pending = [from];
  let complete = true;
  let seen = 0;
  for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
    signal?.throwIfAborted();
    let entries;
    try {
      // Not one by one beside the program: for the folders of a large project that takes five times as long.
      entries = [...Deno.readDirSync(join(root, folder))];
    } catch (error) {
      // The project itself must be readable; a folder below may be closed or vanish while we walk.
      if (folder === from) throw error;
      pass(`${folder}/`);
      continue;
    }
    if (given.rules === undefined) {
      const text = await ignoreTextOf(root, folder, entries.some(({ name }) => name === IGNORE_FILE), given.instead);
      if (text !== null) rules.add(folder, text);
    }
    if (given.bounds === undefined) entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, isDirectory: isFolder, isFile, isSymlink } of entries) {
      if (breathing.isDue) await breathing.pause();
      const path = folder === "" ? name : `${folder}/${name}`;
      if (given.rules === undefined && isFolder && await isWritten(root, path)) rules.addWritten(path);
      if (rules.ignoresEntry(path, isFolder)) {
        pass(isFolder ? `${path}/` : path);
        continue;
      }
      seen += 1;
      if (isFolder) {
        folders.add(path);
        pending.push(path);
      } else if (isFile) files.push(path);
      else if (isSymlink) links.push(path);
    }
    if (seen > most && pending.length > 0) {
      complete = false;
      break;
    }
  }
  if (given.bounds === undefined) { for (const list of [files, links]) list.sort(); }
  return { files, links, folders, passedOver, complete, rules };
}

/** The rules that hold in a folder before its own are read: those of the machine, of the repository and of the folders above. */
async function rulesAbove(
  root: string,
  from: string,
  { instead, environment, home = root }: RulesOfWalk,
): Promise<IgnoreRules> {
  const git = await gitFolder(home);
  const { everywhere, ignoreCase } = await gitRules(home, git?.common ?? join(home, ".git"), environment);
  const machine = new IgnoreRules(everywhere === null ? {} : { "": everywhere }, ignoreCase);
  const rules = git === null ? machine : await rulesOfRepository(home, git, machine) ?? machine;
  const above = from === "" ? [] : ["", ...from.split("/").slice(0, -1)];
  for (let depth = 0; depth < above.length; depth++) {
    const folder = above.slice(1, depth + 1).join("/");
    const text = await ignoreTextOf(root, folder, true, instead);
    if (text !== null) rules.add(folder, text);
  }
  for (const depth of above.keys()) {
    const folder = from.split("/").slice(0, depth + 1).join("/");
    if (await isWritten(root, folder)) rules.addWritten(folder);
  }
  return rules;
}

/** The rules of a repository as they hold in a project of it; null where they ignore all of the project, which then stands for itself. */
async function rulesOfRepository(
  root: string,
  { top, common }: GitFolder,
  machine: IgnoreRules,
): Promise<IgnoreRules | null> {
  const rules = new IgnoreRules(machine.texts, machine.ignoreCase);
  const exclude = await textOf(join(common, "info", "exclude"), "followed");
  if (exclude !== null) rules.add("", exclude);
  const project = relative(top, root);
  if (project === "") return rules;
  const parts = project.split("/");
  for (const depth of parts.keys()) {
    const folder = parts.slice(0, depth).join("/");
    const text = await textOf(join(top, folder, IGNORE_FILE));
    if (text !== null) rules.add(folder, text);
  }
  if (rules.ignoresFolder(project)) return null;
  const texts = Object.entries(rules.texts).map(([folder, text]) =>
    [`/${folder === "" ? project : relative(folder, project)}`, text] as const
  );
  return new IgnoreRules(Object.fromEntries(texts), rules.ignoreCase);
}

/** What counts as the ignore file of a folder; null for none. */
async function ignoreTextOf(
  root: string,
  folder: string,
  isThere: boolean,
  instead: IgnoreFiles | undefined,
): Promise<string | null> {
  const known = instead?.get(join(folder, IGNORE_FILE));
  return known !== undefined ? known : isThere ? await textOf(join(root, folder, IGNORE_FILE)) : null;
}
