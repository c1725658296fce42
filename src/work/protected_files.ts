import { join, normalize } from "node:path/posix";
import { isBareTest, withoutTests } from "../languages/holds_tests.ts";
import type { Languages } from "../languages/language.ts";
import { bareTestsOf } from "../languages/test_path.ts";
import { testScripts } from "../languages/package_scripts.ts";
import { above } from "../languages/parts.ts";
import { protectionOf } from "../languages/protection_of.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { ProtectedFile } from "../ports/workspace.ts";
import { type FileState, isLinkMode } from "./file_state.ts";
import { resolveProjectPath } from "./project_path.ts";
import type { SeenFile } from "./seen_files.ts";
import type { Snapshot } from "./snapshot.ts";

/** What is looked at. */
export interface Looked {
  /** Absolute real path of the project. */
  readonly root: string;
  /** The project now. */
  readonly snapshot: Snapshot;
  readonly languages: Languages;
  /** Words of the checks' commands: a file among them judges, wherever it stands. */
  readonly named: ReadonlySet<string>;
  /** Files that the checks take as tests where their names do not say so. */
  readonly tests: ReadonlySet<string>;
  /** Whether the run made a file. */
  readonly isNew: (path: string) => boolean;
  readonly blobs: BlobStore;
  /** What stands at a path that the snapshot does not list, its content kept where it is not too large; null for no file. */
  readonly stateOf: (path: string) => SeenFile | null;
}

/** Texts between quotation marks that may name a file. */
const LITERAL = /["'`]([\w@./-]{1,200}\.\w{1,10})["'`]/g;
/** Bytes of a file that are looked through for files that it names. */
const LOOKED_AT = 200_000;

/**
 * Finds the files of a project that judge the work: by their names, by the commands of the checks, and the data that tests name, also where git
 * would ignore them. What such a file leads to as a link judges as it does. What stands in ignored folders is not looked at.
 *
 * @returns files sorted by path; contents are kept
 */
export function protectedFilesIn(looked: Looked): readonly ProtectedFile[] {
  const { snapshot: { entries, hashed, passedOver }, languages, named, tests, isNew, stateOf } = looked;
  const found = new Map<string, ProtectedFile>();
  const unlisted = [...named, ...passedOver.filter((path) => !path.endsWith("/"))].filter((path) =>
    !entries.has(path) && !hashed.has(path)
  );
  const states: [string, SeenFile | null][] = [
    ...entries,
    ...[...hashed].map(([path, state]): [string, SeenFile] => [path, { ...state, uncopied: true }]),
    ...unlisted.map((path): [string, SeenFile | null] => [path, stateOf(path)]),
  ];
  const declared = new Set([...tests, ...modulesOfTests(looked)]);
  for (const [path, state] of states) {
    if (state === null) continue;
    const as = named.has(path)
      ? "loaded"
      : declared.has(path)
      ? "test"
      : protectionOf(path, languages, isNew(path)) ?? bareTest(path, state, looked) ?? inside(path, state, looked);
    if (as !== null) found.set(path, { path, ...state, as });
  }
  const bare = [...found.values()].filter(({ path, as }) =>
    as === "test" && bareTestsOf(path, languages) !== undefined && !declared.has(path)
  );
  const { bySources, byBare } = importers(bare.map((one) => one.path), found, looked);
  for (const path of bySources) found.delete(path);
  for (const path of byBare) {
    const state = entries.get(path)!;
    if (!found.has(path)) found.set(path, { path, ...state, as: "test" });
  }
  for (const [path, as] of ledTo(found, looked)) {
    const state = stateOf(path);
    if (!found.has(path) && state !== null) found.set(path, { path, ...state, as });
  }
  for (const test of [...found.values()]) {
    for (const path of test.as === "test" ? dataOf(test, looked) : []) {
      const state = found.has(path) || isNew(path) ? null : entries.get(path) ?? stateOf(path);
      if (state !== null) found.set(path, { path, ...state, as: "test" });
    }
  }
  return [...found.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Paths at which the tests stand that sources have as modules of their own. */
function modulesOfTests({ snapshot: { entries }, languages, blobs }: Looked): readonly string[] {
  const all = Object.values(languages).filter(({ testFiles }) => testFiles !== undefined);
  return [...entries].flatMap(([path, { hash, mode }]) => {
    const language = isLinkMode(mode) ? undefined : all.find(({ files }) => files.test(path));
    return language?.testFiles?.(path, textOf(blobs, hash)) ?? [];
  });
}

/** Whether a file that has a name of tests and of sources holds tests. */
function bareTest(path: string, { hash, mode }: FileState, looked: Looked): "test" | null {
  if (bareTestsOf(path, looked.languages) === undefined || isLinkMode(mode)) return null;
  return isBareTest(path, textOf(looked.blobs, hash), looked.languages, isRunByNode(path, looked)) ? "test" : null;
}

/** Whether the package that a file belongs to has Node run its tests: by its script, or by having none. */
function isRunByNode(path: string, { snapshot: { entries }, blobs }: Looked): boolean {
  const states = above(path).map((folder) => entries.get(folder === "" ? "package.json" : `${folder}/package.json`));
  const state = states.find((one) => one !== undefined);
  if (state === undefined) return true;
  const { test, all } = testScripts(textOf(blobs, state.hash));
  return test === null || /\bnode\b/.test(all);
}

/** Which of some bare tests a source imports, what of it is a test left out; and what imports some of them and has such a name itself. */
function importers(
  paths: readonly string[],
  found: ReadonlyMap<string, ProtectedFile>,
  { snapshot: { entries }, languages, blobs }: Looked,
): { readonly bySources: readonly string[]; readonly byBare: readonly string[] } {
  const [bySources, byBare]: [string[], string[]] = [[], []];
  const all = Object.values(languages);
  for (const [path, { hash, mode }] of paths.length === 0 ? [] : entries) {
    const isSource = !isLinkMode(mode) && (found.get(path)?.as ?? "inside") === "inside";
    const files = isSource ? all.find((one) => one.files.test(path))?.imports?.files : undefined;
    const imported = files?.(path, withoutTests(path, textOf(blobs, hash), languages), paths) ?? [];
    if (bareTestsOf(path, languages) === undefined) bySources.push(...imported);
    else if (imported.length > 0) byBare.push(path);
  }
  return { bySources, byBare };
}

function textOf(blobs: BlobStore, hash: string): string {
  return new TextDecoder().decode(blobs.getBlob(hash)?.subarray(0, LOOKED_AT));
}

/** Whether tests stand inside a source. */
function inside(path: string, { hash, mode }: FileState, { languages, blobs }: Looked): "inside" | null {
  if (isLinkMode(mode)) return null;
  const testsIn = Object.values(languages).find((one) => one.testsIn !== undefined && one.files.test(path))?.testsIn;
  const bytes = testsIn === undefined ? undefined : blobs.getBlob(hash);
  return bytes !== undefined && testsIn!(new TextDecoder().decode(bytes)).length > 0 ? "inside" : null;
}

/**
 * Files that links lead to and that judge by the link's name. Of a folder those are no sources, unless they are tests in a folder of the link's own
 * name: a link from a folder of tests to the code under test is how tests reach it.
 */
function ledTo(found: ReadonlyMap<string, ProtectedFile>, looked: Looked): readonly [string, "test" | "loaded"][] {
  const { root, snapshot: { entries, hashed }, languages, isNew, named } = looked;
  const isSource = (path: string) => Object.values(languages).some(({ files }) => files.test(path));
  return [...entries].filter(([path, { mode }]) => isLinkMode(mode) && !isNew(path)).flatMap(([link]) => {
    const target = targetOf(root, link);
    if (target === null || target === link) return [];
    const own = found.get(link)?.as;
    const led: [string, "test" | "loaded"][] = own === undefined || own === "inside" ? [] : [[target, own]];
    const name = link.slice(link.lastIndexOf("/") + 1);
    for (const path of [...entries.keys(), ...hashed.keys()]) {
      if (!path.startsWith(`${target}/`) || isNew(path)) continue;
      const rest = path.slice(target.length);
      const as = named.has(link + rest)
        ? "loaded"
        : protectionOf(isSource(path) ? name + rest : link + rest, languages);
      if (as !== null) led.push([path, as]);
    }
    return led;
  });
}

/** Where a link leads inside the project; null where it leads out, or nowhere. */
function targetOf(root: string, link: string): string | null {
  try {
    return resolveProjectPath(root, link);
  } catch {
    return null;
  }
}

/** Files that a test names between quotation marks, from the project's folder or its own, and that are no code: what it expects may stand there. */
function dataOf({ path, hash }: ProtectedFile, { languages, blobs }: Looked): string[] {
  const all = Object.values(languages);
  if (!all.some(({ files }) => files.test(path))) return [];
  const text = textOf(blobs, hash);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return [...text.matchAll(LITERAL)]
    .flatMap(([, name = ""]) => [normalize(name), normalize(join(folder, name))])
    .filter((name) => !name.startsWith("..") && !name.startsWith("/") && !all.some(({ files }) => files.test(name)));
}
