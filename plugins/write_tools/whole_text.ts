import { codePieces, importStatements, type Language, ToolError, withImportsInOrder } from "../../src/plugin/mod.ts";

/** Comments that are meant for tools: who leaves them out may mean it. */
const DIRECTIVE =
  /go:build|\+build|@ts-|eslint|prettier|biome|deno-lint|noqa|pylint|mypy|type: *ignore|pragma|coding[:=]/i;

/**
 * Gives the whole new text of a file what a model leaves out of it: the comments that the file begins with, and imports.
 *
 * @param text the new text
 * @param before the text that the file has; the empty text for a new one
 * @param by the languages whose forms count
 */
export function asWholeFile(text: string, before: string, by: readonly Language[]): string {
  return withImportsInOrder(withHeadAsBefore(text, before, by), before, by);
}

/**
 * Refuses a text that is a file's own but for comments that it leaves out: a small model that finds nothing to change writes such copies.
 *
 * @param path the file, as it is named to the model
 * @throws {ToolError} where nothing else is new
 */
export function refuseCopy(path: string, text: string, before: string, by: readonly Language[]): void {
  // Of a file of no known language nobody can tell what is a comment.
  if (by.length !== 1) return;
  const [now, was] = [partsOf(text, by), partsOf(before, by)];
  const known = new Set(was.comments);
  const isLess = now.comments.length < was.comments.length && now.comments.every((comment) => known.has(comment));
  if (now.code !== was.code || !isLess) return;
  throw new ToolError(
    `The code is what ${path} holds already, only comments are left out; nothing was changed. Use edit_file to change comments.`,
  );
}

/**
 * Refuses a text that takes names from the very file that it is to be: a small model that sees the test of a new file writes that once more.
 *
 * @param path the file, relative to the project
 * @throws {ToolError} where it cannot be loaded for that
 */
export function refuseOfItself(path: string, text: string, by: readonly Language[]): void {
  const imports = by.length === 1 && by[0]!.folderScope === undefined ? by[0]!.imports : undefined;
  if (imports?.files === undefined || imports.passesOn?.test(path) === true) return;
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const own = importStatements(text, by).find((statement) =>
    statement.split(/[^\w-]+/).includes(stem) && imports.files!(path, statement, [path]).length > 0
  );
  if (own === undefined) return;
  throw new ToolError(
    `"${own.split("\n", 1)[0]}" takes names from ${path} itself, as its test would. Write the code that defines them.`,
  );
}

/** The comments that a file begins with stay where a new text begins with the same line of code and without any. */
function withHeadAsBefore(text: string, before: string, by: readonly Language[]): string {
  if (by.length !== 1 || before === "") return text;
  const head = headOf(before, by);
  if (head === "" || DIRECTIVE.test(head) || headOf(text, by) !== "" || text.startsWith("#!")) return text;
  const comments = new Set(partsOf(text, by).comments);
  if (partsOf(head, by).comments.some((comment) => comments.has(comment))) return text;
  const first = firstLine(before.slice(head.length));
  return first === firstLine(text) ? head + text.trimStart() : text;
}

/** Comments at the beginning of a text, with the blank lines behind them. */
function headOf(text: string, by: readonly Language[]): string {
  const pieces = codePieces(text, by[0]?.comments, by[0]?.quotes);
  let head = "";
  for (const piece of pieces) {
    if (piece.kind === "comment" || piece.kind === "code" && piece.text.trim() === "") {
      head += piece.text;
      continue;
    }
    if (head.trim() === "") return "";
    return piece.kind === "code" ? head + /^\s*/.exec(piece.text)![0] : head;
  }
  return "";
}

function held(quoted: string[], text: string): string {
  quoted.push(text);
  return '""';
}

function firstLine(text: string): string {
  return /\S[^\n]*/.exec(text)?.[0].trimEnd() ?? "";
}

/** Code without its comments, the blank lines in it and what is blank at the end of its lines, and the comments. */
function partsOf(text: string, by: readonly Language[]) {
  const pieces = codePieces(text, by[0]?.comments, by[0]?.quotes);
  // A text in quotes is one sign, whatever lines it goes over.
  const quoted: string[] = [];
  const code = pieces.map(({ kind, text }) => kind === "comment" ? "" : kind === "code" ? text : held(quoted, text))
    .join("");
  const lines = code.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "");
  return {
    code: JSON.stringify([lines, quoted]),
    comments: pieces.filter(({ kind }) => kind === "comment").map((piece) => piece.text.trim()),
  };
}
