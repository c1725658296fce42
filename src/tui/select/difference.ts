import { counted } from "../../kernel/text.ts";
import { type Block, block } from "./block.ts";
import { codeOfRows } from "./code_of_rows.ts";
import { type PatchRow, patchRows } from "./patch_rows.ts";

/** A difference as a thread shows it. */
export interface ShownDifference {
  readonly added: number;
  readonly removed: number;
  /** Its lines, each a row with its number and sign. */
  readonly rows: readonly Block[];
}

const STYLES = { "+": "added", "−": "removed", " ": "plain" } as const;

/**
 * Lays out a unified difference for a thread: its lines numbered, with signs, so that nothing is said by colour alone.
 *
 * @param path name of the file
 * @param patch the difference, its two lines with names first
 * @param key stands for it
 * @returns rows and counts
 */
export function showDifference(path: string, patch: string, key: string): ShownDifference {
  const rows = patchRows(patch).filter(({ kind }) => kind !== "note");
  const codes = codeOfRows(path, rows);
  // As many rows as a file may have are no arguments of one call.
  const most = rows.reduce((most, row) => row.kind === "line" ? Math.max(most, row.number) : most, 0);
  const digits = String(most).length;
  const signs = rows.map((row) => row.kind === "line" ? row.sign : "");
  return {
    added: signs.filter((sign) => sign === "+").length,
    removed: signs.filter((sign) => sign === "−").length,
    rows: rows.map((row, index) => ({ ...rowBlock(row, `${key}.${index}`, digits), code: codes[index] })),
  };
}

function rowBlock(row: PatchRow, key: string, digits: number): Block {
  if (row.kind !== "line") {
    const text = row.kind === "gap" ? `${counted(row.lines, "line")} unchanged` : row.text;
    return { ...block(key, `  ${" ".repeat(digits)} ⋯ `, "dim", text, "dim"), isRow: true };
  }
  const style = STYLES[row.sign];
  const lead = `  ${String(row.number).padStart(digits)} ${row.sign} `;
  return { ...block(key, lead, row.sign === " " ? "dim" : style, row.text, style), isRow: true };
}
