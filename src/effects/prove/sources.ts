import { dirname } from "node:path/posix";
import { protectionOf } from "../../languages/protection_of.ts";
import { languageOf } from "../../languages/languages.ts";
import { subjectsOf } from "../../languages/subjects.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { World } from "../effect_kind.ts";

/** Sources that tests import, of which no more are looked for. */
const MOST_IMPORTED = 8;
/** Sources that are read to find which others they import. */
const MOST_READ = 200;
/** Sources that are emptied at once where it is not known which are imported. */
const MOST_EMPTIED = 500;

/** A file whose folder is a package of its own. */
const MANIFEST = /(?:^|\/)(?:package\.json|deno\.jsonc?|pyproject\.toml|setup\.(?:py|cfg)|Cargo\.toml|go\.mod)$/;

/** Sources of a project that hold something. */
export interface Sources {
  /** Those that a check imports: of failing ones first, then of tests. */
  readonly imported: readonly string[];
  /** Any. */
  readonly all: readonly string[];
  /** Those that are imported, directly or by others, by the package they belong to. */
  readonly packages: readonly (readonly string[])[];
}

/** Finds sources of the project that checks look at. */
export async function findSources(
  { state, project, registry: { languages } }: World,
  signal: AbortSignal,
): Promise<Sources> {
  const files = await project.files(signal);
  const known = new Set(files);
  const isTest = (path: string) => isTestPath(path, languages);
  const judges = (path: string) => (state.protection.files?.[path]?.as ?? "inside") !== "inside";
  const isSource = (path: string) =>
    // What judges by what the checks name it, such as a script that runs them, is no code under test.
    known.has(path) && protectionOf(path, languages) === null && !judges(path) &&
    Object.values(languages).some((one) => one.imports !== undefined && one.files.test(path));
  const read = (path: string) => project.read(path).then(({ text }) => text, () => null);
  // Emptying what is empty changes nothing.
  const holdsSomething = async (path: string) => (await read(path) ?? "").trim() !== "";
  const imported: string[] = [];
  const add = async (path: string) => {
    if (isSource(path) && !imported.includes(path) && await holdsSomething(path)) imported.push(path);
  };
  for (const { passed, files: named } of state.checks.first ?? []) {
    if (!passed) { for (const path of named) await add(path); }
  }
  for (const test of files.filter(isTest)) {
    if (imported.length >= MOST_IMPORTED) break;
    for (const path of await subjectsOf(test, files, read, languages)) await add(path);
  }
  const reached = new Set(imported);
  for (const path of reached) {
    signal.throwIfAborted();
    if (reached.size > MOST_READ) break;
    const text = await read(path);
    const others = text === null ? [] : languageOf(path, languages)?.imports?.files?.(path, text, files) ?? [];
    for (const other of others) if (isSource(other) && await holdsSomething(other)) reached.add(other);
  }
  const folders = files.filter((path) => MANIFEST.test(path)).map((path) => dirname(path))
    .sort((one, other) => other.length - one.length);
  const packageOf = (path: string) => folders.find((folder) => path.startsWith(`${folder}/`)) ?? ".";
  return {
    imported,
    all: files.filter(isSource).slice(0, MOST_EMPTIED),
    packages: [...Map.groupBy(reached, packageOf).values()],
  };
}
