import { failing } from "../../features/checks/slice.ts";
import type { State } from "../../features/state.ts";
import { withoutImports } from "../../languages/imports.ts";
import type { Languages } from "../../languages/language.ts";
import { languagesOf } from "../../languages/languages_of.ts";
import { reachedIn } from "../../languages/reached.ts";
import type { FileText } from "../../ports/workspace.ts";

/** What was read for a turn. */
export interface ReadTexts {
  /** Texts of all files, by path. */
  readonly read: ReadonlyMap<string, FileText>;
  /** Those of them that are tests. */
  readonly tests: ReadonlyMap<string, FileText>;
  /** The blocks of the tests that evidence names. */
  readonly blocks: readonly string[];
}

/**
 * Says to which functions of the sources the failing tests can lead: those of the task's file first, of each file the longest first.
 *
 * @param target the task's file
 * @param definitions names of the functions that stand in what is shown, by path
 * @returns nothing where nobody knows
 */
export function reachedOf(
  target: string | undefined,
  definitions: Readonly<Record<string, readonly string[]>>,
  { read, tests, blocks }: ReadTexts,
  { checks }: State,
  languages: Languages,
): { readonly reached?: string[] } {
  if (target === undefined || blocks.length === 0) return {};
  // What is imported for all tests of a file is named by none of them.
  const sourceOf = (path: string) => {
    const by = languagesOf(path, languages);
    return { text: withoutImports(read.get(path)?.text ?? "", by), by };
  };
  const others = [...read.keys()].filter((path) => path !== target && !tests.has(path));
  const said = failing(checks.latest).map(({ evidence }) => evidence);
  const by = [...tests.keys()].flatMap((path) => languagesOf(path, languages));
  const named = [...blocks.map((block) => withoutImports(block, by)), ...said].join("\n");
  const through = [...tests.keys()].map(sourceOf);
  const own = reachedIn(sourceOf(target), [named, ...others.map((path) => sourceOf(path).text)].join("\n"), through);
  const reached = [...own].filter((name) => definitions[target]?.includes(name));
  if (reached.length === 0) return {};
  // What the task's file uses of them its own functions lead to.
  const behind = others.flatMap((path) => {
    const found = reachedIn(sourceOf(path), named, [sourceOf(target), ...through]);
    return [...found].filter((name) => definitions[path]?.includes(name));
  });
  return { reached: [...new Set([...reached, ...behind])] };
}
