import { showsCall } from "./sayings_of.ts";

/** A line of a list: `- text`, `* text`, `• text`, `- [ ] text`. */
const ITEM = /^\s*[-*•–] {1,3}(?:\[[ xX]?\] {1,3})?(\S.*)$/;
/** A line of a numbered one: `1. text`, `2) text`. */
const NUMBERED = /^\s*(\d{1,2})[.)] {1,3}(?:\[[ xX]?\] {1,3})?(\S.*)$/;
/** What encloses code; with more such marks behind it the code stands within its line. */
const FENCE = /^\s*(`{3,}(?!.*`)|~{3,})/;
/** Blanks that begin an item of a list; deeper than that it has to stand below another one. */
const MOST_INDENTED = 3;

/** A line that says something by itself, with what goes on with it. */
interface Entry {
  readonly text: string;
  readonly isItem: boolean;
}

/** What has been read of a text. */
interface Reading {
  readonly entries: Entry[];
  /** Blanks before the item that lines deeper than it go on with; null outside of one. */
  depth: number | null;
  /** What closes the code that is open; null outside of code. */
  fence: string | null;
}

/**
 * The items of a list in a text, each without what makes it one and with the lines that go on with it. What stands in code between fences is
 * no list, and numbers make one where they count: `1.`, `2.`
 */
export function listIn(text: string): readonly string[] {
  return entriesOf(text).flatMap((entry) => entry.isItem ? [entry.text] : []);
}

/** The criteria that a file holds which is nothing else: the items of its list or, where it has none, its lines, without blank ones and headings. */
export function linesOf(text: string): readonly string[] {
  const items = listIn(text);
  return items.length > 0 ? items : eachLineOf(text);
}

/** The criteria of an answer, a line each: what was written below a list that was proposed counts as its items do. */
export function eachLineOf(text: string): readonly string[] {
  return entriesOf(text).map((entry) => entry.text);
}

function entriesOf(text: string): readonly Entry[] {
  // Some editors begin a file with a mark of its encoding.
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const counts = isNumbered(lines);
  const read: Reading = { entries: [], depth: null, fence: null };
  for (const line of lines) readLine(read, line, counts);
  return read.entries;
}

/** Whether the numbers before lines count them: a lone one is a part of its sentence. */
function isNumbered(lines: readonly string[]): boolean {
  const numbers = new Set(lines.map((line) => NUMBERED.exec(line)?.[1]));
  return numbers.has("1") && numbers.has("2");
}

function readLine(read: Reading, line: string, counts: boolean): void {
  const said = line.trim();
  const indent = line.length - line.trimStart().length;
  const goesOn = read.depth !== null && indent > read.depth;
  const fence = FENCE.exec(line)?.[1];
  if (read.fence !== null || fence !== undefined) {
    if (!goesOn && read.fence === null) read.depth = null;
    if (read.depth !== null) goOn(read, line.trimEnd(), true);
    if (read.fence === null) read.fence = fence ?? null;
    else if (fence?.startsWith(read.fence) === true && said === fence) read.fence = null;
    return;
  }
  const item = ITEM.exec(line)?.[1] ?? (counts ? NUMBERED.exec(line)?.[2] : undefined);
  if (item !== undefined && (indent <= MOST_INDENTED || read.depth !== null)) {
    read.entries.push({ text: item.trim(), isItem: true });
    read.depth = indent;
  } else if (said !== "" && goesOn) goOn(read, said, false);
  else if (said !== "") {
    read.depth = null;
    if (!said.startsWith("#")) read.entries.push({ text: said, isItem: false });
  }
}

/** Adds a line to the item before it; code and examples stay lines of their own. */
function goOn({ entries }: Reading, line: string, isCode: boolean): void {
  const last = entries.pop();
  if (last === undefined) return;
  const before = last.text.slice(last.text.lastIndexOf("\n") + 1);
  const isApart = isCode || FENCE.test(before) || showsCall(line) || showsCall(before);
  entries.push({ ...last, text: `${last.text}${isApart ? "\n" : " "}${line}` });
}
