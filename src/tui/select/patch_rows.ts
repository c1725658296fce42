/** A row of a difference. */
export type PatchRow =
  /** A line that comes, goes, or stays: its number before where it goes, else afterwards. */
  | { readonly kind: "line"; readonly sign: "+" | "−" | " "; readonly number: number; readonly text: string }
  /** So many lines that are the same are left out. */
  | { readonly kind: "gap"; readonly lines: number }
  /** What is said beside the lines: of modes, of what is no text, of a missing end of line. */
  | { readonly kind: "note"; readonly text: string };

/** Head of a hunk: where it begins and how many lines it has, before and after. */
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads the rows of a difference, as `git diff` writes them or with its two lines of names alone.
 *
 * @param patch the difference of a file
 * @returns its rows; where it has no hunk what is said in place of them, or all lines of both sides
 */
export function patchRows(patch: string): readonly PatchRow[] {
  const lines = patch.replace(/\n$/, "").split("\n");
  const first = lines.findIndex((line) => HUNK.test(line));
  if (first !== -1) return rowsOfHunks(lines.slice(first));
  const isGits = lines[0]?.startsWith("diff --git") === true;
  return isGits
    ? lines.slice(1).map((text) => ({ kind: "note", text }))
    : rowsOfHunks([`@@ -1,${lines.length} +1,${lines.length} @@`, ...lines.slice(2)]);
}

function rowsOfHunks(lines: readonly string[]): readonly PatchRow[] {
  const rows: PatchRow[] = [];
  /** Next number, and lines of the hunk that are still to come, on each side. */
  const [old, now] = [{ next: 1, left: 0 }, { next: 1, left: 0 }];
  for (const line of lines) {
    const isInside = old.left > 0 || now.left > 0;
    const head = isInside ? null : HUNK.exec(line);
    if (head !== null) {
      const [oldFrom, oldLines, nowFrom, nowLines] = head.slice(1).map((digits) => Number(digits ?? 1));
      // A side without lines is told by the line before it.
      const from = oldLines === 0 ? oldFrom! + 1 : oldFrom!;
      if (from > old.next) rows.push({ kind: "gap", lines: from - old.next });
      Object.assign(old, { next: from, left: oldLines });
      Object.assign(now, { next: nowLines === 0 ? nowFrom! + 1 : nowFrom!, left: nowLines });
    } else if (!isInside || line.startsWith("\\")) {
      rows.push({ kind: "note", text: line.replace(/^\\ /, "") });
      // What comes behind is the difference of something else, which begins at its first line.
      if (!line.startsWith("\\")) Object.assign(old, { next: 1 });
    } else {
      const sign = line.startsWith("+") ? "+" : line.startsWith("-") ? "−" : " ";
      rows.push({ kind: "line", sign, number: sign === "−" ? old.next : now.next, text: line.slice(1) });
      for (const side of sign === "+" ? [now] : sign === "−" ? [old] : [old, now]) {
        side.next += 1;
        side.left -= 1;
      }
    }
  }
  return rows;
}
