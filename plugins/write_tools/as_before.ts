import { bodyPlace, type Definition } from "../../src/plugin/mod.ts";
import { indentOf, lastName, shifted } from "./written_code.ts";

/** Words that say who may use what they stand before. */
const REACH =
  /^([ \t]*)((?:(?:export[ \t]+default|export|public|private|protected|internal|pub(?:\([^)\n]*\))?)[ \t]+)*)/;

/**
 * Leaves a function as far within reach as it was: others use it, or must not. Where its reach is all that changed, that is what was meant.
 *
 * @param old lines of the function as it was, from its first one
 * @param anew lines of it as it was written
 * @param file text of its file: where that offers what it has by other lines, no function is offered by its own
 */
export function reachedAsBefore(old: readonly string[], anew: readonly string[], file: string): readonly string[] {
  const [first = "", ...rest] = anew;
  const [, indent = "", words = ""] = REACH.exec(old[0] ?? "") ?? [];
  const plain = first.replace(REACH, "");
  const [, , written = ""] = REACH.exec(first) ?? [];
  const isSame = [plain, ...rest].join("\n") === [(old[0] ?? "").replace(REACH, ""), ...old.slice(1)].join("\n");
  if (words === written || isSame && !isOfLines(file)) return anew;
  if (!/^export\s+default/.test(words) || /^(?:async[ \t]+)?function\b|^(?:abstract[ \t]+)?class\b/.test(plain)) {
    return [`${indent}${words}${plain}`, ...rest];
  }
  // Only what is declared so can be the default of its file where it stands.
  const name = /^(?:const|let|var)[ \t]+([\w$]+)/.exec(plain)?.[1];
  return name === undefined ? anew : [`${indent}${plain}`, ...rest, "", `${indent}export default ${name};`];
}

/** Whether a file says by lines of their own what it offers to others. */
export function isOfLines(file: string): boolean {
  return /^(?:module\.)?exports\b/m.test(file) && !/^(?:export|import)\b(?!\s*\()/m.test(file);
}

/**
 * Leaves a description in quotes that was not written again: it says what the function is for, whatever its body is now.
 *
 * @param lines of the file
 * @param old the function in it
 * @param anew lines of the function as it was written
 */
export function describedAsBefore(
  lines: readonly string[],
  old: Definition,
  anew: readonly string[],
): readonly string[] {
  const before = bodyPlace(lines, old);
  const place = bodyPlace(anew, { from: 1, to: anew.length });
  if (before === null || before.described === null || place === null || place.described !== null) return anew;
  const body = anew.slice(place.from - 1);
  const indent = indentOf(body.find((line) => line.trim() !== "") ?? "");
  return [
    ...anew.slice(0, place.from - 1),
    ...shifted(lines.slice(before.from - 1, before.described), indent),
    ...body,
  ];
}

/** What a remark on the change itself begins with: nobody reads it for what the function does. */
const OF_CHANGE = /^\W*(?:fix(?:ed|es)?|changed?|updated?|corrected|modified|refactored|rewritten|bug ?fix)\b/i;

/**
 * Finds the comments and decorators that take the place of those above a function: what was not written again stays, and a description gives
 * way to no remark.
 *
 * @param was lines above the function as it was
 * @param now lines above it as it was written
 * @param name of the function
 * @returns the lines; null where those that stand there stay
 */
export function headAnew(was: readonly string[], now: readonly string[], name: string): readonly string[] | null {
  const decorated = now.findIndex(isDecorator);
  if (now.length === 0 || decorated < 0 && was.some(isDecorator)) return null;
  const [said, saying] = [commentsOf(was), commentsOf(now)];
  const gives = describes(said, name) && !describes(saying, name) || said.length > 0 && OF_CHANGE.test(saying[0] ?? "");
  if (!gives) return now;
  return decorated < 0 ? null : [...said, ...now.slice(decorated)];
}

function commentsOf(head: readonly string[]): readonly string[] {
  const decorated = head.findIndex(isDecorator);
  return decorated < 0 ? head : head.slice(0, decorated);
}

function isDecorator(line: string): boolean {
  return /^\s*(?:@|#\[)/.test(line);
}

/** Whether comments are the description of a function: by their form, or since they begin with its name. */
function describes(comments: readonly string[], name: string): boolean {
  return comments.some((line) => /^\s*(?:\/\*[*!]|\/\/[/!])/.test(line)) ||
    (/^\s*(?:\/\/|#)\s*([\w$]+)/.exec(comments[0] ?? "")?.[1] ?? "") === lastName(name);
}
