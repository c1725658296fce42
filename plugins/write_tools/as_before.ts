import { bodyPlace, type Definition } from "../../src/plugin/mod.ts";
import { indentOf, lastName, shifted } from "./written_code.ts";

/** What is said of a definition in its own line, before all words. */
const AHEAD = /^[ \t]*(?:(?:@[\w.]+(?:\((?:[^()\n]|\([^()\n]*\))*\))?|#?\[[^\]\n]*\])[ \t]+)*/;
/** Words that say who may use what they stand before. */
const REACH =
  /(?<![\w$.])(?:export[ \t]+default|export|public|private|protected|internal|fileprivate|pub(?:\([^)\n]{0,80}\))?)[ \t]+/g;
/** What a function of Rust stands in. */
const HOLDS = /^[ \t]*(?:pub(?:\([^)\n]{0,80}\))?[ \t]+)?(?:unsafe[ \t]+)?(?:(impl|trait)|mod|fn)\b/;

/**
 * Leaves a function as far within reach as it was where nothing was written of that: others use it. What was written of it stays, but for what
 * its file cannot say there.
 *
 * @param lines of the file
 * @param old the function in it
 * @param anew lines of the function as it was written, from its first one
 */
export function reachedAsBefore(lines: readonly string[], old: Definition, anew: readonly string[]): readonly string[] {
  const [first = "", ...rest] = anew;
  const was = firstLine(lines[old.from - 1] ?? "", old.name);
  const now = firstLine(first, old.name);
  const isSame = [now.plain, ...rest].join("\n") === [was.plain, ...lines.slice(old.from, old.to)].join("\n");
  if (was.reach === now.reach) return anew;
  if (/^export/.test(now.reach) && was.reach === "" && isOfLines(lines.join("\n"))) return [now.plain, ...rest];
  if (now.reach === "pub" && was.reach === "" && isOfTrait(lines, old)) return [now.plain, ...rest];
  const isLost = now.reach === "" || now.reach === "export" && was.reach === "export default";
  if (isSame && now.reach === "" || !isLost) return anew;
  if (was.reach !== "export default" || /^(?:async[ \t]+)?function\b|^(?:abstract[ \t]+)?class\b/.test(now.bare)) {
    return [`${now.ahead}${was.reach} ${now.bare}`, ...rest];
  }
  // Only what is declared so can be the default of its file where it stands.
  const name = /^(?:const|let|var)[ \t]+([\w$]+)/.exec(now.bare)?.[1];
  return name === undefined ? anew : [first, ...rest, "", `${now.ahead}export default ${name};`];
}

/** What the first line of a function says of its reach, among the words before its name, and the line without that. */
function firstLine(line: string, name: string) {
  const ahead = AHEAD.exec(line)?.[0] ?? "";
  const behind = line.slice(ahead.length);
  const own = new RegExp(`(?<![\\w$])${lastName(name).replace(/\W/g, "\\$&")}(?![\\w$])`).exec(behind)?.index;
  const words = behind.slice(0, own ?? behind.search(/[({=]|$/));
  const bare = words.replace(REACH, "") + behind.slice(words.length);
  const reach = (words.match(REACH) ?? []).map((word) => word.trim().replace(/[ \t]+/g, " ")).join(" ");
  return { ahead, bare, plain: `${ahead}${bare}`, reach };
}

/** Whether a function of Rust is asked for by a trait, and so is as public as that. */
function isOfTrait(lines: readonly string[], { from }: Definition): boolean {
  const deep = indentOf(lines[from - 1] ?? "").length;
  const holder = lines.slice(0, from - 1).findLast((line) => HOLDS.test(line) && indentOf(line).length < deep) ?? "";
  const word = HOLDS.exec(holder)?.[1];
  return word === "trait" || word === "impl" && /\bfor[ \t]+[^<]/.test(holder);
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
