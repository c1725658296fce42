import { codePieces } from "./code_pieces.ts";
import type { Language } from "./language.ts";

/** A name that something has, and the one that it gets. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** A text with a name in the place of another, and how often it stands there. */
export interface Renamed {
  readonly text: string;
  readonly count: number;
}

/** Names that are no word of a language: what is written so in a text or a comment means the same. */
const TELLING = /[a-z][A-Z]|^[A-Z].*[a-z]|\w_\w/;
/** What stands before quotes in which code is put into a text, in Python. */
const FORMATTED = /(?<![A-Za-z0-9_])(?:[fF][rR]?|[rR][fF])$/;
/** What a part of something is taken from, up to the part itself; a call or an element has no name. */
const HOLDER = /([\w$]+|[)\]])\s*\??\.\s*$/;
/** Characters before a name that tell what it is a part of. */
const LOOKED_AT = 120;
/** A word that opens an accessor of a class or object, not a name. */
const OPENS = /^[ \t]+[\w$#[]/;
const OPENING = /^(?:get|set|static|async)$/;

/** Whether a name stands out so much that a text or a comment can mean nothing else by it. */
export function tellsItselfApart(name: string): boolean {
  return TELLING.test(name);
}

/**
 * Puts a name in the place of another.
 *
 * @param text code or a document
 * @param language that it is written in; of a document, which has none, only what stands as code is renamed, unless the name tells itself
 *   apart
 * @param holders what holds it as a part, so that `members.get` is renamed and `map.get` stays; null where any part of that name is meant
 */
export function renamed(
  text: string,
  { from, to }: Rename,
  language: Pick<Language, "comments"> | undefined,
  holders: ReadonlySet<string> | null,
): Renamed {
  let count = 0;
  const change = (part: string) =>
    part.replace(wordOf(from), (word, at: number) => {
      if (language !== undefined && !isMeant(part, at, from, holders)) return word;
      count += 1;
      return to;
    });
  if (TELLING.test(from)) return { text: change(text), count };
  const written = language === undefined
    ? text.replace(/`[^`\n]*`/g, change)
    : codeParts(text, language).map((part) => part.isCode ? change(part.text) : part.text).join("");
  return { text: written, count };
}

/** Whether a name in code is the one that is renamed. */
function isMeant(code: string, at: number, name: string, holders: ReadonlySet<string> | null): boolean {
  if (holders === null) return true;
  if (OPENING.test(name) && OPENS.test(code.slice(at + name.length, at + name.length + LOOKED_AT))) return false;
  const [, holder] = HOLDER.exec(code.slice(Math.max(0, at - LOOKED_AT), at)) ?? [];
  return holder === undefined || holders.has(holder);
}

/**
 * Whether a text differs from another in nothing but names that were renamed, however many of their uses. Where both names stood in it, two
 * things may have become one, and it says something else.
 *
 * @param before the text as it was
 * @param now the text as it is
 * @param renames names and those that they get
 */
export function isRenamedAlone(before: string, now: string, renames: readonly Rename[]): boolean {
  const old = (text: string) => renames.reduceRight((all, { from, to }) => all.replace(wordOf(to), () => from), text);
  const holds = (name: string) => wordOf(name).test(before);
  return renames.length > 0 && !renames.some(({ from, to }) => holds(from) && holds(to)) && old(before) === old(now);
}

/** Whether a name stands in what is code of a text. */
export function isNamedIn(text: string, name: string, language: Pick<Language, "comments">): boolean {
  return codeParts(text, language).some((part) => part.isCode && wordOf(name).test(part.text));
}

/** A text in pieces: what is code, and what is a text or a comment. A text that code is put into counts as code. */
function codeParts(
  text: string,
  { comments }: Pick<Language, "comments">,
): readonly { readonly text: string; readonly isCode: boolean }[] {
  const pieces = codePieces(text, comments);
  return pieces.map(({ kind, text }, index) => {
    const isFormatted = kind === "quoted" &&
      (FORMATTED.test(pieces[index - 1]?.text ?? "") || text.startsWith("`") && text.includes("${"));
    return { text, isCode: kind === "code" || isFormatted };
  });
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`, "g");
}
