/** Marks that begin a comment in most languages, and what ends it. */
const COMMENT = /^(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|\{\s*\/\*|\*)\s*(.*?)\s*(?:\*\/\s*\}?|-->)?$/;
const DOTS = /^(?:\.{3,}|…)$/;
const LEFT_OUT =
  /\b(?:rest|remaining|remainder|existing|unchanged|previous|original|other|omitted|same|as before|continues?|stays?)\b/i;
const REST_UNCHANGED =
  /\b(?:rest|remainder|remaining)\b.{0,40}\b(?:unchanged|same|omitted|as before|stays?|remains?|goes here|not shown)\b/i;

/**
 * Finds a line that stands for text that was left out, such as `// ... existing code ...` or `# rest unchanged`. What the file
 * holds already is no such line, nor is a bare `...`, which is a statement in some languages.
 * @param text a text that should be whole
 * @param before the file as it was; empty for a new one
 * @returns the line without blanks around it, or null
 */
export function elidedLine(text: string, before: string): string | null {
  const known = new Set(before.split("\n").map((line) => line.trim()));
  for (const line of text.split("\n")) {
    const plain = line.trim();
    if (plain.length < 160 && !known.has(plain) && leavesOut(plain)) return plain;
  }
  return null;
}

function leavesOut(line: string): boolean {
  const marked = COMMENT.exec(line)?.[1];
  const inner = marked ?? /^[([](.*)[)\]]$/.exec(line)?.[1];
  if (inner === undefined) {
    return /^(?:\.{3}|…)\s*\S/.test(line) && /(?:\.{3}|…|unchanged|same|omitted)\W*$/i.test(line) &&
      LEFT_OUT.test(line);
  }
  if (marked !== undefined && DOTS.test(inner)) return true;
  if (REST_UNCHANGED.test(inner)) return true;
  if (/^(?:\.{3}|…)/.test(inner)) return LEFT_OUT.test(inner);
  // Dots at the end alone end many an honest comment: there the first word must say it.
  return /(?:\.{3}|…)$/.test(inner) && LEFT_OUT.test(inner.replace(/^(?:the|and|all)\s+/i, "").split(/\s/, 1)[0] ?? "");
}
