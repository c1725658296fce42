import type * as z from "zod";
import type { TextFact } from "./text_fact.ts";

/** A text in a fact. */
export type Text = z.infer<typeof TextFact>;

/** Longest text that a fact carries itself, in characters; more is a blob, so that folding stays linear. */
export const INLINE_CHARS = 1500;

/**
 * Makes a {@link Text} of a short text.
 *
 * @param text any text; what is longer than {@link INLINE_CHARS} keeps its beginning and its end and says what was cut
 * @returns the text as a fact carries it
 */
export function inline(text: string): Text {
  const bounded = bound(text, INLINE_CHARS);
  return { text: bounded, chars: bounded.length };
}

/**
 * Bounds a text to a number of characters: two thirds from its beginning, one third from its end, and says what is missing.
 *
 * @param text any text
 * @param limit most characters, more than 60
 * @returns the text itself where it fits
 */
export function bound(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - 40;
  const head = Math.ceil(room * 2 / 3);
  const tail = room - head;
  return `${text.slice(0, head)}\n… ${text.length - room} characters left out …\n${text.slice(text.length - tail)}`;
}

/** Characters of a token where nothing better is known: between the 3.2 of code and the 4 of English (ollama.md §5). */
export const CHARS_PER_TOKEN = 3.2;

/**
 * Estimates the tokens of a number of characters, on the high side.
 *
 * @param chars characters
 * @param ratio counted tokens per estimated token of the same model, 1 where none was counted yet
 * @returns tokens
 */
export function estimateTokens(chars: number, ratio = 1): number {
  return Math.ceil(chars / CHARS_PER_TOKEN * ratio);
}

/** Cuts a text at its end: at most so many characters, the last a `…` where something is missing. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Number and noun: `1 task`, `2 tasks`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
