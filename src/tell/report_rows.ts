import type { Stamped } from "../features/fact.ts";
import type { Row } from "../kernel/told.ts";
import { columns } from "./columns.ts";
import { Earlier } from "./earlier.ts";
import type { ShownKinds } from "./shown_run.ts";
import { tellingOf } from "./telling.ts";

/** Rows of a section that are shown, and how many of them from its beginning and its end where there are more. */
const [MOST, HEAD, TAIL] = [60, 20, 30];
/** Sections that may be cut: of what went wrong some is enough. */
const CUT = ["Failures"];

type Shown = Pick<Row, "cells" | "below">;

/**
 * Collects what facts add to what is shown of their run.
 *
 * @param facts all facts of the run
 * @param kinds how each is told
 * @returns text by title of the section, in the order in which they began
 */
export function rowsOf(facts: readonly Stamped[], kinds: ShownKinds): Readonly<Record<string, string>> {
  const telling = tellingOf(kinds);
  const earlier = new Earlier(kinds);
  const sections = new Map<string, Map<string, Shown>>();
  for (const fact of facts) {
    earlier.note(fact);
    const row = telling.row(fact, earlier);
    if (row === null) continue;
    const rows = sections.get(row.section) ?? new Map<string, Shown>();
    const { id = `${fact.seq}.` } = row;
    sections.set(row.section, rows.set(id, joined(rows.get(id), row)));
  }
  return Object.fromEntries(
    [...sections].map(([title, rows]) => [title, lay([...rows.values()], CUT.includes(title))]),
  );
}

/** A row that goes on: what a later cell leaves empty stays. */
function joined(before: Shown | undefined, { cells, below }: Row): Shown {
  if (before === undefined) return { cells, below };
  const length = Math.max(before.cells.length, cells.length);
  return {
    cells: Array.from({ length }, (_, index) => cells[index] || (before.cells[index] ?? "")),
    below: below ?? before.below,
  };
}

function lay(rows: readonly Shown[], mayCut: boolean): string {
  const lines = columns(rows.map(({ cells }) => cells), 2).split("\n").slice(0, -1).map((line, index) => {
    const below = rows[index]?.below;
    return below === undefined ? `${line}\n` : `${line}\n      ${below}\n`;
  });
  if (!mayCut || lines.length <= MOST) return lines.join("");
  const left = `  … ${lines.length - HEAD - TAIL} more …\n`;
  return [...lines.slice(0, HEAD), left, ...lines.slice(-TAIL)].join("");
}
