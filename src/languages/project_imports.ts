import { boundNames } from "./bound_names.ts";
import { codePieces } from "./code_pieces.ts";
import { definitionsIn } from "./definitions.ts";
import { codeOf, freeNames, unknownNames } from "./free_names.ts";
import { allImports, withImports } from "./imports.ts";
import type { Language } from "./language.ts";
import { innerNames, isPlainlyBegun, takesAll } from "./standard_imports.ts";
import type { ProjectFile } from "./taking_place.ts";

/** A name that is called, and is no part of something else. */
const CALLED = /(?<![\w$.])([A-Za-z_$][\w$]*)[ \t]?\(/g;
/** Most names that one text gets imports of: for each all files are looked through. */
const MOST_NAMES = 20;

/**
 * Finds what code calls that stands for nothing in its file: it may be a function of another file that a small model did not import.
 *
 * @param text text of the file, the code in it
 * @param before text of the file without it: what that called already has its meaning there. The empty text for a new file
 * @param by the languages whose forms count
 * @returns names; none where the language gives a file no names by imports
 */
export function calledUnknown(text: string, before: string, by: readonly Language[]): readonly string[] {
  const imports = by.length === 1 ? by[0]!.imports : undefined;
  if (imports?.taking === undefined || takesAll(text) || !isPlainlyBegun(text, by)) return [];
  const whole = withInserted(text, by[0]!);
  const code = codeOf(whole, by[0]);
  const meant = new Set([
    ...imports.given ?? [],
    ...freeNames(withInserted(before, by[0]!), by),
    ...definitionsIn(text, by).map(({ name }) => name.slice(name.lastIndexOf(".") + 1)),
    ...innerNames(code),
  ]);
  const called = new Set([...code.matchAll(CALLED)].map(([, name]) => name));
  return unknownNames(whole, by).filter((name) => called.has(name) && !meant.has(name));
}

/**
 * Gives a text the imports of what it calls and one other file of its project offers: where two do, or that file takes from this one, nobody knows
 * whether it is meant.
 *
 * @param file the file, its text with the code
 * @param names what it calls and stands for nothing in it, as {@link calledUnknown} finds it
 * @param project files of the project that may offer it
 * @param paths all files of the project
 * @param by the languages whose forms count
 * @returns the text with them, and how many lines came in
 */
export function withProjectImports(
  file: ProjectFile,
  names: readonly string[],
  project: readonly ProjectFile[],
  paths: readonly string[],
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  const { exports, imports } = by[0] ?? {};
  const others = project.filter(({ path }) => path !== file.path);
  const offering = new Map<string, ProjectFile[]>();
  for (const one of others) {
    for (const name of new Set(exports?.(one.text))) offering.set(name, [...offering.get(name) ?? [], one]);
  }
  const offered = names.flatMap((name) => {
    const [from, second] = offering.get(name) ?? [];
    return from === undefined || second !== undefined ? [] : [{ name, from }];
  });
  const fresh = offered.slice(0, MOST_NAMES).flatMap(({ name, from }) => {
    const takesBack = imports?.files?.(from.path, from.text, [file.path]).includes(file.path) === true;
    const statement = takesBack ? null : imports?.taking?.(name, from, { file, others, paths }) ?? null;
    const isRight = statement !== null && imports?.files?.(file.path, statement, paths).includes(from.path) === true &&
      boundNames(statement, by).includes(name);
    return isRight && !allImports(file.text, by).includes(statement) ? [statement] : [];
  });
  return withImports(file.text, fresh, by);
}

/** A text with the code that stands in its quotes between brackets once more, behind all other. */
function withInserted(text: string, { comments, quotes }: Language): string {
  const pieces = codePieces(text, comments, quotes);
  const inserted = pieces.flatMap((piece, at) => {
    if (piece.kind !== "quoted") return [];
    const isRead = piece.text.startsWith("`") || /(?<!\w)[rR]?[fF][rR]?$/.test(pieces[at - 1]?.text.slice(-3) ?? "");
    return isRead ? [...piece.text.matchAll(/\{([^{}\n]{1,400})\}/g)].map(([, inner]) => inner!) : [];
  });
  return [text, ...inserted].join("\n");
}
