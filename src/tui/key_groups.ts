import { INPUT_KEYS } from "./input_keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import type { Binding, Panel } from "./panel.ts";
import { SCREEN_KEYS } from "./screen_keys.ts";

/** Keys of one kind, as the help shows them. */
export interface KeyGroup {
  readonly title: string;
  /** Keys, and what they do. */
  readonly entries: readonly (readonly [keys: string, does: string])[];
}

/**
 * Gathers all keys, in groups: those that move, those of single panels, those of the run, of the input line, of the screen.
 *
 * @param panels panels beside the threads
 */
export function keyGroups(panels: readonly Panel[]): readonly KeyGroup[] {
  const { threads, walk, zoom, raw, judge, question, pause, hold, escape, summary, leave, write } = PANE_KEYS;
  const { rows, pages, ends, help, quit, redraw, suspend } = SCREEN_KEYS;
  const input = INPUT_KEYS;
  const move = group("Move", [threads, walk, rows, pages, ends, zoom, raw]);
  const named = panels.filter(({ key }) => key !== null);
  const toPanels = [named.map(({ key }) => key).join(" "), named.map(({ id }) => id).join(", ")] as const;
  return [
    { ...move, entries: named.length === 0 ? move.entries : [...move.entries, toPanels] },
    ...panels.flatMap(({ id, key, bindings = [] }) => {
      const after = key === null ? "" : ` (after ${key})`;
      const own = group(`${id[0]?.toUpperCase() ?? ""}${id.slice(1)}${after}`, bindings);
      return own.entries.length === 0 ? [] : [own];
    }),
    group("Run", [judge, question, pause, hold, escape, summary, leave, quit]),
    group("Write", [write, input.send, input.newline, input.recall, input.edit, input.leave, input.quit]),
    group("Screen", [help, redraw, suspend]),
  ];
}

function group(title: string, bindings: readonly Pick<Binding, "help">[]): KeyGroup {
  return { title, entries: bindings.flatMap(({ help }) => help === null ? [] : [help]) };
}
