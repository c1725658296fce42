import { BLANK } from "./editor.ts";
import { placesIn, wantedOf } from "./matches.ts";
import type { Findable, Scene, Stage } from "./panel.ts";
import type { Find, Ui } from "./ui.ts";

/** Characters of a row of a list that are looked through, and rows. */
const MOST = { characters: 4_000, rows: 5_000 };

/** Begins to look for something in a panel, or in what stands over the panels. */
export function beginning(ui: Ui, where: string): Ui {
  const { unfolded, selected } = ui;
  return { ...ui, find: { in: where, editor: BLANK, typing: true, before: { unfolded, selected } } };
}

/** What is looked for where that can be seen: over the panels, or in one that is shown; null where nothing is. */
export function visibleFind({ ui, shown }: Pick<Stage, "ui" | "shown">): Find | null {
  const { find, overlay } = ui;
  if (find === null) return null;
  return (overlay === null ? shown.includes(find.in) : find.in === overlay) ? find : null;
}

/**
 * Finds the rows of a list that hold what is looked for.
 *
 * @param findable rows
 * @param typed what was typed
 * @returns what they are selected by, in their order
 */
export function foundRows(findable: readonly Findable[], typed: string): readonly string[] {
  const wanted = wantedOf(typed);
  return findable.slice(0, MOST.rows)
    .filter(({ text }) => placesIn(text.slice(0, MOST.characters), wanted).length > 0)
    .map(({ id }) => id);
}

/**
 * Chooses the row of a list that a person goes to.
 *
 * @param findable rows
 * @param found those of them that hold what is looked for
 * @param from the row that is selected
 * @param going the first from there on, the next, the one before
 * @returns null where none is found
 */
export function rowToGoTo(
  findable: readonly Findable[],
  found: readonly string[],
  from: string | null,
  going: "first" | 1 | -1,
): string | null {
  if (found.length === 0) return null;
  const placeOf = new Map(findable.map(({ id }, index) => [id, index]));
  const at = from === null ? 0 : placeOf.get(from) ?? 0;
  const places = found.map((id) => placeOf.get(id)!);
  const next = going === -1
    ? places.findLastIndex((place) => place < at)
    : places.findIndex((place) => going === 1 ? place > at : place >= at);
  return found[next] ?? (going === -1 ? found.at(-1)! : found[0]!);
}

/** What is looked for in a panel, or in what stands over the panels; null where nothing is. */
export function findIn(scene: Scene, id: string): Find | null {
  const find = visibleFind(scene);
  return find?.in === id ? find : null;
}
