/** Marks of thinking, opening and closing, as models write them into their text. */
const BLOCKS: readonly (readonly [string, string])[] = [
  ["<think>", "</think>"],
  ["<thinking>", "</thinking>"],
  ["<thought>", "</thought>"],
  ["<reasoning>", "</reasoning>"],
  ["[THINK]", "[/THINK]"],
  ["<seed:think>", "</seed:think>"],
  ["<|START_THINKING|>", "<|END_THINKING|>"],
  ["<|channel>thought", "<channel|>"],
  ["◁think▷", "◁/think▷"],
];

/** A text and the thinking that stood in it. */
export interface SplitText {
  /** The text with its thinking blanked, so that offsets hold. */
  readonly text: string;
  readonly thinking: string;
}

/**
 * Keeps the thinking of a reply apart. A block that never closes stays in the text, since a call may stand in it; text
 * before a closing mark without an opening one is thinking too. A mark inside a call's arguments is content: only blocks
 * that begin before the first brace are taken.
 * @param text a reply's text
 * @returns the text without its thinking, and the thinking
 */
export function splitThinking(text: string): SplitText {
  const thoughts: string[] = [];
  let rest = text;
  for (const [open, close] of BLOCKS) {
    for (let from = 0;;) {
      const end = rest.indexOf(close, from);
      if (end < 0) break;
      const begin = rest.lastIndexOf(open, end);
      const start = begin >= from ? firstOpening(rest, open, from, end) : from;
      const before = rest.slice(0, start);
      if (/[{[(]/.test(before.slice(from)) && begin >= from) break;
      if (begin < from && !/^\s*$/.test(rest.slice(0, from)) && from === 0) break;
      if (begin < from && (from > 0 || holdsCall(rest.slice(0, end)))) break;
      const after = end + close.length;
      thoughts.push(rest.slice(begin >= from ? start + open.length : start, end));
      rest = before + rest.slice(start, after).replace(/[^\n]/g, " ") + rest.slice(after);
      from = after;
    }
  }
  return {
    text: rest,
    thinking: thoughts.map((thought) => thought.trim()).filter((thought) => thought !== "").join("\n"),
  };
}

function firstOpening(text: string, open: string, from: number, end: number): number {
  const first = text.indexOf(open, from);
  return first < 0 ? end : first;
}

/** Whether a text ends inside a call's arguments, so that a closing mark there is content. */
function holdsCall(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return count(/\{/g) > count(/\}/g) || count(/<(?:parameter|arg_value)\b/g) > count(/<\/(?:parameter|arg_value)\b/g) ||
    count(/<escape>/g) % 2 === 1;
}
