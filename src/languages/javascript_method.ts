import { codeLines, type Writing } from "./code_lines.ts";
import { bodyAt, functionCode } from "./javascript_functions.ts";
import { TEMPLATE_QUOTES } from "./quotes.ts";

const WRITING: Writing = { comments: ["//", "/*"], quotes: TEMPLATE_QUOTES };
/** Characters in which the name and the parameters of a function have to stand. */
const MOST = 2_000;
const METHOD =
  /^[ \t]{1,200}((?:(?:public|private|protected|static|override|async|get|set)[ \t]{1,20}){0,6})(?:\*[ \t]{0,20})?(#?)[\w$]{1,200}[ \t]{0,20}[(<]/;
/** What a function is given to: a path, a field of a class, a property of an object. */
const GIVEN =
  /^[ \t]{0,200}(?:(?:[\w$]{1,200}\.){1,6}[\w$]{1,200}[ \t]{0,20}=(?!=)|(?<=[ \t])(?:(?:public|private|protected|static|readonly|override|accessor)[ \t]{1,20}){0,6}#?[\w$]{1,200}[?!]?[ \t]{0,20}(?::[^=\n]{1,300})?=(?![=>])|(?<=[ \t])(?:[\w$]{1,200}|"[^"\n]{1,200}"|'[^'\n]{1,200}')[ \t]{0,20}:)[ \t]{0,20}/;
const DECLARED =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(?:default[ \t]{1,20})?(async[ \t]{1,20})?function[ \t]{0,20}(\*?)[ \t]{0,20}([\w$]{1,200})[ \t]{0,20}(?=[(<])/;
const NAMED =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(?:const|let|var)[ \t]{1,20}[\w$]{1,200}[ \t]{0,20}=(?![=>])[ \t]{0,20}/;

/** A function as it stands outside of all. */
const FUNCTION =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(async[ \t]{1,20})?function[ \t]{0,20}(\*?)[ \t]{0,20}(?=[\w$]{1,200}[ \t]{0,20}[(<])/;
/** A named value that holds a function. */
const VALUE =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(?:const|let|var)[ \t]{1,20}([\w$]{1,200})[ \t]{0,20}(?::[^=\n]{1,400})?=[ \t]{0,20}(?=async\b|function\b|\(|<|[\w$]{1,200}[ \t]{0,20}=>)/;

/**
 * JavaScript and TypeScript: what stands in a class or an object has no `function` and no `const`, and has the words that say who may call it,
 * and how; what was given to a name, a field or a property still is; and the sign that ends it stays.
 */
export function javascriptMethod(before: string, anew: string): string {
  const given = GIVEN.exec(before)?.[0].trimStart();
  const text = given === undefined ? asOwnMethod(before, anew) : givenTo(given, before, anew);
  if (text === null) return anew;
  const [old, whole] = [before.trimEnd(), text.trimEnd()];
  const plain = /[;,]$/.test(whole) ? whole.slice(0, -1) : whole;
  // Behind a property stands a comma, whatever ended what was written.
  if (old.endsWith(",")) return `${plain},`;
  if (given !== undefined && text !== anew && old.endsWith(";")) return `${plain};`;
  return given === undefined && plain.endsWith("}") && old.endsWith("}") ? plain : text;
}

/** Gives a function that was declared to what the one before was given to. */
function givenTo(given: string, before: string, anew: string): string {
  const named = NAMED.exec(anew);
  if (named !== null) return `${named[1]}${given}${anew.slice(named[0].length)}`;
  const [open, indent = "", isAsync = "", star = "", name = ""] = DECLARED.exec(anew) ?? [];
  if (open === undefined) return anew;
  const { text } = codeLines(anew, WRITING);
  const body = bodyAt(functionCode(text), open.length, "{");
  if (body < 0) return anew;
  const callsItself = [...text.slice(body).matchAll(/(?<![\w$.])([\w$]{1,200})[ \t]{0,9}\(/g)].some(([, one]) =>
    one === name
  );
  const wasArrow = !/^(?:async[ \t]{1,20})?function\b/.test(before.trimStart().slice(given.length));
  // An arrow has no name to call itself by, and no arguments of its own.
  return wasArrow && star === "" && !callsItself && !/(?<![\w$.])arguments\b/.test(text.slice(body))
    ? `${indent}${given}${isAsync}${anew.slice(open.length, body)}=> ${anew.slice(body)}`
    : `${indent}${given}${isAsync}function${star} ${name}${anew.slice(open.length)}`;
}

/** A function as the method whose place it takes; null where that is none, the text as it came where it cannot be one. */
function asOwnMethod(before: string, anew: string): string | null {
  const [old, words = "", hash = ""] = METHOD.exec(before) ?? [];
  if (old === undefined) return null;
  const written = functionIn(anew);
  const isAccessor = /\b[gs]et\b/.test(words);
  // No getter is asynchronous.
  if (written === null || isAccessor && written.isAsync) return anew;
  const kept = words.trim().split(/[ \t]+/).filter((word) => word !== "" && (word !== "async" || !written.isAsync));
  const all = [...kept, ...(written.isAsync ? ["async"] : [])].map((word) => `${word} `).join("");
  return `${written.indent}${all}${written.star}${hash}${written.rest}`;
}

/** A function as a method needs it. */
interface Written {
  readonly indent: string;
  readonly isAsync: boolean;
  readonly star: string;
  /** Its name and all behind that. */
  readonly rest: string;
}

/** Reads a function that was written outside of all; null where it is none, or a signature alone. */
function functionIn(text: string): Written | null {
  const [open, indent = "", isAsync = "", star = ""] = FUNCTION.exec(text) ?? [];
  if (open !== undefined) {
    return text.trimEnd().endsWith("}")
      ? { indent, isAsync: isAsync !== "", star, rest: text.slice(open.length) }
      : null;
  }
  const [head, before = "", name = ""] = VALUE.exec(text) ?? [];
  if (head === undefined) return null;
  const value = text.slice(head.length);
  const [said, asynchronous = "", generator = ""] =
    /^(async\b[ \t]{0,20})?function[ \t]{0,20}(\*?)[ \t]{0,20}(?:[\w$]{1,200}[ \t]{0,20})?(?=[(<])/.exec(value) ?? [];
  if (said !== undefined) {
    return {
      indent: before,
      isAsync: asynchronous !== "",
      star: generator,
      rest: `${name}${value.slice(said.length)}`,
    };
  }
  const isArrowAsync = /^async\b(?![ \t]{0,20}=>)/.test(value);
  const rest = arrowAsMethod(value.replace(/^async\b(?![ \t]{0,20}=>)[ \t]{0,20}/, ""), before);
  return rest === null ? null : { indent: before, isAsync: isArrowAsync, star: "", rest: `${name}${rest}` };
}

/** Parameters and body of an arrow function as a method has them; null where its arrow is not found. */
function arrowAsMethod(text: string, indent: string): string | null {
  const { text: code } = codeLines(text, WRITING);
  let depth = 0;
  let at = 0;
  for (; at < Math.min(code.length, MOST) && (depth > 0 || !code.startsWith("=>", at)); at++) {
    if ("([{".includes(code[at]!)) depth += 1;
    else if (")]}".includes(code[at]!)) depth -= 1;
  }
  if (!code.startsWith("=>", at)) return null;
  const head = text.slice(0, at).trimEnd();
  const parameters = /^[\w$]+$/.test(head) ? `(${head})` : head;
  const body = text.slice(at + 2).trim();
  if (body.startsWith("{")) return `${parameters} ${body}`;
  const value = body.replace(/;$/, "");
  return `${parameters} {\n${indent}  return ${value};\n${indent}}`;
}
