import { definitionsIn } from "./definitions.ts";
import type { Language } from "./language.ts";

/** What says where names come from and cannot be moved: a block of imports or a call, what is passed on, the package of a file. */
const STAYS = /^(?:export|package)\b|^\w+\s*\(/;

/**
 * Tells whether a line says where names come from: an import, or the package of a file.
 *
 * @param line the line
 * @param by the languages whose forms count
 * @returns false inside an import of several lines
 */
export function isImport(line: string, by: readonly Language[]): boolean {
  return by.some(({ imports }) => imports?.line.test(line));
}

/**
 * Finds the imports at the margin of a text, each whole, over however many lines it goes. Go's blocks of imports are left alone.
 *
 * @param text code
 * @param by the languages whose forms count: those of its file, as `languagesOf` gives them
 * @returns the statements in order
 */
export function importStatements(text: string, by: readonly Language[]): string[] {
  return statementsIn(text.split("\n"), by).map(({ lines }) => lines.join("\n"));
}

/** A text without the imports at its margin: what it only takes from elsewhere, and may use nowhere, is not named in it. */
export function withoutImports(text: string, by: readonly Language[]): string {
  const lines = text.split("\n");
  const gone = new Set(
    statementsIn(lines, by).flatMap(({ lines: { length }, end }) =>
      Array.from({ length }, (_, index) => end - 1 - index)
    ),
  );
  return lines.filter((_, index) => !gone.has(index)).join("\n");
}

/**
 * Gives a text the imports of another that it uses and does not have, white space aside: each after the others, or in the block that holds
 * them. What the text defines itself is not imported.
 *
 * @param text text of the file
 * @param written code whose imports it may need
 * @param by the languages whose forms count
 * @returns the text with them, and how many lines came in
 */
export function withImportsOf(
  text: string,
  written: string,
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  const plain = (statement: string) => statement.replace(/\s+/g, "");
  const known = new Set(allImports(text, by).map(plain));
  // A model takes what the file itself defines from that file, which then cannot be loaded.
  const own = new Set(definitionsIn(text, by).map(({ name }) => name.split(".")[0]!));
  const isOwn = (statement: string) => namesOf(statement).some((name) => own.has(name));
  const used = usedIn(text, by);
  const fresh = allImports(written, by).filter((statement) =>
    !known.has(plain(statement)) && !isOwn(statement) && !isIdle(statement, used, by)
  );
  return withImports(text, fresh, by);
}

/**
 * Takes out of a text the imports that it does not use any more, where those are faults.
 *
 * @param text text of the file
 * @param before what it was before, which used them
 * @param by the languages whose forms count
 * @returns the text without them, and how many lines went
 */
export function withoutIdleImports(
  text: string,
  before: string,
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  const strict = by.filter(({ imports }) => imports?.idleFails === true);
  if (strict.length === 0) return { text, lines: 0 };
  const [used, was] = [usedIn(text, strict), usedIn(before, strict)];
  const lines = text.split("\n");
  let gone = 0;
  for (const statement of allImports(text, strict)) {
    if (!isIdle(statement, used, strict) || isIdle(statement, was, strict)) continue;
    const alone = statement.replace(/^import\s+/, "");
    const at = lines.findIndex((line) => [statement, alone].includes(line.trim()));
    if (at < 0) continue;
    lines.splice(at, 1);
    gone += 1;
  }
  return { text: lines.join("\n"), lines: gone };
}

/** Whether a language says of an import that nothing of it is used. */
function isIdle(statement: string, used: ReadonlySet<string>, by: readonly Language[]): boolean {
  return by.some(({ imports }) => imports?.gives?.(statement)?.every((name) => !used.has(name)) === true);
}

/** The words of a text outside of its imports. */
function usedIn(text: string, by: readonly Language[]): ReadonlySet<string> {
  const lines = text.split("\n");
  for (const { start, end } of blocksIn(text, by)) lines.fill("", start, end);
  return new Set(withoutImports(lines.join("\n"), by).match(/[\w$]+/g) ?? []);
}

/** Gives the names of an import as `import a`, `import { b as c }` and `from d import e` have them; null where there are none. */
export function givenByName(statement: string): readonly string[] | null {
  const names = namesOf(statement);
  return names.length === 0 || /\*\s*$/.test(statement.replace(/["';]/g, "")) ? null : names;
}

/** Words that every import may hold and that it does not take. */
const OF_IMPORTS = /^(?:import|from|type|as|use|require)$/;

/** The names that an import gives to the file it stands in, without the path that it takes them from. */
function namesOf(statement: string): readonly string[] {
  const bare = statement.replace(/"[^"\n]*"|'[^'\n]*'/g, "").replace(/^from[ \t]+\S+/, "");
  const given = bare.replace(/[\w$]{1,80}[ \t]{1,9}as[ \t]{1,9}/g, "");
  return (given.match(/[\w$]+/g) ?? []).filter((word) => !OF_IMPORTS.test(word));
}

/**
 * Finds all imports of a text, also those in blocks, each as a statement of its own.
 *
 * @param text code
 * @param by the languages whose forms count
 */
export function allImports(text: string, by: readonly Language[]): readonly string[] {
  return [...importStatements(text, by), ...blocksIn(text, by).flatMap(({ statements }) => statements)];
}

/**
 * Gives a text further imports: after the others, or in the block that holds them.
 *
 * @param text text of the file
 * @param fresh statements that it does not have
 * @param by the languages whose forms count
 * @returns the text with them, and how many lines came in
 */
export function withImports(
  text: string,
  fresh: readonly string[],
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  if (fresh.length === 0) return { text, lines: 0 };
  const lines = text.split("\n");
  const [block] = blocksIn(text, by);
  const added = block === undefined
    ? fresh.flatMap((statement) => statement.split("\n"))
    : fresh.map((statement) => `\t${statement.replace(/^import\s+/, "")}`);
  lines.splice(block?.end ?? placeForImports(text, by), 0, ...added);
  return { text: lines.join("\n"), lines: added.length };
}

/** Blocks of imports, one in a line: each as a statement of its own, with the indices of the lines that open and close the block. */
function blocksIn(
  text: string,
  by: readonly Language[],
): readonly { readonly statements: readonly string[]; readonly start: number; readonly end: number }[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    if (!by.some(({ imports }) => imports?.block?.test(line))) return [];
    const end = lines.findIndex((one, at) => at > index && /^\)/.test(one));
    if (end < 0) return [];
    const inside = lines.slice(index + 1, end).map((one) => one.trim());
    const statements = inside.filter((one) => one !== "" && !one.startsWith("//")).map((one) => `import ${one}`);
    return [{ statements, start: index, end }];
  });
}

/**
 * Finds the place for further imports: after the last one, else after what a file begins with (its comments, its text in three quotes,
 * its package), never inside anything.
 *
 * @param text text of the file
 * @param by the languages whose forms count
 * @returns index of the line before which they go
 */
export function placeForImports(text: string, by: readonly Language[]): number {
  const lines = text.split("\n");
  const last = statementsIn(lines, by).at(-1);
  if (last !== undefined) return last.end;
  let index = 0;
  let place = 0;
  while (index < lines.length) {
    const line = lines[index]!;
    const quote = /^("""|''')/.exec(line)?.[1];
    if (quote !== undefined) {
      if (line.indexOf(quote, 3) < 0) { while (++index < lines.length && !lines[index]!.includes(quote)); }
      place = ++index;
      continue;
    }
    if (/^(?:#!|["']use strict|package\s|\/\/|\/\*|\*| \*|#(?:\s|$))/.test(line)) {
      // A comment right above code belongs to the code.
      const next = lines.slice(index).find((one) => !/^(?:\/\/|\/\*|\*| \*|#(?:\s|$))/.test(one));
      if (/^(?:#!|["']use strict|package\s)/.test(line) || next === undefined || next.trim() === "") place = index + 1;
      index++;
      continue;
    }
    if (line.trim() !== "") break;
    index++;
  }
  return place;
}

/** Statements with the index after their last line. */
function statementsIn(
  lines: readonly string[],
  by: readonly Language[],
): { readonly lines: readonly string[]; readonly end: number }[] {
  const found: { lines: readonly string[]; end: number }[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (/^\s/.test(line) || STAYS.test(line) || !isImport(line, by)) continue;
    const start = index;
    let depth = depthOf(line);
    while ((depth > 0 || lines[index]!.endsWith("\\")) && index + 1 < lines.length) depth += depthOf(lines[++index]!);
    found.push({ lines: lines.slice(start, index + 1), end: index + 1 });
  }
  return found;
}

/** Brackets that a line opens more than it closes. */
function depthOf(line: string): number {
  return line.split(/[({]/).length - line.split(/[)}]/).length;
}
