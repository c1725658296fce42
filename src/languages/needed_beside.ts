import { codeLines, type Writing } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import { boundNames } from "./bound_names.ts";
import { definitionsIn } from "./definitions.ts";
import type { Definition, Language } from "./language.ts";
import { allImports, isImport } from "./imports.ts";
import { type MarginStatement, marginStatements } from "./margin_statements.ts";
import { parameterNames } from "./parameters.ts";

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
  const all = marginStatements(written, by);
  const read = (one: Place) => pieceOf(lines, one, by[0]);
  const isType = all.some(({ from, kind }) => from === wanted.from && kind === "type");
  const place = { head: wanted.head, from: wanted.from, to: wanted.to };
  const own = { ...read({ ...place, function: isType ? null : lastOf(wanted.name) }), name: lastOf(wanted.name) };
  const statements = all.filter((one) =>
    (one.to < wanted.from || one.from > wanted.to) && !isImport(lines[one.from - 1]!, by)
  );
  const known = knownIn(before, by);
  const offered = statements.filter(({ names }) => !names.some((name) => known.has(name))).map((one) => ({
    ...one,
    piece: read({ ...one, function: one.kind === "function" ? one.names[0] ?? null : null }),
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

/** Where code stands, and what it is called where it is a function. */
type Place = Pick<MarginStatement, "head" | "from" | "to"> & { readonly function: string | null };

/** Code that names others. */
interface Piece {
  /** Its code, without what stands in quotes and in comments. */
  readonly code: string;
  /** The names of its parameters. */
  readonly parameters: ReadonlySet<string>;
  /** What it names by itself. */
  readonly plain: ReadonlySet<string>;
  /** What it names as a part of something else. */
  readonly members: ReadonlySet<string>;
}

function pieceOf(lines: readonly string[], { head, from, to, function: name }: Place, writing: Writing = {}): Piece {
  const text = lines.slice(head - 1, to).join("\n");
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
  const { text: code, starts } = codeLines(text, writing);
  const parameters = name === null ? new Set<string>() : parameterNames(code.slice(starts[from - head]), name);
  return { code, parameters, plain, members };
}

/** Names that a file gives a meaning. */
function knownIn(text: string, by: readonly Language[]): ReadonlySet<string> {
  return new Set([
    ...definitionsIn(text, by).map(({ name }) => lastOf(name)),
    ...marginStatements(text, by).flatMap(({ names }) => names),
    ...allImports(text, by).flatMap((statement) => boundNames(statement, by)),
  ]);
}

function needs(piece: Piece, one: MarginStatement): boolean {
  return one.names.some((name) => {
    if (one.of !== null && piece.members.has(name)) return true;
    return piece.plain.has(name) && !binds(piece, name, one);
  });
}

/** Whether a value may stand above a function: one that is made by it shows how it is used. */
function isValueFor(name: string, { kind, piece }: MarginStatement & { readonly piece: Piece }): boolean {
  return kind !== "value" || !piece.plain.has(name);
}

/** Whether code gives a name a meaning of its own: as a parameter, by a word that declares, or by what it gets. */
function binds({ code, parameters }: Piece, name: string, { kind, isSaid }: MarginStatement): boolean {
  if (parameters.has(name)) return true;
  const word = `(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`;
  // Before a type these words do not declare it: `value as Type`, `&mut Type`, `impl Trait for Type`.
  if (kind !== "type") {
    const said =
      `\\b(?:const|let|var|(?<![&*])mut|for|as|lambda|catch|def|fn|func|function)[ \\t]{1,9}(?:[\\w$]{1,80}[ \\t]{0,9},[ \\t]{0,9}){0,9}`;
    const within = "(?:(?!\\b(?:in|of)\\b)[^=;\\n]){0,200}";
    const list = `\\b(?:const|let|var|for)[ \\t]{0,9}\\(?(?:const[ \\t]|let[ \\t])?[ \\t]{0,9}[{[(]${within}`;
    if (new RegExp(`${said}${word}|${list}${word}(?![ \\t]{0,9}:)|${word}[ \\t]{0,9}:=`).test(code)) return true;
  }
  if (isSaid || new RegExp(`\\b(?:global|nonlocal)\\b[^\\n]{0,200}${word}`).test(code)) return false;
  return new RegExp(
    `^[ \\t]{1,400}(?:[\\w., ]{0,200},[ \\t]{0,9})?${word}[ \\t]{0,9}(?:,[\\w., ]{0,200})?(?::[^=\\n]{1,200})?=(?!=)`,
    "m",
  )
    .test(outsideBrackets(code));
}

/** Code without what stands in brackets: what a call is given there is no statement. */
function outsideBrackets(code: string): string {
  let depth = 0;
  return code.split("").filter((sign) => {
    if ("([".includes(sign)) return depth++ === 0;
    if (")]".includes(sign)) return (depth = Math.max(0, depth - 1)) === 0;
    return depth === 0;
  }).join("");
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
