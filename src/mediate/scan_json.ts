import { type Effort, type LooseValue, readLoose } from "./loose_value.ts";

/** A JSON value that stands in a text for itself: in a fence, in a tag, or bare. */
export interface JsonPiece extends LooseValue {
  readonly start: number;
  /** Offsets with the fence and the tags around the value. */
  readonly span: readonly [number, number];
  /** The fence's label, or null outside a fence. */
  readonly fence: string | null;
  /** The tags around it, as written without blanks; null where none stands. */
  readonly opening: string | null;
  readonly closing: string | null;
  /** Whether it begins a line (or the text, or follows a tag or another value). */
  readonly beginsLine: boolean;
}

const START = /[{[]|^[ \t]{0,8}(?:[-*]|\d+\.)?[ \t]*(`{3,}|~{3,})|(`{3,})(?=(?:json|tool_calls?|function_calls?)\s)/gm;
/** A tag that may mark a call; those of thinking never do. */
const TAG = /^<(?![^>]*(?:think|thought|reasoning))\|?\/?[\w|:▁｜-]{2,40}\|?>$/u;
const WORDS = ["[TOOL_CALLS]", "[/TOOL_CALLS]", "functools", "TOOL_CALLS:", "TOOL_CALL:"];
const CLOSING = /\s*(<(?![^>]{0,42}(?:think|thought|reasoning))\/?\|?[\w|:▁｜-]{2,40}\|?>|\[\/TOOL_CALLS\])/uy;
const EXTRA = /[\s}\]]*/y;
/** Characters before a value in which a tag is looked for. */
const BEFORE = 60;

/**
 * Finds the JSON values of a text that stand for themselves. A fence whose body is no JSON is content and skipped whole,
 * and so is what stands inside a value.
 * @param effort what may still be spent; lowered
 * @returns the values in order
 */
export function scanJson(text: string, effort: Effort): readonly JsonPiece[] {
  const pieces: JsonPiece[] = [];
  let at = 0;
  let lastEnd = -1;
  while (effort.left > 0) {
    START.lastIndex = at;
    const found = START.exec(text);
    if (found === null) break;
    const ticks = found[1] ?? found[2];
    if (ticks === undefined) {
      const piece = readPiece(text, found.index, effort, null, found.index, lastEnd);
      if (piece === null) at = Math.max(found.index + 1, effort.deadUntil);
      else {
        pieces.push(piece);
        at = lastEnd = Math.max(piece.span[1], found.index + 1);
      }
      continue;
    }
    // Beyond its end a sticky expression would begin again at 0.
    const bodyStart = Math.min(text.length, lineEnd(text, found.index) + 1);
    const label = text.slice(found.index + found[0].length, bodyStart).trim();
    const inline = /^[\w-]*\s*(?=[{[])/.exec(label);
    const inside = inline === null ? bodyStart : found.index + found[0].length;
    const fenced = readFence(text, inside, inline === null ? label : inline[0].trim(), ticks, effort, found.index);
    pieces.push(...fenced.pieces);
    at = Math.max(fenced.end, found.index + 1);
    lastEnd = at;
  }
  return pieces;
}

/** Reads the values of a fence's body; a body that holds anything else is content. */
function readFence(text: string, inside: number, label: string, ticks: string, effort: Effort, start: number) {
  const pieces: JsonPiece[] = [];
  const lead = /(?:\s|<\/?[\w|]{2,40}>|\[\/?TOOL_CALLS\]|function call<\|role_sep\|>|functools)*/y;
  let at = inside;
  for (;;) {
    lead.lastIndex = at;
    lead.test(text);
    const valueAt = lead.lastIndex;
    if (text[valueAt] !== "{" && text[valueAt] !== "[") break;
    const piece = readPiece(text, valueAt, effort, label, pieces.length === 0 ? start : at, valueAt);
    if (piece === null) break;
    pieces.push(piece);
    at = piece.span[1];
    const comma = /\s*[,;]/y;
    comma.lastIndex = at;
    if (comma.test(text)) at = comma.lastIndex;
  }
  const close = /(?:\s|<\/?[\w|]{2,40}>)*(?:`{3,}|~{3,}|$(?![\s\S]))/y;
  close.lastIndex = at;
  if (pieces.length > 0 && close.test(text)) {
    const last = pieces.pop();
    if (last !== undefined) pieces.push({ ...last, span: [last.span[0], close.lastIndex] });
    return { pieces, end: close.lastIndex };
  }
  return { pieces: [], end: fenceEnd(text, pieces.length > 0 ? at : inside, ticks) };
}

/**
 * Finds where a fence ends.
 * @param from offset inside the fence
 * @param ticks the marks that opened it
 * @returns the offset after the closing line's marks, or the text's end
 */
function fenceEnd(text: string, from: number, ticks: string): number {
  const closing = new RegExp(`^[ \\t]*${ticks[0] === "~" ? "~" : "`"}{${ticks.length},}[ \\t]*$`, "gm");
  closing.lastIndex = Math.max(0, from - 1);
  const found = closing.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}

function readPiece(
  text: string,
  start: number,
  effort: Effort,
  fence: string | null,
  spanStart: number,
  lastEnd: number,
): JsonPiece | null {
  const value = readLoose(text, start, effort);
  if (value === null) return null;
  const before = text.slice(Math.max(0, spanStart - BEFORE), start);
  const opening = openingOf(before.trimEnd());
  EXTRA.lastIndex = value.end;
  EXTRA.test(text);
  const extra = /[}\]]/.test(text.slice(value.end, EXTRA.lastIndex)) ? EXTRA.lastIndex : value.end;
  CLOSING.lastIndex = extra;
  const close = CLOSING.exec(text);
  const end = close === null ? extra : CLOSING.lastIndex;
  const from = opening === null
    ? spanStart
    : Math.min(spanStart, start - (before.length - before.lastIndexOf(opening)));
  return {
    ...value,
    mended: extra > value.end ? [...value.mended, "brackets too many"] : value.mended,
    start,
    span: [from, end],
    fence,
    opening,
    closing: close?.[1] ?? null,
    beginsLine: opening !== null || fence !== null || LINE_LEAD.test(before.slice(before.lastIndexOf("\n") + 1)) ||
      (lastEnd >= 0 && /^[\s,;]*$/.test(text.slice(lastEnd, start))),
  };
}

/** What may stand before a value on its line: a list's mark or a quotation's. */
const LINE_LEAD = /^[ \t>*-]*$/;

/** The tag at the end of a text, or null. */
function openingOf(before: string): string | null {
  if (before.endsWith(">")) {
    const tag = before.slice(before.lastIndexOf("<"));
    return TAG.test(tag) ? tag : null;
  }
  return WORDS.find((word) => before.endsWith(word)) ?? null;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
