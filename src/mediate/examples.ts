import type { Span } from "./spans.ts";

/** Characters before a call in which its introduction is looked for. */
const BEFORE = 300;

/** What introduces an example: it speaks of calls as such, or of what the reader may do. */
const EXAMPLE =
  /\b(?:of (?:this|the following|the) (?:form|shape)|looks like|you (?:can|could|may|might|would)\b[^\n]{0,80}\blike)\b/i;

/** Who announces an act of their own calls. */
const OWN = /\b(?:I['’]ll|I will|I['’]m|I am|I need|I have|I should|I can|let me|let['’]s|going to)\b/i;

/**
 * Says whether a call that nothing marks is shown as an example: the sentence before it ends with a colon and speaks of calls in
 * general, not of what its author does, and the reply goes on after it.
 * @param text a reply without its thinking
 * @param span where the call stands
 */
export function isExample(text: string, [start, end]: Span): boolean {
  if (!/\S/.test(text.slice(end))) return false;
  const before = text.slice(Math.max(0, start - BEFORE), start).trimEnd();
  if (!before.endsWith(":")) return false;
  const sentence = before.split(/\n\s*\n|[.!?]\s/).at(-1) ?? "";
  return EXAMPLE.test(sentence) && !OWN.test(sentence);
}
