import { functionName, importVisitor, listOf, placesOf, toolName } from "./syntax.ts";
import { importedFile, layerOf } from "./layers.ts";
import { isForPeople, isNameless, isSentence, RITUAL, SENTENCES_HELD } from "./limits.ts";

/** A text at a line, counted from 1. */
export interface Placed {
  readonly line: number;
  readonly text: string;
}

/** A text where a tool's name can stand. */
export interface Named extends Placed {
  /** All texts of the list that it stands in, itself among them. */
  readonly among: readonly string[];
}

/** A function and how many lines its body has. */
export interface MeasuredFunction {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** What the rules of the house need to know of one file. */
export interface FileMeasure {
  /** Relative to the project. */
  readonly path: string;
  readonly lines: number;
  /** Lines that hold more than comments and blanks. */
  readonly code: number;
  /** Lines that hold comments alone. */
  readonly comments: number;
  readonly functions: readonly MeasuredFunction[];
  /** Files that it imports, also types alone, relative to the project. */
  readonly imports: readonly string[];
  /** Names of the tools that it defines. */
  readonly tools: readonly string[];
  /** Sentences that are not for people, of folders that have a row in `SENTENCES_HELD`. */
  readonly sentences: readonly Placed[];
  /** Texts where a tool's name can stand, of folders that know no names. */
  readonly names: readonly Named[];
  /** Lines of code, comments taken off, of folders that know no names. */
  readonly codeLines: readonly Placed[];
  /** Lines of comments, of folders that know no names; of others those that are ritual. */
  readonly commentLines: readonly Placed[];
}

/** What one walk through a file collects. */
type Collected = {
  -readonly [Key in "functions" | "imports" | "tools" | "sentences" | "names"]: FileMeasure[Key][number][];
};

/**
 * Measures a file while `deno lint` walks through it.
 *
 * @param path of the file, relative to the project
 * @param source of the file
 * @param done is told what was measured, once, at the end
 */
export function measuring(
  path: string,
  source: Deno.lint.SourceCode,
  done: (measure: FileMeasure) => void,
): Deno.lint.LintVisitor {
  const found: Collected = { functions: [], imports: [], tools: [], sentences: [], names: [] };
  return {
    ...collectFunctions(source.text, found),
    ...collectTexts(path, source.text, found),
    ...importVisitor((_, specifier) => {
      const file = importedFile(path, specifier);
      if (file !== null) found.imports.push(file);
    }),
    CallExpression(node) {
      const name = toolName(node);
      if (name !== null) found.tools.push(name);
    },
    "Program:exit"() {
      const { codeLines, commentLines, ...counts } = readLines(source);
      const nameless = isNameless(path);
      done({
        path,
        ...counts,
        ...found,
        codeLines: nameless ? codeLines : [],
        commentLines: commentLines.filter(({ text }) => nameless || RITUAL.test(text)),
      });
    },
  };
}

function collectFunctions(text: string, { functions }: Collected): Deno.lint.LintVisitor {
  const measure = (
    node: Deno.lint.FunctionDeclaration | Deno.lint.FunctionExpression | Deno.lint.ArrowFunctionExpression,
  ) => {
    if (node.body === null) return;
    const [from, to] = node.body.range;
    const line = lineAt(text, from);
    functions.push({ name: functionName(node), line, lines: lineAt(text, to) - line + 1 });
  };
  return { FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure };
}

function collectTexts(path: string, source: string, { sentences, names }: Collected): Deno.lint.LintVisitor {
  const readsSentences = Object.hasOwn(SENTENCES_HELD, layerOf(path) ?? "");
  const nameless = isNameless(path);
  const read = (node: Deno.lint.StringLiteral | Deno.lint.TemplateLiteral, text: string) => {
    const line = lineAt(source, node.range[0]);
    if (readsSentences && isSentence(text) && !isForPeople(path, placesOf(node))) sentences.push({ line, text });
    const among = nameless ? listOf(node) : null;
    if (among !== null) names.push({ line, text, among });
  };
  return {
    Literal(node) {
      if (typeof node.value === "string") read(node as Deno.lint.StringLiteral, node.value);
    },
    TemplateLiteral: (node) => read(node, node.quasis.map(({ cooked }) => cooked).join("…")),
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Tells the lines of code and of comments of a file apart; a line with both is code. */
function readLines(source: Deno.lint.SourceCode) {
  const lines = source.text.replace(/\n$/, "").split("\n");
  const comments = source.getAllComments();
  let bare = source.text;
  for (const { range: [from, to] } of comments) {
    bare = bare.slice(0, from) + bare.slice(from, to).replace(/[^\n]/g, " ") + bare.slice(to);
  }
  const codeLines = placed(bare, 1).filter(({ text }) => text.trim() !== "");
  const commentLines = comments.flatMap(({ range: [from, to] }) =>
    placed(source.text.slice(from, to), lineAt(source.text, from))
  );
  const withCode = new Set(codeLines.map(({ line }) => line));
  const commented = new Set(commentLines.map(({ line }) => line));
  return {
    lines: lines.length,
    code: codeLines.length,
    comments: commented.difference(withCode).size,
    codeLines,
    commentLines,
  };
}

function placed(text: string, first: number): readonly Placed[] {
  return text.split("\n").map((line, index) => ({ line: first + index, text: line }));
}
