import type { AsMethod } from "./as_method.ts";
import { codeLines } from "./code_lines.ts";
import { bodyAt, functionCode } from "./javascript_functions.ts";
import { TEMPLATE_QUOTES } from "./quotes.ts";

/** What a function is given to: a path, a field of a class, a property of an object. */
const GIVEN =
  /^[ \t]{0,200}(?:(?:[\w$]{1,200}\.){1,6}[\w$]{1,200}[ \t]{0,20}=(?!=)|(?<=[ \t])(?:(?:public|private|protected|static|readonly|override|accessor)[ \t]{1,20}){0,6}#?[\w$]{1,200}[?!]?[ \t]{0,20}(?::[^=\n]{1,300})?=(?![=>])|(?<=[ \t])[\w$]{1,200}[ \t]{0,20}:)[ \t]{0,20}/;
const DECLARED =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(?:default[ \t]{1,20})?(async[ \t]{1,20})?function[ \t]{0,20}(\*?)[ \t]{0,20}([\w$]{1,200})[ \t]{0,20}(?=[(<])/;
const NAMED =
  /^([ \t]{0,200})(?:export[ \t]{1,20})?(?:const|let|var)[ \t]{1,20}[\w$]{1,200}[ \t]{0,20}=(?![=>])[ \t]{0,20}/;

/**
 * JavaScript and TypeScript: no `function` in a class, and the words that say who may call a method, and how; what was given to a name, a
 * field or a property still is, and the sign that ends it stays.
 */
export const javascriptMethod: AsMethod = (before, anew) => {
  const given = GIVEN.exec(before)?.[0].trimStart();
  const text = given === undefined ? asOwnMethod(before, anew) : givenTo(given, before, anew);
  const end = /[,;]$/.exec(before.trimEnd())?.[0];
  // Behind a property stands a comma, whatever ended what was written.
  if (end === "," && !/,\s*$/.test(text)) return `${text.trimEnd().replace(/;$/, "")},`;
  return end === ";" && text !== anew && !/[,;]$/.test(text.trimEnd()) ? `${text.trimEnd()};` : text;
};

/** Gives a function that was declared to what the one before was given to. */
function givenTo(given: string, before: string, anew: string): string {
  const named = NAMED.exec(anew);
  if (named !== null) return `${named[1]}${given}${anew.slice(named[0].length)}`;
  const [open, indent = "", isAsync = "", star = "", name = ""] = DECLARED.exec(anew) ?? [];
  if (open === undefined) return anew;
  const { text } = codeLines(anew, { comments: ["//", "/*"], quotes: TEMPLATE_QUOTES });
  const body = bodyAt(functionCode(text), open.length, "{");
  if (body < 0) return anew;
  const callsItself = [...text.slice(body).matchAll(/(?<![\w$.])([\w$]{1,200})[ \t]{0,9}\(/g)].some(([, one]) =>
    one === name
  );
  const wasArrow = !/^(?:async[ \t]{1,20})?function\b/.test(before.trimStart().slice(given.length));
  return wasArrow && star === "" && !callsItself
    ? `${indent}${given}${isAsync}${anew.slice(open.length, body)}=> ${anew.slice(body)}`
    : `${indent}${given}${isAsync}function${star} ${name}${anew.slice(open.length)}`;
}

/** JavaScript and TypeScript: no `function`, and the words that say who may call it, and how. */
const asOwnMethod = (before: string, anew: string): string => {
  const [old = "", words = "", hash = ""] =
    /^[ \t]{1,200}((?:(?:public|private|protected|static|override|async|get|set)[ \t]{1,20}){0,6})(?:\*[ \t]{0,20})?(#?)[\w$]{1,200}[ \t]{0,20}[(<]/
      .exec(before) ?? [];
  const [open = "", indent = "", isAsync = "", star = ""] =
    /^([ \t]{0,200})(?:export[ \t]{1,20})?(async[ \t]{1,20})?function[ \t]{0,20}(\*?)[ \t]{0,20}(?=[\w$]{1,200}[ \t]{0,20}[(<])/
      .exec(anew) ?? [];
  const isAccessor = /\b[gs]et\b/.test(words);
  // A signature alone is none that could stand in its place, and no getter is asynchronous.
  if (old === "" || open === "" || !anew.trimEnd().endsWith("}") || isAccessor && isAsync !== "") return anew;
  const kept = words.trim().split(/[ \t]+/).filter((word) => word !== "" && (word !== "async" || isAsync === ""));
  const all = [...kept, ...(isAsync === "" ? [] : ["async"])].map((word) => `${word} `).join("");
  return `${indent}${all}${star}${hash}${anew.slice(open.length)}`;
};
