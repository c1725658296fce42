import type { Span } from "./spans.ts";

/** Characters before a call in which its introduction is looked for. */
const BEFORE = 300;

/** What introduces an example: it speaks of calls as such, or of what the reader may do. */
const EXAMPLE =
  /\b(?:of (?:this|the following|the) (?:form|shape)|looks like|you (?:can|could|may|might|would)\b[^\n]{0,80}\blike)\b/i;

/** What introduces an example in so many words, or says what somebody else would write. */
const ILLUSTRATION =
  /\b(?:as an illustration|for example|for instance|e\.g\.|would (?:write|send|emit|produce|look))(?![\w])/i;

/** The beginning of a block of code, with its line. */
const FENCE = /\n[ \t]{0,40}(?:`{3,9}|~{3,9})[^\n`]{0,40}\n\s{0,40}$/;

/** The end of a block of code. */
const FENCE_END = /^\s{0,40}(?:`{3,9}|~{3,9})/;

/** Who announces an act of their own calls. */
const OWN = /\b(?:I['’]ll|I will|I['’]m|I am|I need|I have|I should|I can|let me|let['’]s|going to)\b/i;

/** The line of a call in a block that Markdown takes for code by its indent, with the empty line above it. */
const INDENTED = /\n[ \t]{0,40}\r?\n(?: {4}|\t)[^\n`]{0,200}$/;

/**
 * Says whether a call that nothing marks is shown as an example: the sentence before it ends with a colon and does not say what its
 * author does, but speaks of calls in general or stands above an indented block of code, and the reply goes on after it; or it is a word
 * within a sentence that gives an illustration.
 * @param text a reply without its thinking
 * @param span where the call stands
 */
export function isExample(text: string, [start, end]: Span): boolean {
  if (!/\S/.test(text.slice(end))) return false;
  const near = text.slice(Math.max(0, start - BEFORE), start);
  const block = INDENTED.exec(near);
  const { before, sentence } = introduction(near.slice(0, block?.index));
  if (OWN.test(sentence)) return false;
  if (/[^`\s]\s?`$/.test(before)) return /^`[^`\n]/.test(text.slice(end)) && ILLUSTRATION.test(sentence);
  return before.endsWith(":") && (block !== null || EXAMPLE.test(sentence));
}

/**
 * Says whether a call stands in a block of code under a sentence that announces an illustration, and the reply goes on after it. A call
 * of a tool that was shown may be meant all the same.
 * @param text a reply without its thinking
 * @param span where the call stands
 */
export function isQuoted(text: string, [start, end]: Span): boolean {
  if (!/\S/.test(text.slice(end).replace(FENCE_END, ""))) return false;
  // A call that is alone in its block has that in its place.
  const isWhole = /^\s{0,40}(?:`{3}|~{3})/.test(text.slice(start));
  const near = text.slice(Math.max(0, start - BEFORE), start);
  const fence = FENCE.exec(near);
  if (!isWhole && fence === null) return false;
  const { before, sentence } = introduction(isWhole ? near : near.slice(0, fence?.index));
  return before.endsWith(":") && ILLUSTRATION.test(sentence) && !OWN.test(sentence);
}

function introduction(near: string): { readonly before: string; readonly sentence: string } {
  const before = near.trimEnd();
  return { before, sentence: before.split(/\n\s*\n|[.!?]\s/).at(-1) ?? "" };
}
