import { codePieces } from "./code_pieces.ts";
import { isComparable } from "./compare_definitions.ts";
import { definitionsIn } from "./definitions.ts";
import type { Definition, Language } from "./language.ts";

/** What is called without being named: what a class is made by, what a program and a test begin and end with. */
const UNNAMED =
  /^(?:set_?up|tear_?down)(?:_?(?:class|module|method|function|package|suite|test|all|once|each))?$|^(?:before|after)(?:_?(?:each|all|suite|test|class))?$|^(?:init|initialize|constructor|main|test_?main)$|^__/i;

/**
 * Says to which functions of a file a failing test can lead: those that it names, and what these name. Methods and what stands outside of
 * functions are taken as named, since much leads there without a name.
 *
 * @param source the file, and the languages of its forms
 * @param named text of the failing tests, and of all else that may lead into the file
 * @param through texts of the tests' own files, whose functions the failing tests may call
 * @returns their names, those that are named first, and of these and of the others the longest first, as the longest holds most faults; none where the tests name nothing of the file, or the
 *   file is too long to be searched
 */
export function reachedIn(
  source: SourceText,
  named: string,
  through: readonly SourceText[] = [],
): ReadonlySet<string> {
  if (![source, ...through].every(({ text }) => isComparable(text))) return new Set();
  const own = partsOf(source);
  const others = through.flatMap((one) => partsOf(one).parts);
  const nodes = [...own.parts, ...others];
  const always = new Set([
    ...own.parts.filter(({ name }) => name.includes(".") || UNNAMED.test(lastOf(name))),
    ...others.filter(({ name }) => UNNAMED.test(lastOf(name))),
  ]);
  const first = wordsOf(named);
  const isNamed = own.parts.some(({ name }) => first.has(lastOf(name)));
  if (!isNamed && !others.some(({ name }) => first.has(lastOf(name)))) return new Set();
  const reached = ledTo([...always], nodes, [...first, ...wordsOf(own.outside)], ({ text }) => text);
  // Where a comment says a word nothing leads to the function of that name.
  const code = codeOf(named, source.by);
  const surely = ledTo([], nodes, wordsOf(code), ({ text }) => codeOf(text, source.by));
  const lengthOf = ({ text }: Named) => text.split("\n").length;
  const found = own.parts.filter((one) => reached.has(one))
    .sort((a, b) => Number(surely.has(b)) - Number(surely.has(a)) || lengthOf(b) - lengthOf(a));
  return new Set(found.map(({ name }) => name));
}

/** Follows names from some functions, and from words, to all that they lead to. */
function ledTo(
  known: readonly Named[],
  nodes: readonly Named[],
  said: Iterable<string>,
  textOf: (one: Named) => string,
): ReadonlySet<Named> {
  const words = new Set(said);
  const reached = new Set<Named>();
  let open = [...new Set([...known, ...nodes.filter((one) => words.has(lastOf(one.name)))])];
  while (open.length > 0) {
    for (const one of open) {
      reached.add(one);
      for (const word of wordsOf(textOf(one))) words.add(word);
    }
    open = nodes.filter((one) => !reached.has(one) && words.has(lastOf(one.name)));
  }
  return reached;
}

/** A text without its comments and what stands in quotes. */
function codeOf(text: string, by: readonly Language[]): string {
  const { comments, quotes } = by.find(({ comments }) => comments !== undefined) ?? {};
  return codePieces(text, comments, quotes).filter(({ kind }) => kind === "code").map((piece) => piece.text).join(" ");
}

/** A file whose functions are looked at. */
export interface SourceText {
  readonly text: string;
  /** Languages whose forms count. */
  readonly by: readonly Language[];
}

interface Named {
  readonly name: string;
  readonly text: string;
}

/** The functions of a text, each with its decorators and comments, and what stands outside of all of them. */
function partsOf({ text, by }: SourceText): { readonly parts: readonly Named[]; readonly outside: string } {
  const lines = text.split("\n");
  const found = definitionsIn(text, by);
  const isInside = (line: number) => found.some(({ head, to }) => line >= head && line <= to);
  return {
    parts: found.map(({ name, head, to }: Definition) => ({ name, text: lines.slice(head - 1, to).join("\n") })),
    outside: lines.filter((_, index) => !isInside(index + 1)).join("\n"),
  };
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
