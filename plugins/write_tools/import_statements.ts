const BEGINS = /^(?:import\b(?!\s*\()|from\s+\S+\s+import\b|use\s|#include\b|(?:const|let|var)\b[^=]*=\s*require\()/;

/**
 * Finds the imports at the margin of a text, each whole, over however many lines it goes. Go's blocks of imports are left alone.
 *
 * @param text code
 * @returns the statements in order
 */
export function importStatements(text: string): string[] {
  return rangesOf(text.split("\n")).map(({ lines }) => lines.join("\n"));
}

/**
 * Finds the place for further imports: after the last one, else after what a file begins with (its comments, its text in three quotes,
 * its package), never inside anything.
 *
 * @param text text of the file
 * @returns index of the line before which they go
 */
export function placeForImports(text: string): number {
  const lines = text.split("\n");
  const last = rangesOf(lines).at(-1);
  if (last !== undefined) return last.end;
  let index = 0;
  let place = 0;
  while (index < lines.length) {
    const line = lines[index]!;
    const quote = /^("""|''')/.exec(line)?.[1];
    if (quote !== undefined) {
      if (line.indexOf(quote, 3) < 0) { while (++index < lines.length && !lines[index]!.includes(quote)); }
      place = ++index;
      continue;
    }
    if (/^(?:#!|["']use strict|package\s|\/\/|\/\*|\*| \*|#(?:\s|$))/.test(line)) {
      // A comment right above code belongs to the code.
      const next = lines.slice(index).find((one) => !/^(?:\/\/|\/\*|\*| \*|#(?:\s|$))/.test(one));
      if (/^(?:#!|["']use strict|package\s)/.test(line) || next === undefined || next.trim() === "") place = index + 1;
      index++;
      continue;
    }
    if (line.trim() !== "") break;
    index++;
  }
  return place;
}

/** Statements with the index after their last line. */
function rangesOf(lines: readonly string[]): { readonly lines: readonly string[]; readonly end: number }[] {
  const found: { lines: readonly string[]; end: number }[] = [];
  for (let index = 0; index < lines.length; index++) {
    if (!BEGINS.test(lines[index]!)) continue;
    const start = index;
    const open = () => {
      const text = lines.slice(start, index + 1).join("\n");
      return text.split(/[({]/).length > text.split(/[)}]/).length || text.endsWith("\\");
    };
    while (open() && index + 1 < lines.length) index++;
    found.push({ lines: lines.slice(start, index + 1), end: index + 1 });
  }
  return found;
}
