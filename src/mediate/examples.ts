import type { Span } from "./spans.ts";

/** Characters before a call in which its introduction is looked for. */
const BEFORE = 300;

/** What introduces an example: it speaks of calls as such, or of what the reader may do. */
const EXAMPLE =
  /\b(?:of (?:this|the following|the) (?:form|shape)|looks like|you (?:can|could|may|might|would)\b[^\n]{0,80}\blike)\b/i;

/** Who announces an act of their own calls. */
const OWN = /\b(?:I['’]ll|I will|I['’]m|I am|I need|I have|I should|I can|let me|let['’]s|going to)\b/i;

/** The line of a call in a block that Markdown takes for code by its indent, with the empty line above it. */
const INDENTED = /\n[ \t]{0,40}\r?\n(?: {4}|\t)[^\n`]{0,200}$/;

/**
 * Says whether a call that nothing marks is shown as an example: the sentence before it ends with a colon and does not say what its
 * author does, but speaks of calls in general or stands above an indented block of code, and the reply goes on after it.
 * @param text a reply without its thinking
 * @param span where the call stands
 */
export function isExample(text: string, [start, end]: Span): boolean {
  if (!/\S/.test(text.slice(end))) return false;
  const near = text.slice(Math.max(0, start - BEFORE), start);
  const block = INDENTED.exec(near);
  const before = near.slice(0, block?.index).trimEnd();
  const sentence = before.split(/\n\s*\n|[.!?]\s/).at(-1) ?? "";
  return before.endsWith(":") && !OWN.test(sentence) && (block !== null || EXAMPLE.test(sentence));
}
