import type { Writing } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import { HASH_QUOTES, LONG_QUOTES, RAW_QUOTES } from "./quotes.ts";

export { javascriptMethod } from "./javascript_method.ts";

/** Writes a function that came without what it belongs to as the method that stood there, as `Language.asMethod` wants it. */
export type AsMethod = (before: string, anew: string, head: string) => string;

/** Characters in which the name and the parameters of a function have to stand. */
const MOST = 2_000;

/** The beginning of a function in code. */
interface Head {
  /** Where its parameters begin. */
  readonly at: number;
  readonly parameters: string;
  /** What comes behind them. */
  readonly body: string;
}

const GO_CODE: Writing = { comments: ["//", "/*"], quotes: RAW_QUOTES };
const PYTHON_CODE: Writing = { comments: ["#"], quotes: LONG_QUOTES };
const RUST_CODE: Writing = { comments: ["//", "/*"], quotes: HASH_QUOTES };

const GO = /^func[ \t]{1,20}\w{1,200}[ \t]{0,20}\(/;
const PYTHON = /^[ \t]{0,200}(?:async[ \t]{1,20})?def[ \t]{1,20}\w{1,200}[ \t]{0,20}\(/;
const RUST =
  /^[ \t]{0,200}(?:pub(?:\([^)\n]{0,80}\))?[ \t]{1,20})?(?:(?:const|async|unsafe)[ \t]{1,20}){0,3}fn[ \t]{1,20}\w{1,200}[ \t]{0,20}\(/;

/** Go: the receiver, where its name is used and is nothing else. */
export const goMethod: AsMethod = (before, anew) => {
  const [, receiver = "", own = ""] = /^func[ \t]{1,20}\(((\w{1,80})[ \t][^()\n]{1,200})\)/.exec(before) ?? [];
  const written = headIn(anew, GO, GO_CODE);
  return own !== "" && written !== null && lacks(written, own)
    ? `func (${receiver}) ${anew.replace(/^func[ \t]{1,20}/, "")}`
    : anew;
};

/** Python: `self`, or `cls`, but for what says that it is called without an object. */
export const pythonMethod: AsMethod = (before, anew, head) => {
  const own = /^\s{0,200}(self|cls)\b/.exec(headIn(before, PYTHON, PYTHON_CODE)?.parameters ?? "")?.[1];
  const written = headIn(anew, PYTHON, PYTHON_CODE);
  if (own === undefined || written === null || head.includes("@staticmethod")) return anew;
  return lacks(written, own) ? withFirst(anew, written, own) : anew;
};

/** Rust: `self`, owned or borrowed as before. */
export const rustMethod: AsMethod = (before, anew) => {
  const own = /^\s{0,200}(&\s{0,9}(?:'\w{1,40}\s{1,9})?(?:mut\s{1,9})?self|(?:mut\s{1,9})?self)\s{0,200}(?:,|$)/
    .exec(headIn(before, RUST, RUST_CODE)?.parameters ?? "")?.[1];
  const written = headIn(anew, RUST, RUST_CODE);
  return own !== undefined && written !== null && lacks(written, "self") ? withFirst(anew, written, own) : anew;
};

/** Reads the beginning of a function; null where the text begins with none. */
function headIn(text: string, open: RegExp, { comments, quotes }: Writing): Head | null {
  // Of the same length, so that each sign of the code stands where it stands in the text.
  const code = codePieces(text, comments, quotes)
    .map((piece) => piece.kind === "code" ? piece.text : " ".repeat(piece.text.length)).join("");
  const at = open.exec(code.slice(0, MOST))?.[0].length;
  if (at === undefined) return null;
  let depth = 1;
  let end = at;
  for (; depth > 0 && end < Math.min(code.length, at + MOST); end++) {
    if ("([{".includes(code[end]!)) depth += 1;
    else if (")]}".includes(code[end]!)) depth -= 1;
  }
  return depth > 0 ? null : { at, parameters: code.slice(at, end - 1), body: code.slice(end) };
}

/** Whether a function uses a name that it neither takes nor gives a value, nor anything within it. */
function lacks({ parameters, body }: Head, name: string): boolean {
  const word = `\\b${name}\\b`;
  const binds = new RegExp(
    `\\b(?:def|fn|func|lambda)\\b[^\\n{:]{0,200}${word}|\\b(?:for|let|var|as)[ \\t]{1,9}${word}|${word}[ \\t]{0,9}(?:,[ \\t\\w,*]{0,80})?:?=(?!=)`,
  );
  return !new RegExp(word).test(parameters) && new RegExp(`${word}\\s{0,9}[.(]`).test(body) &&
    !binds.test(body);
}

/** Puts a parameter before all others. */
function withFirst(text: string, { at, parameters }: Head, parameter: string): string {
  const space = /^[ \t]{0,200}\n/.test(parameters) ? "," : parameters.trim() === "" ? "" : ", ";
  return `${text.slice(0, at)}${parameter}${space}${text.slice(at)}`;
}
