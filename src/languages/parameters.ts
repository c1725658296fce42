import { depths, listParts } from "./list_parts.ts";

/** Characters of a definition in which its parameters are looked for. */
const MOST = 2_000;
/** How deep patterns in patterns are read. */
const DEEPEST = 6;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/**
 * Reads the names of a function's parameters: neither their types, nor what they are where nothing is given for them.
 *
 * @param code the function from its own first line, without what stands in quotes and in comments
 * @param name what it is called, without what it belongs to
 */
export function parameterNames(code: string, name: string): ReadonlySet<string> {
  const head = code.slice(0, MOST);
  const isTypeLast = /^\s*func\b/.test(head);
  const receiver = /^\s*func\s*(?=\()/.exec(head)?.[0].length;
  const read = (at: number) => listParts(head.slice(at + 1, closeOf(head, at) ?? at)).flatMap((part) => named(part));
  // What is called as a value outside is that value where nothing is given for it.
  const named = (part: string) => {
    const otherwise: readonly string[] = part.slice((listParts(part, "=")[0] ?? "").length).match(/[\w$]+/g) ?? [];
    return namesIn(part, isTypeLast, 0).filter((one) => !otherwise.includes(one));
  };
  const own = listAt(head, name, receiver === undefined ? 0 : closeOf(head, receiver) ?? 0);
  return new Set([
    ...(receiver === undefined ? [] : read(receiver)),
    ...(typeof own === "string" ? [own] : own === null ? [] : read(own)),
  ]);
}

/** Where the list of parameters opens, or the only one of them where it has no list. */
function listAt(head: string, name: string, from: number): number | string | null {
  const word = new RegExp(`(?<![\\w$])${name.replace(/\W/g, "\\$&")}(?![\\w$])`, "g");
  word.lastIndex = from;
  let at = word.test(head) ? word.lastIndex : from;
  const typed = /^\??\s{0,9}:(?!:)[^\n]{0,400}?\s=\s/.exec(head.slice(at))?.[0].length;
  if (typed !== undefined) at += typed - 3;
  const rest = head.slice(at);
  const alone = /^\s{0,9}[=:]\s{0,9}(?:async\s{1,9})?([\w$]+)\s{0,9}=>/.exec(rest)?.[1];
  if (alone !== undefined) return alone;
  const generic = /^\s{0,9}</.exec(rest)?.[0].length;
  if (generic !== undefined) at = closeOf(head, at + generic - 1) ?? at;
  const open = head.indexOf("(", at);
  return open < 0 ? null : open;
}

/** Names that one parameter, or a part of a pattern, gives a meaning. */
function namesIn(part: string, isTypeLast: boolean, depth: number): readonly string[] {
  const whole = listParts(part, "=")[0] ?? "";
  const before = (listParts(whole, ":")[0] ?? "").trim();
  const open = before.search(/[{([]/);
  const isPattern = open === 0 || before[open] !== "[" && /^[\w:\s&]*$/.test(before.slice(0, open)) && !isTypeLast;
  if (open >= 0 && isPattern && closeOf(before, open) === before.length - 1) {
    if (depth >= DEEPEST) return [];
    const isKeyed = before[open] === "{";
    return listParts(before.slice(open + 1, -1)).flatMap((one) => {
      const parts = isKeyed ? listParts(listParts(one, "=")[0] ?? "", ":") : [one];
      return namesIn(parts.at(-1) ?? "", false, depth + 1);
    });
  }
  const words = withoutBrackets(before).match(/[\w$]+/g) ?? [];
  return words.slice(...(isTypeLast ? [0, 1] : [-1]));
}

function withoutBrackets(text: string): string {
  const deep = depths(text);
  return text.split("").filter((sign, at) => deep[at] === 0 && !/[)\]}>]/.test(sign)).join("");
}

/** Where the bracket closes that opens at a place; null where nothing closes it. */
function closeOf(text: string, open: number): number | null {
  let depth = 0;
  const [opens, closes] = [text[open]!, CLOSING[text[open]!]];
  for (let at = open; at < text.length; at++) {
    if (text[at] === opens) depth += 1;
    else if (text[at] === closes && !(closes === ">" && /[-=]/.test(text[at - 1]!)) && --depth === 0) return at;
  }
  return null;
}
