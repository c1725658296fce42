import type { Binding, Scene } from "./panel.ts";
import { rowsOf, SCROLLING } from "./screen_keys.ts";
import type { Ui } from "./ui.ts";

/** Rows of a panel of which one is selected while the panel has the focus. */
export interface Selectable {
  /** Id of the panel. */
  readonly panel: string;
  /** Names of the rows, in the order in which they are shown. */
  rows(scene: Scene): readonly string[];
  /** The row that is selected before a person selects one. */
  first(rows: readonly string[]): string | undefined;
}

/** The row that the keys mean; null where there is none. */
export function selectedRow(scene: Scene, { panel, rows, first }: Selectable): string | null {
  const listed = rows(scene);
  const wanted = scene.ui.selected[panel];
  return wanted !== undefined && listed.includes(wanted) ? wanted : first(listed) ?? null;
}

/** Selects a row, or whatever else is chosen under a name. */
export function selecting(ui: Ui, name: string, row: string): Ui {
  return { ...ui, selected: { ...ui.selected, [name]: row } };
}

/** The row that lies so many rows below another; infinite to an end. */
export function rowBeside(rows: readonly string[], from: string | null, by: number): string | null {
  const at = Math.max(0, Math.min(rows.length - 1, (from === null ? 0 : rows.indexOf(from)) + by));
  return rows[at] ?? null;
}

/** The keys that select a row. */
export function selectKeys(selectable: Selectable): Binding {
  return {
    ...SCROLLING,
    help: null,
    hints: () => [{ keys: "j k", does: "select" }],
    press(scene, key) {
      const next = rowBeside(selectable.rows(scene), selectedRow(scene, selectable), rowsOf(key, scene.page));
      return { ui: next === null ? scene.ui : selecting(scene.ui, selectable.panel, next) };
    },
  };
}
