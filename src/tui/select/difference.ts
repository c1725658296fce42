import type { Block } from "./block.ts";
import { block } from "./block.ts";

/** A difference as it is shown. */
export interface ShownDifference {
  readonly added: number;
  readonly removed: number;
  /** Its lines, each a row with its number and sign, with a line for what is left out between them. */
  readonly rows: readonly Block[];
}

/** A line of a difference. */
interface Row {
  readonly sign: "+" | "−" | " " | "⋯";
  /** Its number: in the old text for one that goes, else in the new one; null for what is left out. */
  readonly number: number | null;
  readonly text: string;
}

const STYLES = { "+": "good", "−": "bad", " ": "dim", "⋯": "dim" } as const;

/**
 * Lays out a unified difference: its lines numbered, with signs, so that nothing is said by colour alone.
 *
 * @param patch the difference, its two lines with names first
 * @param key stands for it
 * @returns rows and counts
 */
export function showDifference(patch: string, key: string): ShownDifference {
  const rows = rowsOf(patch);
  const digits = String(Math.max(0, ...rows.map(({ number }) => number ?? 0))).length;
  const counted = (wanted: Row["sign"]) => rows.filter(({ sign }) => sign === wanted).length;
  return {
    added: counted("+"),
    removed: counted("−"),
    rows: rows.map(({ sign, number, text }, index) => ({
      ...block(
        `${key}.${index}`,
        `  ${number === null ? " ".repeat(digits) : String(number).padStart(digits)} ${sign} `,
        STYLES[sign],
        text,
        STYLES[sign],
      ),
      isRow: true,
    })),
  };
}

/** Reads the lines out of a unified difference; one without places counts from the first line. */
function rowsOf(patch: string): readonly Row[] {
  const rows: Row[] = [];
  let [old, now] = [1, 1];
  let isInside = false;
  for (const line of patch.replace(/\n$/, "").split("\n")) {
    if (!isInside && (line.startsWith("--- ") || line.startsWith("+++ "))) continue;
    const place = /^@@ -(\d+)(?:,(\d+))? \+(\d+)/.exec(line);
    if (place !== null) {
      // A side without lines is told by the line before it.
      const oldFrom = Number(place[1]) + (place[2] === "0" ? 1 : 0);
      const skipped = oldFrom - old;
      if (skipped > 0) {
        rows.push({ sign: "⋯", number: null, text: `${skipped} line${skipped === 1 ? "" : "s"} unchanged` });
      }
      [old, now] = [oldFrom, now + skipped];
      isInside = true;
      continue;
    }
    isInside = true;
    const text = line.slice(1);
    if (line.startsWith("+")) rows.push({ sign: "+", number: now++, text });
    else if (line.startsWith("-")) rows.push({ sign: "−", number: old++, text });
    else if (line.startsWith("\\")) continue;
    else {
      rows.push({ sign: " ", number: now++, text });
      old++;
    }
  }
  return rows;
}
