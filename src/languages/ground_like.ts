import { codeLines, writingOf } from "./code_lines.ts";
import { placeForImports } from "./imports.ts";
import type { Language } from "./language.ts";
import { unknownNames } from "./free_names.ts";
import { endOf, LONGEST_PIECE, testPieces } from "./test_pieces.ts";

/** Lines that come in at most. */
const MOST_LINES = 60;
/** What runs around each test, or around all. */
const HOOK = /^(?:before|after)(?:each|all)?\s*\(/i;
/** A test by its name. */
const TEST = /^test/i;

/** A part of the test beside a new one. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** null for a hook. */
  readonly name: string | null;
  readonly text: string;
}

/**
 * Gives a new test what it uses of the file beside it and does not have: its values, its helpers, and the hooks that give those values. Of a file
 * that a small model is shown it writes the next test, not the next file.
 *
 * @param text text of the new test
 * @param like text of the test beside it
 * @param by the languages whose forms count
 * @returns the text itself where it has all that it uses, or files of one folder share what they declare
 */
export function withGroundLike(text: string, like: string, by: readonly Language[]): string {
  const [language] = by;
  if (language === undefined || language.folderScope !== undefined) return text;
  const lines = like.split("\n");
  const parts = partsOf(lines, by);
  const chosen = new Set<Part>();
  const wanted = new Set(unknownNames(text, by));
  for (let size = -1; size < chosen.size;) {
    size = chosen.size;
    for (const part of parts) {
      const isUsed = part.name === null ? [...chosen].some((one) => isGivenBy(one, part)) : wanted.has(part.name);
      if (chosen.has(part) || !isUsed) continue;
      chosen.add(part);
      for (const name of unknownNames(part.text, by)) wanted.add(name);
    }
  }
  const found = parts.filter((part) => chosen.has(part));
  const count = found.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (count === 0 || count > MOST_LINES) return text;
  const own = text.split("\n");
  const at = placeForImports(text, by);
  const rest = own.slice(at);
  while (rest[0]?.trim() === "") rest.shift();
  const ground = found.flatMap(({ from, text }, index) =>
    index > 0 && from === found[index - 1]!.to + 1 ? [text] : ["", text]
  );
  return [...own.slice(0, at), ...ground, "", ...rest].join("\n").replace(/^\n+/, "");
}

/** What stands at the margin of a file of tests, without its tests. */
function partsOf(lines: readonly string[], by: readonly Language[]): readonly Part[] {
  const isMargin = (line: number) => /^\S/.test(lines[line - 1] ?? "");
  const quoted = codeLines(lines.join("\n"), writingOf(by)).inside.map((one) => one !== null);
  const textOf = (from: number, to: number) => lines.slice(from - 1, to).join("\n");
  const named = testPieces(lines, by).filter(({ name, group, from, to }) =>
    name !== null && group === null && !TEST.test(name) && isMargin(from) && to - from < LONGEST_PIECE
  ).map(({ from, to, name }): Part => ({ from, to, name, text: textOf(from, to) }));
  const isIn = (line: number) => named.some(({ from, to }) => line >= from && line <= to);
  // A value without one is none by itself: a hook gives it.
  const bare = lines.flatMap((line, index): Part[] => {
    const name = /^(?:let|var)\s+([\w$]+)(?:\s*:[^=;]{1,80})?;?\s*$/.exec(line)?.[1];
    return name === undefined || quoted[index] === true || isIn(index + 1)
      ? []
      : [{ from: index + 1, to: index + 1, name, text: line }];
  });
  const hooks = lines.flatMap((line, index): Part[] => {
    if (!HOOK.test(line) || quoted[index] === true || isIn(index + 1)) return [];
    const to = endOf(lines, quoted, index + 1, LONGEST_PIECE);
    return [{ from: index + 1, to, name: null, text: textOf(index + 1, to) }];
  });
  return [...named, ...bare, ...hooks].toSorted((one, other) => one.from - other.from);
}

/** Whether a hook is about a value. */
function isGivenBy({ name }: Part, hook: Part): boolean {
  return name !== null && new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(hook.text);
}
