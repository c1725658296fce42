import { NO_VALUE } from "./loose_cursor.ts";
import { DEEPEST, LooseParser } from "./loose_parser.ts";
import { CUT } from "./loose_strings.ts";

/** How much reading one reply may cost, in characters looked at: bounds the time of hostile texts. */
export interface Effort {
  left: number;
  /** Offset before which nothing can be read any more: what stands there is nested too deeply. */
  deadUntil: number;
}

/** A value that was read from a text. */
export interface LooseValue {
  readonly value: unknown;
  /** Offset after the value. */
  readonly end: number;
  /** What had to be mended of a writing that is no strict JSON; empty for one that is. */
  readonly mended: readonly string[];
  /** True when the text ended inside a member: what it says of a string is there, of another value nothing. */
  readonly cut: boolean;
}

/**
 * Makes the effort that one reading of a text may cost.
 * @param text the text to read
 * @returns an effort linear in the text's length
 */
export function effortFor(text: string): Effort {
  return { left: 6 * text.length + 20_000, deadUntil: 0 };
}

/**
 * Reads an object or array that starts at an offset: strict JSON first, then the ways in which models miss it (single
 * quotes, trailing and missing commas, comments, bare keys, Python's words, doubled braces, unescaped quotes and line
 * ends in strings, missing closing brackets at the end).
 * @param text the whole text
 * @param start offset of `{` or `[`
 * @param effort what may still be spent; lowered
 * @returns the value, or null where none can be read
 */
export function readLoose(text: string, start: number, effort: Effort): LooseValue | null {
  if (effort.left <= 0 || effort.deadUntil > start) return null;
  const strict = readStrict(text, start, effort);
  if (strict !== null) return strict;
  return effort.deadUntil > start ? null : attempt(text, start, effort, (parser) => parser.value());
}

/**
 * Reads keyword arguments of a call in Python's writing: `(a=1, b="x")`; values are literals.
 * @param text the whole text
 * @param start offset of `(`
 * @param effort what may still be spent; lowered
 * @param order names for arguments without a name, in order
 * @returns an object of the arguments, or null
 */
export function readKeywords(text: string, start: number, effort: Effort, order: readonly string[]): LooseValue | null {
  return attempt(text, start, effort, (parser) => parser.keywords(order));
}

/**
 * Reads one literal, strings included, that starts at an offset.
 * @param text the whole text
 * @param start offset of the literal
 * @param effort what may still be spent; lowered
 * @returns the value, or null
 */
export function readLiteral(text: string, start: number, effort: Effort): LooseValue | null {
  return attempt(text, start, effort, (parser) => parser.value());
}

function attempt(
  text: string,
  start: number,
  effort: Effort,
  read: (parser: LooseParser) => unknown,
): LooseValue | null {
  if (effort.left <= 0) return null;
  const parser = new LooseParser(text, start, start + effort.left);
  try {
    const value = read(parser);
    if (value === CUT) return null;
    return { value, end: Math.min(parser.at, text.length), mended: parser.mended, cut: parser.cut };
  } catch (error) {
    if (error === NO_VALUE) return null;
    throw error;
  } finally {
    // Each value costs more than its characters: an exception, a pattern, an object.
    effort.left -= parser.at - start + parser.ahead + 8;
  }
}

/** Whether strict JSON may stand at a bracket: a failed parse costs more than this look. */
function mayBeStrict(text: string, start: number): boolean {
  STRICT_START.lastIndex = start;
  return STRICT_START.test(text);
}

const STRICT_START = /\{\s*["}{]|\[\s*["{[\]\d\-tfn]/y;

/** Finds the end of balanced brackets outside strings and lets JSON decide. */
function readStrict(text: string, start: number, effort: Effort): LooseValue | null {
  let depth = 0;
  let at = start;
  const last = Math.min(text.length, start + Math.max(0, effort.left));
  for (; at < last; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      for (at++; at < last && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
    } else if (code === 123 || code === 91) {
      if (++depth > DEEPEST) {
        effort.deadUntil = at;
        break;
      }
    } else if ((code === 125 || code === 93) && --depth === 0) break;
  }
  effort.left -= at - start;
  if (depth !== 0 || at >= last || !mayBeStrict(text, start)) return null;
  try {
    return { value: JSON.parse(text.slice(start, at + 1)) as unknown, end: at + 1, mended: [], cut: false };
  } catch {
    return null; // not strict: the caller reads it loosely
  }
}
