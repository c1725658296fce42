import { codePieces } from "./code_pieces.ts";

/** Characters in which the name and the parameters of a function have to stand. */
const MOST = 2_000;
const METHOD =
  /^[ \t]{1,200}((?:(?:public|private|protected|static|override|async|get|set)[ \t]{1,20}){0,6})(?:\*[ \t]{0,20})?(#?)[\w$]{1,200}[ \t]{0,20}[(<]/;
/** What is given to a name of something else: of what a file offers, of what objects of a kind share. */
const ASSIGNED =
  /^([ \t]{0,200}[\w$]{1,200}(?:\.[\w$]{1,200}){1,9}[ \t]{0,20}=[ \t]{0,20})(?=async\b|function\b|\(|[\w$]{1,200}[ \t]{0,20}=>)/;
/** A member of an object by its name and a colon, and a field of a class that holds a function. */
const PROPERTY =
  /^[ \t]{1,200}((?:[\w$]{1,200}|"[^"\n]{1,200}"|'[^'\n]{1,200}')[ \t]{0,20}:[ \t]{0,20})(?=async\b|function\b|\(|[\w$]{1,200}[ \t]{0,20}=>)/;
const FIELD =
  /^[ \t]{1,200}((?:(?:public|private|protected|static|override|readonly)[ \t]{1,20}){0,6})(?!(?:const|let|var)\b)(#?)[\w$]{1,200}[ \t]{0,20}(?::[^=\n]{1,200})?=(?![=>])/;
/** A function as it stands outside of all. */
const FUNCTION =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(async[ \t]{1,20})?function[ \t]{0,20}(\*?)[ \t]{0,20}(?=[\w$]{1,200}[ \t]{0,20}[(<])/;
/** A named value that holds a function. */
const VALUE =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(?:const|let|var)[ \t]{1,20}([\w$]{1,200})[ \t]{0,20}(?::[^=\n]{1,400})?=[ \t]{0,20}(?=async\b|function\b|\(|<|[\w$]{1,200}[ \t]{0,20}=>)/;

/**
 * JavaScript and TypeScript: what stands in a class or an object has no `function` and no `const`, and has the words that say who may call it,
 * and how; and behind it a comma where one was.
 *
 * @param before text of the member that stands there, from its first line
 * @param anew text of the function that takes its place
 * @returns the text, as it came where the other is no member
 */
export function javascriptMethod(before: string, anew: string): string {
  const property = PROPERTY.exec(before)?.[1] ?? ASSIGNED.exec(before)?.[1]?.trimStart();
  if (property !== undefined) return closedAs(before, asProperty(property, anew));
  const field = FIELD.exec(before);
  const value = VALUE.exec(anew);
  if (field !== null && value !== null) {
    const named = anew.slice(value[1]!.length).replace(/^(?:export[ \t]{1,20})?(?:const|let|var)[ \t]{1,20}/, "");
    return closedAs(before, `${value[1]}${field[1]}${field[2]}${named}`);
  }
  const [old, words = "", hash = ""] = METHOD.exec(before) ?? field ?? [];
  if (old === undefined) return anew;
  const written = functionIn(anew);
  const isAccessor = /\b[gs]et\b/.test(words);
  // No getter is asynchronous.
  if (written === null || isAccessor && written.isAsync) return closedAs(before, anew);
  const kept = words.trim().split(/[ \t]+/).filter((word) =>
    word !== "" && word !== "readonly" && (word !== "async" || !written.isAsync)
  );
  const all = [...kept, ...(written.isAsync ? ["async"] : [])].map((word) => `${word} `).join("");
  return closedAs(before, `${written.indent}${all}${written.star}${hash}${written.rest}`);
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
  // Of the same length, so that each sign of the code stands where it stands in the text.
  const code = codePieces(text, ["//", "/*"])
    .map((piece) => piece.kind === "code" ? piece.text : " ".repeat(piece.text.length)).join("");
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

/** What was written, as the value of a member that has its name before a colon. */
function asProperty(key: string, anew: string): string {
  const [open, indent = ""] = FUNCTION.exec(anew) ?? VALUE.exec(anew) ?? [];
  if (open === undefined) return anew;
  const isValue = VALUE.test(anew);
  const value = isValue ? anew.slice(open.length) : anew.slice(indent.length).replace(/^export[ \t]{1,20}/, "");
  return `${indent}${key}${value}`;
}

/** A member with what stood behind the one in whose place it is: a comma in an object, a semicolon or nothing elsewhere. */
function closedAs(before: string, anew: string): string {
  const [old, text] = [before.trimEnd(), anew.trimEnd()];
  const plain = /[;,]$/.test(text) ? text.slice(0, -1) : text;
  if (old.endsWith(",")) return `${plain},`;
  if (ASSIGNED.test(before) && old.endsWith(";")) return `${plain};`;
  return plain.endsWith("}") && old.endsWith("}") ? plain : anew;
}
