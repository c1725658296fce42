import { codeLines, type Writing } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import { boundNames } from "./bound_names.ts";
import { definitionsIn } from "./definitions.ts";
import type { Definition, Language } from "./language.ts";
import { allImports, isImport } from "./imports.ts";
import { type MarginStatement, marginStatements } from "./margin_statements.ts";

/** What a definition needs of that which was written beside it, and its file does not have. */
export interface Needed {
  /** Lines of functions, types and named values that stand at the margin; a blank one behind each that goes over several lines. */
  readonly lines: readonly string[];
  /** Names of members that it uses of what it is itself a member of. */
  readonly members: readonly string[];
}

/**
 * Finds what a definition needs of what was written around it, and what that needs in turn: all else shows how it is used, tests it or
 * repeats the file.
 *
 * @param written what was written
 * @param wanted the definition in it
 * @param before text of the file that it goes into
 * @param by the languages whose forms count
 */
export function neededBeside(
  written: string,
  wanted: Pick<Definition, "name" | "head" | "from" | "to">,
  before: string,
  by: readonly Language[],
): Needed {
  const lines = written.split("\n");
  const read = (from: number, to: number) => pieceOf(lines.slice(from - 1, to), from, by[0]);
  const own = { ...read(wanted.head, wanted.to), name: lastOf(wanted.name) };
  const statements = marginStatements(written, by).filter((one) =>
    (one.to < wanted.from || one.from > wanted.to) && !isImport(lines[one.from - 1]!, by)
  );
  const known = knownIn(before, by);
  const offered = statements.filter(({ names }) => !names.some((name) => known.has(name))).map((one) => ({
    ...one,
    piece: read(one.head, one.to),
  }));
  const taken = new Set<typeof offered[number]>();
  const types = new Set([own.name]);
  for (let queue: readonly Piece[] = [own]; queue.length > 0;) {
    const fresh = offered.filter((one) =>
      !taken.has(one) &&
      (one.of !== null && types.has(one.of) || queue.some((piece) => needs(piece, one) && isValueFor(own.name, one)))
    );
    for (const one of fresh) {
      taken.add(one);
      if (one.kind === "type") { for (const name of one.names) types.add(name); }
    }
    queue = fresh.map(({ piece }) => piece);
  }
  return {
    lines: offered.filter((one) => taken.has(one)).flatMap((one, index, all) => textOf(lines, one, all[index + 1])),
    members: membersOf(written, wanted, known, own, by),
  };
}

/** Code that names others. */
interface Piece {
  /** First line of it. */
  readonly from: number;
  /** Its code, without what stands in quotes and in comments. */
  readonly code: string;
  /** What it names by itself. */
  readonly plain: ReadonlySet<string>;
  /** What it names as a part of something else. */
  readonly members: ReadonlySet<string>;
}

function pieceOf(lines: readonly string[], from: number, writing: Writing = {}): Piece {
  const text = lines.join("\n");
  const [plain, members] = [new Set<string>(), new Set<string>()];
  for (const piece of codePieces(text, writing.comments, writing.quotes)) {
    if (piece.kind === "comment") continue;
    // In quotes a name stands between brackets.
    const code = piece.kind === "code" ? piece.text : piece.text.slice(
      Math.max(0, piece.text.indexOf("{")),
      Math.max(0, piece.text.lastIndexOf("}")),
    );
    for (const [, mark, name = ""] of code.matchAll(/((?<!\.)\.#?|::|->)?([A-Za-z_$][\w$]*)/g)) {
      (mark === undefined ? plain : members).add(name);
    }
  }
  return { from, code: codeLines(text, writing).text, plain, members };
}

/** Names that a file gives a meaning. */
function knownIn(text: string, by: readonly Language[]): ReadonlySet<string> {
  return new Set([
    ...definitionsIn(text, by).map(({ name }) => lastOf(name)),
    ...marginStatements(text, by).flatMap(({ names }) => names),
    ...allImports(text, by).flatMap((statement) => boundNames(statement, by)),
  ]);
}

function needs({ from, code, plain, members }: Piece, one: MarginStatement): boolean {
  return one.names.some((name) => {
    if (one.of !== null && members.has(name)) return true;
    return plain.has(name) && (one.kind !== "value" || one.to < from) && !binds(code, name, one.isSaid);
  });
}

/** Whether a value may stand above a function: one that is made by it shows how it is used. */
function isValueFor(name: string, { kind, piece }: MarginStatement & { readonly piece: Piece }): boolean {
  return kind !== "value" || !piece.plain.has(name);
}

/** Characters of a function in which its parameters are looked for. */
const MOST = 2_000;

/** Whether code gives a name a meaning of its own: as a parameter, by a word that declares, or by what it gets. */
function binds(code: string, name: string, isSaid: boolean): boolean {
  const word = `(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`;
  const said =
    `\\b(?:const|let|var|mut|for|as|lambda|catch|with|def|fn|func|function)[ \\t]{1,9}(?:[\\w$]{1,80}[ \\t]{0,9},[ \\t]{0,9}){0,9}`;
  const within = "(?:(?!\\b(?:in|of)\\b)[^=\\n]){0,200}";
  const list = `\\b(?:const|let|var|for)[ \\t]{0,9}\\(?(?:const[ \\t]|let[ \\t])?[ \\t]{0,9}[{[(]${within}`;
  if (new RegExp(`${said}${word}|${list}${word}|${word}[ \\t]{0,9}:=`).test(code)) return true;
  const parameter = new RegExp(
    `[(,*&{][ \\t\\n]{0,200}(?:\\.\\.\\.|mut[ \\t]|readonly[ \\t])?${word}[ \\t\\n]{0,200}[,:=)}?\\w]`,
  );
  if (parameter.test(parametersOf(code))) return true;
  if (isSaid || new RegExp(`\\b(?:global|nonlocal)\\b[^\\n]{0,200}${word}`).test(code)) return false;
  return new RegExp(
    `^[ \\t]{1,400}(?:[\\w., ]{0,200},[ \\t]{0,9})?${word}[ \\t]{0,9}(?:,[\\w., ]{0,200})?(?::[^=\\n]{1,200})?=(?!=)`,
    "m",
  )
    .test(code);
}

/** All that stands before the body of a function. */
function parametersOf(code: string): string {
  const head = code.slice(0, MOST);
  let depth = 0;
  for (let at = 0; at < head.length; at++) {
    if ("([{".includes(head[at]!)) {
      if (head[at] === "{" && depth === 0) return head.slice(0, at);
      depth += 1;
    } else if (")]}".includes(head[at]!)) depth -= 1;
    else if (depth === 0 && (/^:[ \t]{0,200}\n/.test(head.slice(at, at + 202)) || head.startsWith("=>", at))) {
      return head.slice(0, at);
    }
  }
  return depth === 0 ? head.split("\n")[0]! : "";
}

/** Lines of a statement that goes into a file: a value of one line stands right above other values, and above what needs it alone. */
function textOf(lines: readonly string[], one: MarginStatement, next: MarginStatement | undefined): readonly string[] {
  const own = lines.slice(one.head - 1, one.to);
  const isShort = one.kind === "value" && one.head === one.to;
  return isShort && (next === undefined || next.kind === "value") ? own : [...own, ""];
}

/** Members beside a member: those of what it was written in, and those that it names as such and that were written at the margin. */
function membersOf(
  written: string,
  wanted: Pick<Definition, "from" | "to">,
  known: ReadonlySet<string>,
  { members }: Piece,
  by: readonly Language[],
): readonly string[] {
  const lines = written.split("\n");
  const around = marginStatements(written, by).find((one) => one.from < wanted.from && one.to >= wanted.to);
  const isMargin = (one: Pick<Definition, "from">) => !/^\s/.test(lines[one.from - 1]!);
  return definitionsIn(written, by).filter((one) =>
    one.from !== wanted.from && !known.has(lastOf(one.name)) &&
    (isMargin(one)
      ? members.has(lastOf(one.name))
      : around !== undefined && one.from > around.from && one.to <= around.to)
  ).map((one) => lastOf(one.name));
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
