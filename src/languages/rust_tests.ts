import { dirname, join } from "node:path/posix";
import { endAfter } from "./end_after.ts";
import type { Part } from "./language.ts";

/** What opens a module of tests inside a source file, or says that it stands in a file of its own, named by the second group. */
const OPENS =
  /^[ \t]*#\[cfg\((?:test|all\(test[^\n\]]{0,80})\)\]\s{0,200}((?:#\[[^\n\]]{0,200}\]\s{0,200}){0,8})(?:pub(?:\([^)\n]{1,40}\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*([{;])/gm;
/** Sources whose modules stand beside them, and not in a folder of their own name. */
const ROOT = /(?:^|\/)(?:lib|main|mod)\.rs$/;

/**
 * Finds the modules of tests inside a source file of Rust.
 *
 * @param text the file
 * @returns each module, from its attribute to its closing brace or its semicolon; to the end of the text where no brace closes it
 */
export function rustTests(text: string): readonly Part[] {
  const found: Part[] = [];
  for (const match of text.matchAll(OPENS)) {
    if (match.index < (found.at(-1)?.[1] ?? 0)) continue;
    const end = match.index + match[0].length;
    found.push([match.index, match[3] === ";" ? end : endOfBlock(text, end)]);
  }
  return found;
}

/**
 * Names where the modules of tests stand that a source file of Rust has in files of their own.
 *
 * @param path the source, relative to the project
 * @param text its text
 * @returns for `#[cfg(test)] mod tests;` of `src/lib.rs` `src/tests.rs` and `src/tests/mod.rs`; the one that `#[path]` says
 */
export function rustTestFiles(path: string, text: string): readonly string[] {
  const folder = ROOT.test(path) ? dirname(path) : path.replace(/\.rs$/, "");
  return [...text.matchAll(OPENS)].filter(([, , , sign]) => sign === ";").flatMap(([, attributes = "", name = ""]) => {
    const said = /#\[path[ \t]*=[ \t]*"([^"\n]{1,200})"/.exec(attributes)?.[1];
    if (said !== undefined) return [join(dirname(path), said)];
    return [join(folder, `${name}.rs`), join(folder, name, "mod.rs")];
  });
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
