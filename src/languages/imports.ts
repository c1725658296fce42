import type { Language } from "./language.ts";

/** What says where names come from and cannot be moved: a block of imports or a call, what is passed on, the package of a file. */
const STAYS = /^(?:export|package)\b|^\w+\s*\(/;

/** A line of a comment. */
const COMMENT = /^(?:\/\/|\/\*|\*| \*|#(?:\s|$))/;

/** What has to stand before all other imports. */
const FIRST = /^from[ \t]+__future__[ \t]/;

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
  const wasIdle = idleIn(before, by);
  return withoutIdle(text, by, (statement) => !wasIdle(statement));
}

/**
 * Takes some of the imports out of a text that it does not use, where those are faults.
 *
 * @param text text of the file
 * @param by the languages whose forms count
 * @param mayGo whether an import is one of those
 * @returns the text without them, and how many lines went
 */
export function withoutIdle(
  text: string,
  by: readonly Language[],
  mayGo: (statement: string) => boolean,
): { readonly text: string; readonly lines: number } {
  const isIdle = idleIn(text, by);
  const gone = new Set(
    importsIn(text.split("\n"), by)
      .filter(({ statement }) => isIdle(statement) && mayGo(statement))
      .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  if (gone.size === 0) return { text, lines: 0 };
  return { text: text.split("\n").filter((_, index) => !gone.has(index)).join("\n"), lines: gone.size };
}

/** Tells of an import whether its language calls it a fault, since nothing of it is used in a text. */
export function idleIn(text: string, by: readonly Language[]): (statement: string) => boolean {
  const strict = by.flatMap(({ imports }) => imports?.usedAs === undefined ? [] : imports);
  if (strict.length === 0) return () => false;
  const lines = text.split("\n");
  for (const { from, to } of importsIn(lines, by)) lines.fill("", from, to);
  const words = lines.join("\n").match(/[\w$]+\.?/g) ?? [];
  const used = new Set(words.flatMap((word) => word.endsWith(".") ? [word.slice(0, -1)] : []));
  return (statement) => strict.some(({ usedAs }) => usedAs!(statement)?.every((name) => !used.has(name)) === true);
}

/** An import without what may be written otherwise. */
export function plain(statement: string): string {
  return statement.replace(/\s+|;\s*$/g, "").replaceAll("'", '"').replace('"node:', '"');
}

/**
 * Finds all imports of a text, also those in blocks, each as a statement of its own.
 *
 * @param text code
 * @param by the languages whose forms count
 */
export function allImports(text: string, by: readonly Language[]): readonly string[] {
  return importsIn(text.split("\n"), by).map(({ statement }) => statement);
}

/** All imports of a text, with the index of their first line and of the one after their last. */
export function importsIn(
  lines: readonly string[],
  by: readonly Language[],
): readonly { readonly statement: string; readonly from: number; readonly to: number }[] {
  const alone = statementsIn(lines, by).map(({ lines: own, end }) => ({
    statement: own.join("\n"),
    from: end - own.length,
    to: end,
  }));
  return [...alone, ...blocksIn(lines, by).flatMap(({ inside }) => inside)];
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
  const [block] = blocksIn(lines, by);
  const added = block === undefined
    ? fresh.flatMap((statement) => statement.split("\n"))
    : fresh.map((statement) => `\t${statement.replace(/^import\s+/, "")}`);
  const first = block === undefined ? added.filter((line) => FIRST.test(line)) : [];
  const place = block?.end ?? placeForImports(text, by);
  // As its own tool sets it.
  if (/^package\b/.test(lines[place - 1] ?? "")) added.unshift("");
  lines.splice(place, 0, ...added.filter((line) => !first.includes(line)));
  const [begun] = first.length === 0 ? [] : statementsIn(text.split("\n"), by);
  lines.splice(begun === undefined ? placeForImports(text, by) : begun.end - begun.lines.length, 0, ...first);
  return { text: lines.join("\n"), lines: added.length };
}

/** Blocks of imports, one in a line: each as a statement of its own, with the index of the line that closes the block. */
function blocksIn(
  lines: readonly string[],
  by: readonly Language[],
): readonly { readonly inside: ReturnType<typeof importsIn>; readonly end: number }[] {
  const last = lastLineOf(lines, by);
  const found: { inside: ReturnType<typeof importsIn>; end: number }[] = [];
  for (let index = 0; index < last; index++) {
    if (!by.some(({ imports }) => imports?.block?.test(lines[index]!))) continue;
    let end = index + 1;
    while (end < lines.length && !/^\)/.test(lines[end]!)) end++;
    // Of a block that nothing closes no later one is closed either.
    if (end === lines.length) break;
    const inside = lines.slice(index + 1, end).flatMap((line, at) => {
      const one = line.trim();
      return one === "" || one.startsWith("//")
        ? []
        : [{ statement: `import ${one}`, from: index + 1 + at, to: index + 2 + at }];
    });
    found.push({ inside, end });
    index = end;
  }
  return found;
}

/** Index of the line from which on no import stands any more: what looks like one there is part of something else. */
function lastLineOf(lines: readonly string[], by: readonly Language[]): number {
  const found = lines.findIndex((line) => by.some(({ imports }) => imports?.before?.test(line)));
  return found < 0 ? lines.length : found;
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
  // From each line on the first that is no comment.
  const behind: (string | undefined)[] = [];
  for (let at = lines.length - 1; at >= 0; at--) behind[at] = COMMENT.test(lines[at]!) ? behind[at + 1] : lines[at];
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
      const next = behind[index];
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
  const last = lastLineOf(lines, by);
  for (let index = 0; index < last; index++) {
    const line = lines[index]!;
    if (/^\s/.test(line) || STAYS.test(line) || !isImport(line, by)) continue;
    const start = index;
    const isDeclared = /^(?:const|let|var)\b/.test(line);
    let depth = depthOf(line);
    const goesOn = (one: string) => one.endsWith("\\") || isDeclared && codeOf(one).trimEnd().endsWith(",");
    while ((depth > 0 || goesOn(lines[index]!)) && index + 1 < lines.length) depth += depthOf(lines[++index]!);
    found.push({ lines: lines.slice(start, index + 1), end: index + 1 });
  }
  return found;
}

/** Brackets that a line opens more than it closes. */
function depthOf(line: string): number {
  const code = codeOf(line);
  return code.split(/[({]/).length - code.split(/[)}]/).length;
}

/** An import without what it quotes and what is said behind it. */
function codeOf(statement: string): string {
  return statement.replace(/"[^"\n]*"|'[^'\n]*'/g, "").replace(/(?:#|\/\/).*$/gm, "");
}
