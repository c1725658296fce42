import { endAfter } from "./end_after.ts";
import type { Part } from "./language.ts";

/** What opens a module of tests inside a source file. */
const OPENS =
  /^[ \t]*#\[cfg\((?:test|all\(test[^\n]{0,80})\)\][ \t]*\n(?:[ \t]*#\[[^\n]{0,200}\n){0,8}[ \t]*(?:pub[ \t]+)?mod[ \t]+\w+[ \t]*\{/gm;

/**
 * Finds the modules of tests inside a source file of Rust.
 *
 * @param text the file
 * @returns each module, from its attribute to its closing brace; to the end of the text where none closes it
 */
export function rustTests(text: string): readonly Part[] {
  const found: Part[] = [];
  for (const match of text.matchAll(OPENS)) {
    if (match.index < (found.at(-1)?.[1] ?? 0)) continue;
    found.push([match.index, endOfBlock(text, match.index + match[0].length)]);
  }
  return found;
}

/** Where a block ends whose brace is open: braces in texts, characters and comments do not count. */
function endOfBlock(text: string, from: number): number {
  let depth = 1;
  const parts = /\/\/[^\n]*|\/\*|"|'(?:\\.|[^\\'\n])'|[{}]/g;
  parts.lastIndex = from;
  for (let match = parts.exec(text); match !== null; match = parts.exec(text)) {
    const [what] = match;
    if (what === '"') parts.lastIndex = endOfString(text, match.index);
    else if (what === "/*") parts.lastIndex = endAfter(text, "*/", match.index);
    else if (what === "{") depth += 1;
    else if (what === "}") depth -= 1;
    if (depth === 0) return parts.lastIndex;
  }
  return text.length;
}

/** Behind the quote that ends a string; a raw one (`r#"…"#`) ends with as many marks as it began with. */
function endOfString(text: string, at: number): number {
  const raw = /r(#{0,20})$/.exec(text.slice(Math.max(0, at - 21), at));
  if (raw !== null) return endAfter(text, `"${raw[1]}`, at + 1);
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}
