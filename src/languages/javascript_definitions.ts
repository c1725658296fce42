import type { CodeLines, Writing } from "./code_lines.ts";
import { type Beginning, findDefinitions } from "./find_definitions.ts";
import { behindBlanks, bodyAt, type FunctionCode, functionCode, typeEnd, valueBody } from "./javascript_functions.ts";
import type { Definition } from "./language.ts";

/** What looks like a method and is a statement. */
const STATEMENTS = new Set("if for while switch catch function".split(" "));
/** What a file gives to others through, and what holds what all files see: no part of a name. */
const GIVEN = /^(?:(?:module\.)?exports|window|globalThis|self|global)\./;

const FUNCTION = /^(\s*)(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b\s*(?:\*\s*)?([\w$]+)/;
const VALUE = /^(\s*)(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?=[:=])/;
const ASSIGNED = /^(\s*)((?:[\w$]+\.)+[\w$]+)\s*(?==(?![=>]))/;
const EXPORTED = /^(\s*)(?:module\.)?exports\s*=\s*(?=(?:async\s+)?function\b\s*(?:\*\s*)?([\w$]+))/;
const FIELD =
  /^(\s+)(?:(?:public|private|protected|static|readonly|override|accessor)\s+)*#?([\w$]+)\s*(?:[?!]\s*)?(?=[:=])/;
const PROPERTY = /^(\s+)([\w$]+)\s*:/;
const METHOD =
  /^(\s+)(?:(?:public|private|protected|static|async|override|get|set)\s+)*(?:\*\s*)?#?([\w$]+)\s*(?=[<(])/;
/** A method without a name that could be written, and types, in which no function stands. */
const NAMELESS = /^(\s+)(?:(?:public|private|protected|static|async|get|set)\s+)*(?:\*\s*)?\[[^\]]*\]\s*(?=[<(])/;
const TYPE = /^(\s*)(?:export\s+)?(?:declare\s+)?type\s+[\w$]+(?:\s*=|<)/;

/**
 * Finds the functions and methods of JavaScript and TypeScript: declared, given to a name, a field, a property or a prototype, in classes and
 * objects. Their parameters and types may go over several lines; what only says how something is called is none.
 *
 * @param text code
 * @param writing how its code is told apart
 */
export function javascriptDefinitions(text: string, writing: Writing = {}): Definition[] {
  return findDefinitions(text, writing, (read) => {
    const code = functionCode(read.text);
    return (index, isWithin) => beginsAt(read, code, index, isWithin);
  });
}

function beginsAt(read: CodeLines, code: FunctionCode, index: number, isWithin: boolean): Beginning | null {
  const line = read.code[index]!;
  const match = (form: RegExp) => {
    const found = form.exec(line);
    if (found === null) return null;
    return { indent: found[1]!.length, name: found[2] ?? "", at: read.starts[index]! + found[0].length };
  };
  const named = match(FUNCTION);
  if (named !== null) return bodyAt(code, named.at, "{") < 0 ? null : named;
  const value = match(VALUE) ?? (isWithin ? match(FIELD) : null);
  if (value !== null && isFunction(code, value.at)) return value;
  const exported = match(EXPORTED);
  if (exported !== null) return valueBody(code, exported.at) < 0 ? null : exported;
  const assigned = match(ASSIGNED);
  if (assigned !== null) return isFunction(code, assigned.at) ? { ...assigned, name: plainName(assigned.name) } : null;
  const none = match(TYPE) ?? (isWithin ? match(NAMELESS) : null);
  if (none !== null) return { ...none, name: null };
  const property = isWithin ? null : match(PROPERTY);
  if (property !== null) return isBlock(code, valueBody(code, property.at)) ? property : null;
  const method = match(METHOD);
  if (method === null || STATEMENTS.has(method.name) || !isWithin && method.name === "with") return null;
  return bodyAt(code, method.at, "{") < 0 ? null : method;
}

/** Whether a name is given a function behind its type, if it has one. */
function isFunction(code: FunctionCode, at: number): boolean {
  const { text } = code;
  const end = text[at] === ":" ? typeEnd(code, at + 1, "=") : at;
  return end >= 0 && text[end] === "=" && text[end + 1] !== "=" && valueBody(code, end + 1) >= 0;
}

/** Whether a body is one in brackets: what is an expression may as well be a type. */
function isBlock({ text }: FunctionCode, at: number): boolean {
  if (at < 0) return false;
  return text[text[at] === "=" ? behindBlanks(text, at + 2) : at] === "{";
}

/** `add` of `module.exports.add`, `Stack.push` of `Stack.prototype.push`; null for what has no name of its own. */
function plainName(path: string): string | null {
  if (path.startsWith("this.") || path === "module.exports") return null;
  return path.replace(GIVEN, "").replace(".prototype.", ".");
}
