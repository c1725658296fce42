import { type KeyGroup, keyGroups } from "../key_groups.ts";
import type { Keymap } from "../keys.ts";
import { type Line, lineCells, span } from "../line.ts";
import type { Overlay, Panel } from "../panel.ts";
import type { CommandWord } from "../store.ts";
import { cells, wrap } from "../text.ts";

/** Three columns stand on screens as wide as this, else two, else one. */
const [THREE_FROM, TWO_FROM] = [140, 88];
const GAP = 3;

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
  const count = width >= THREE_FROM ? 3 : width >= TWO_FROM ? 2 : 1;
  const each = Math.floor((width - GAP * (count - 1)) / count);
  const sides = inColumns(groups, count, each).map((column) => helpColumn(column, each));
  return Array.from(
    { length: Math.max(...sides.map(({ length }) => length)) },
    (_, row): Line =>
      sides.flatMap((side, index): Line => {
        const line = side[row] ?? [];
        const isLast = index === sides.length - 1;
        return isLast ? line : [...line, span(" ".repeat(Math.max(1, each + GAP - lineCells(line))))];
      }),
  );
}

/** Spreads groups over columns of about one height, in their order. */
function inColumns(groups: readonly KeyGroup[], count: number, width: number): readonly (readonly KeyGroup[])[] {
  const heights = groups.map((group) => helpColumn([group], width).length + 1);
  const wanted = heights.reduce((sum, height) => sum + height, 0) / count;
  const columns = Array.from({ length: count }, (): KeyGroup[] => []);
  let above = 0;
  for (const [index, group] of groups.entries()) {
    // A group stands where its middle is.
    const at = Math.floor((above + heights[index]! / 2) / wanted);
    columns[Math.min(at, count - 1)]!.push(group);
    above += heights[index]!;
  }
  return columns.filter(({ length }) => length > 0);
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
