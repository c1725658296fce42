import { Cover, type Span } from "./spans.ts";

/** Marks of thinking, opening and closing, as models write them into their text. */
export const THINKING_MARKS: readonly (readonly [string, string])[] = [
  ["<think>", "</think>"],
  ["<thinking>", "</thinking>"],
  ["<thought>", "</thought>"],
  ["<reasoning>", "</reasoning>"],
  ["[THINK]", "[/THINK]"],
  ["<seed:think>", "</seed:think>"],
  ["<|START_THINKING|>", "<|END_THINKING|>"],
  ["<|channel>thought", "<channel|>"],
  ["<|channel|>thought", "<channel|>"],
  ["<|thought_start|>", "<|thought_end|>"],
  ["<|begin_of_thought|>", "<|end_of_thought|>"],
  ["<|inner_prefix|>", "<|inner_suffix|>"],
  ["<|open|>think<|sep|>", "<|close|>think<|sep|>"],
  ["<mm:think>", "</mm:think>"],
  ["<scratch_pad>", "</scratch_pad>"],
  ["◁think▷", "◁/think▷"],
  ["<think:opensource>", "</think:opensource>"],
  ["<|think:start|>", "<|think:end|>"],
  ["<|plamo:begin_think:plamo|>", "<|plamo:end_think:plamo|>"],
  ["[unused16]", "[unused17]"],
];

/** Whether a text begins with thinking, which may not have come to its end. */
export function beginsThinking(text: string): boolean {
  return THINKING_MARKS.some(([open]) => text.trimStart().startsWith(open));
}

/** A text and the thinking that stood in it. */
export interface SplitText {
  /** The text with its thinking blanked, so that offsets hold. */
  readonly text: string;
  readonly thinking: string;
  /** Where the marks stand that close the thinking. */
  readonly closings: readonly Span[];
}

/**
 * Keeps the thinking of a reply apart. A block that never closes stays in the text, since a call may stand in it; text
 * before a closing mark without an opening one is thinking too. A mark inside a call's arguments, where a bracket or a tag is
 * open, is content.
 * @param content places that are known to be calls: marks in them are content
 * @returns the text without its thinking, and the thinking
 */
export function splitThinking(text: string, content: Cover = new Cover([])): SplitText {
  const thoughts: string[] = [];
  const closings: Span[] = [];
  let rest = text;
  for (const [open, close] of THINKING_MARKS) {
    const found = blocksOf(rest, open, close, content);
    if (found.length === 0) continue;
    const parts: string[] = [];
    let from = 0;
    for (const { span: [start, end], thought } of found) {
      parts.push(rest.slice(from, start), rest.slice(start, end).replace(/[^\n]/g, " "));
      thoughts.push(thought.trim());
      closings.push([end - close.length, end]);
      from = end;
    }
    rest = parts.join("") + rest.slice(from);
  }
  return { text: rest, thinking: thoughts.filter((thought) => thought !== "").join("\n"), closings };
}

interface Block {
  readonly span: Span;
  readonly thought: string;
}

/** Finds the blocks between two marks; each character is looked at a bounded number of times. */
function blocksOf(text: string, open: string, close: string, content: Cover): readonly Block[] {
  const next = (mark: string, from: number) => {
    let at = text.indexOf(mark, from);
    while (at >= 0 && content.overlaps([at, at + 1])) at = text.indexOf(mark, at + 1);
    return at;
  };
  const blocks: Block[] = [];
  let from = 0;
  for (let end = next(close, 0); end >= 0; end = next(close, from)) {
    const opening = next(open, from);
    const opened = opening >= 0 && opening < end;
    const start = opened ? opening : from;
    const before = text.slice(from, opened ? start : end);
    // What stands in the arguments of a call is content; in thoughts a bracket may stay open, and what closes those has a line of its own.
    const isInCall = isInTag(before) || isInBracket(before) && (opened || !isAloneOnLine(text, end, close));
    if (isInCall || !opened && from > 0) break;
    const after = end + close.length;
    blocks.push({ span: [start, after], thought: text.slice(opened ? start + open.length : start, end) });
    from = after;
  }
  return blocks;
}

/**
 * Whether a mark is all that stands on its line.
 * @param at where it stands
 */
export function isAloneOnLine(text: string, at: number, mark: string): boolean {
  let [before, after] = [at - 1, at + mark.length];
  while (isBlank(text[before])) before -= 1;
  while (isBlank(text[after])) after += 1;
  return (before < 0 || text[before] === "\n") && (after >= text.length || text[after] === "\n");
}

function isBlank(sign: string | undefined): boolean {
  return sign === " " || sign === "\t" || sign === "\r";
}

/** Whether a text ends inside brackets, as those around a call's arguments. */
function isInBracket(text: string): boolean {
  return count(text, /\{/g) > count(text, /\}/g) || count(text, /\[/g) > count(text, /\]/g) ||
    count(text, /\(/g) > count(text, /\)/g);
}

/** Whether a text ends inside a tag that holds an argument. */
function isInTag(text: string): boolean {
  return count(text, /<(?:parameter|arg_value)\b/g) > count(text, /<\/(?:parameter|arg_value)\b/g) ||
    count(text, /<escape>/g) % 2 === 1;
}

function count(text: string, mark: RegExp): number {
  return text.match(mark)?.length ?? 0;
}
