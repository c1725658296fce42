import { type KeyGroup, keyGroups } from "../key_groups.ts";
import type { Keymap } from "../keys.ts";
import { type Line, lineCells, span } from "../line.ts";
import type { Overlay, Panel } from "../panel.ts";
import type { CommandWord } from "../store.ts";
import { cells, wrap } from "../text.ts";

/** Two columns stand on screens as wide as this. */
const COLUMNS_FROM = 88;
/** Every key. */
export const help: Overlay = {
  id: "help",
  title: () => "keys",
  lines: ({ panels, store, keymap }, width) => helpLines(panels, store.commands(), width, keymap),
  closes: "Esc",
};

/**
 * Lays out every key.
 *
 * @param panels panels, whose own keys are among them
 * @param commands commands of the input line
 * @param width cells of a row
 * @param keymap what is bound anew
 */
export function helpLines(
  panels: readonly Panel[],
  commands: readonly CommandWord[],
  width: number,
  keymap: Keymap,
): Line[] {
  const groups = keyGroups(panels.filter(({ role }) => role === undefined), commands, keymap);
  if (width < COLUMNS_FROM) return helpColumn(groups, width);
  const half = Math.floor(width / 2) - 2;
  const [left, right] = halves(groups).map((some) => helpColumn(some, half)) as [Line[], Line[]];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index): Line => {
    const first = left[index] ?? [];
    return [...first, span(" ".repeat(Math.max(1, half + 4 - lineCells(first)))), ...(right[index] ?? [])];
  });
}

/** Parts the groups so that both columns are about as long. */
function halves(groups: readonly KeyGroup[]): readonly [KeyGroup[], KeyGroup[]] {
  const rows = groups.map(({ entries }) => entries.length + 2);
  const all = rows.reduce((sum, count) => sum + count, 0);
  let [at, before] = [0, 0];
  while (at < rows.length && before + rows[at]! / 2 < all / 2) before += rows[at++]!;
  return [groups.slice(0, at), groups.slice(at)];
}

function helpColumn(groups: readonly KeyGroup[], width: number): Line[] {
  const most = Math.max(...groups.flatMap(({ entries }) => entries.map(([keys]) => cells(keys))));
  return groups.flatMap(({ title, entries }, index): Line[] => [
    ...(index === 0 ? [] : [[]]),
    [span(title, "strong")],
    ...entries.flatMap(([keys, does]): Line[] =>
      wrap(does, Math.max(8, width - most - 2)).map((row, at): Line => [
        span((at === 0 ? keys : "").padEnd(most + 2), "key"),
        span(row),
      ])
    ),
  ]);
}
