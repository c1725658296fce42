import { codePieces } from "./code_pieces.ts";
import { definitionsIn } from "./definitions.ts";
import { withoutIdleImports } from "./imports.ts";
import type { Definition, Language } from "./language.ts";

/** Functions of which a package may have several, or one that its tools know by name. */
const OF_ANYONE = /^(?:_|init|main|TestMain)$/;
/** Says for which systems a file is built. */
const CHOSEN = /^\/\/(?:go:build|[ \t]*\+build)\b/m;

/**
 * Makes the functions of a new file those of nobody else, in a language whose files of one folder share their names: one that stands beside
 * it word for word goes, and another of the same name gets one of its own. Small models begin a new test with a copy of the one that they
 * were shown, and then nothing of that package can be built.
 *
 * @param text text of the new file
 * @param others texts of the files beside it
 * @param by the languages whose forms count
 * @returns the text as it came where files have names of their own, or nothing of it would be left
 */
export function withNamesApart(text: string, others: readonly string[], by: readonly Language[]): string {
  const scopeOf = by[0]?.folderScope;
  if (scopeOf === undefined) return text;
  const own = scopeOf(text);
  // What is built for some systems only may not be there with the other.
  if (own === null || CHOSEN.test(text)) return text;
  const beside = others.filter((other) => scopeOf(other) === own && !CHOSEN.test(other))
    .flatMap((other) => functionsOf(other, by));
  const copies = functionsOf(text, by).filter((one) =>
    beside.some(({ name, code }) => name === one.name && code === one.code)
  );
  const all = functionsOf(text, by);
  if (copies.length === all.length) return text;
  const alone = withoutIdleImports(without(text, copies), text, by).text;
  const taken = new Set([...beside, ...all].map(({ name }) => name));
  const theirs = new Set(beside.map(({ name }) => name));
  return functionsOf(alone, by).filter(({ name }) => theirs.has(name)).reduce((result, { name }) => {
    let number = 2;
    while (taken.has(`${name}${number}`)) number += 1;
    taken.add(`${name}${number}`);
    return renamed(result, name, `${name}${number}`, by) ?? result;
  }, alone);
}

/** A function at the margin, with its text. */
interface Standing extends Definition {
  readonly code: string;
}

/** The functions of a text that are nothing's methods. */
function functionsOf(text: string, by: readonly Language[]): readonly Standing[] {
  const lines = text.split("\n");
  return definitionsIn(text, by).filter(({ name }) => !name.includes(".") && !OF_ANYONE.test(name)).map((one) => ({
    ...one,
    code: lines.slice(one.from - 1, one.to).join("\n").trim(),
  }));
}

function without(text: string, gone: readonly Definition[]): string {
  const lines: (string | null)[] = text.split("\n");
  for (const { head, to } of gone) {
    lines.fill(null, head - 1, to);
    // The blank line that stood between it and the next.
    if (lines[to]?.trim() === "") lines[to] = null;
  }
  return `${lines.filter((line) => line !== null).join("\n").trimEnd()}\n`;
}

/** A text in whose code a function has another name; null where its name may mean something else in places. */
function renamed(text: string, name: string, anew: string, by: readonly Language[]): string | null {
  const { comments, quotes } = by[0] ?? {};
  const pieces = codePieces(text, comments, quotes);
  const word = new RegExp(`(?<![\\w.])${name}(?!\\w)`, "g");
  const isCalled = new RegExp(`(?<![\\w.])${name}(?=[ \\t]?\\()`, "g");
  const count = (pattern: RegExp) =>
    pieces.reduce((sum, { kind, text }) => sum + (kind === "code" ? text.match(pattern)?.length ?? 0 : 0), 0);
  if (count(word) !== count(isCalled)) return null;
  return pieces.map((piece) => piece.kind === "code" ? piece.text.replace(word, anew) : piece.text).join("");
}
