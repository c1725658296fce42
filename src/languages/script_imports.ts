import { dirname, join, normalize } from "node:path/posix";

/** Endings tried for an import that names none. */
const ENDINGS = ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.js", "/mod.ts"];

/**
 * Finds the files of a project that a script imports by relative paths in quotes.
 *
 * @param path the script, relative to the project
 * @param text its text
 * @param files files of the project
 * @returns files among them, in order of the imports
 */
export function scriptImports(path: string, text: string, files: readonly string[]): string[] {
  const known = new Set(files);
  const found: string[] = [];
  for (const match of text.matchAll(/(?:from|import|require\()\s*["'](\.{1,2}\/[^"']+)["']/g)) {
    const base = normalize(join(dirname(path), match[1]!));
    const hit = ENDINGS.map((ending) => base + ending).find((one) => known.has(one)) ??
      // TypeScript sources are often imported by the name of what they compile to.
      [".ts", ".tsx"].map((ending) => base.replace(/\.[mc]?jsx?$/, ending)).find((one) => known.has(one));
    if (hit !== undefined) found.push(hit);
  }
  return found;
}
