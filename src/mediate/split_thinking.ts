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
 * before a closing mark without an opening one is thinking too. A mark inside a call's arguments, where a bracket or a tag is
 * open, is content.
 * @param text a reply's text
 * @returns the text without its thinking, and the thinking
 */
export function splitThinking(text: string): SplitText {
  const thoughts: string[] = [];
  let rest = text;
  for (const [open, close] of BLOCKS) rest = withoutBlocks(rest, open, close, thoughts);
  return {
    text: rest,
    thinking: thoughts.map((thought) => thought.trim()).filter((thought) => thought !== "").join("\n"),
  };
}

/** Blanks the blocks between two marks; each character is looked at a bounded number of times. */
function withoutBlocks(text: string, open: string, close: string, thoughts: string[]): string {
  const parts: string[] = [];
  let from = 0;
  for (let end = text.indexOf(close); end >= 0; end = text.indexOf(close, from)) {
    const opening = text.indexOf(open, from);
    const opened = opening >= 0 && opening < end;
    const start = opened ? opening : from;
    // What stands in the arguments of a call is content.
    if (holdsCall(text.slice(from, opened ? start : end)) || (!opened && from > 0)) break;
    const after = end + close.length;
    thoughts.push(text.slice(opened ? start + open.length : start, end));
    parts.push(text.slice(from, start), text.slice(start, after).replace(/[^\n]/g, " "));
    from = after;
  }
  return from === 0 ? text : parts.join("") + text.slice(from);
}

/** Whether a text ends inside a call's arguments, so that a closing mark there is content. */
function holdsCall(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return count(/\{/g) > count(/\}/g) || count(/\[/g) > count(/\]/g) || count(/\(/g) > count(/\)/g) ||
    count(/<(?:parameter|arg_value)\b/g) > count(/<\/(?:parameter|arg_value)\b/g) ||
    count(/<escape>/g) % 2 === 1;
}
