import { dirname } from "node:path/posix";
import { fieldsIn } from "../../languages/fields.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import { languageOf } from "../../languages/languages_of.ts";
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
export async function findSources(world: World, signal: AbortSignal): Promise<Sources> {
  const { state, project, registry: { languages } } = world;
  const files = await project.files(signal);
  const known = new Set(files);
  const read = (path: string) => project.read(path).then(({ text }) => text, () => null);
  const judges = state.protection.files ?? {};
  const isTest = (path: string) => isTestPath(path, languages);
  // What a check names itself is no source of it: emptied, it would only say nothing any more.
  const isSource = (path: string) =>
    known.has(path) && protectionOf(path, languages) === null && [undefined, "inside"].includes(judges[path]?.as) &&
    Object.values(languages).some((one) => one.imports !== undefined && one.files.test(path));
  const folders = files.filter((path) => MANIFEST.test(path)).map((path) => dirname(path))
    .sort((one, other) => other.length - one.length);
  const packageOf = (path: string) => folders.find((folder) => path.startsWith(`${folder}/`)) ?? ".";
  const byName = await sourcesByName(files.filter(isSource), packageOf, read);
  // Emptying what is empty changes nothing.
  const holdsSomething = async (path: string) => (await read(path) ?? "").trim() !== "";
  const imported = new Set<string>();
  const add = async (paths: readonly string[], to: Set<string>) => {
    for (const path of paths) if (isSource(path) && !to.has(path) && await holdsSomething(path)) to.add(path);
  };
  for (const { passed, files: named } of state.checks.first ?? []) if (!passed) await add(named, imported);
  // A program that a check names imports sources as a test does.
  for (const test of new Set([...files.filter(isTest), ...Object.keys(judges)])) {
    if (imported.size >= MOST_IMPORTED) break;
    await add(await subjectsOf(test, files, read, languages), imported);
    await add(byName(await read(test) ?? ""), imported);
  }
  const reached = new Set(imported);
  for (const path of reached) {
    signal.throwIfAborted();
    if (reached.size > MOST_READ) break;
    const text = await read(path) ?? "";
    await add(languageOf(path, languages)?.imports?.files?.(path, text, files) ?? [], reached);
    await add(byName(text), reached);
  }
  return {
    imported: [...imported],
    all: files.filter(isSource).slice(0, MOST_EMPTIED),
    packages: [...Map.groupBy(reached, packageOf).values()],
  };
}

/** Finds the sources of packages that a text imports by their names. */
async function sourcesByName(
  sources: readonly string[],
  packageOf: (path: string) => string,
  read: (path: string) => Promise<string | null>,
): Promise<(text: string) => readonly string[]> {
  const named = new Map<string, readonly string[]>();
  for (const [folder, own] of Map.groupBy(sources, packageOf)) {
    const { name } = fieldsIn(await read(folder === "." ? "package.json" : `${folder}/package.json`) ?? "");
    if (typeof name === "string") named.set(name, own);
  }
  return (text) =>
    [...text.matchAll(/(?:from|import|require\()\s*["']((?:@[^"'/]+\/)?[^"'/.][^"'/]*)/g)]
      .flatMap(([, name = ""]) => named.get(name) ?? []);
}
