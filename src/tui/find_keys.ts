import { beginning, foundRows, rowToGoTo, visibleFind } from "./find.ts";
import { named } from "./keymap.ts";
import { type Binding, focusedPanel, focusedRole, type Scene } from "./panel.ts";
import { selecting } from "./selected.ts";
import { type Find, type Pressed, told, type Ui } from "./ui.ts";

/** Goes to a match, in a list by what is selected in it; elsewhere the rows are scrolled. */
export function gone(scene: Scene, going: "first" | 1 | -1): Pressed {
  const { ui, panels } = scene;
  const { find } = ui;
  const panel = panels.find(({ id }) => id === find?.in);
  if (find === null || panel?.finds === undefined || find.editor.text === "") {
    return { ui, deed: { kind: "find", going } };
  }
  const rows = panel.finds.rows(scene);
  const found = foundRows(rows, find.editor.text);
  // What is typed is looked for from where the person was before.
  const from = going === "first" ? panel.finds.at({ ...scene, ui: { ...ui, ...find.before } }) : panel.finds.at(scene);
  const next = rowToGoTo(rows, found, from, going);
  return { ui: next === null ? ui : selecting(ui, panel.id, next) };
}

/** Looks for something else, from where the person was; of a thread all is shown whole meanwhile, so that all can be found. */
export function sought(scene: Scene, find: Find): Pressed {
  const role = focusedRole(scene);
  const isWhole = role === null || scene.ui.overlay !== null || find.editor.text === "";
  const { unfolded } = find.before;
  const wanted = isWhole || unfolded.includes(find.in) ? unfolded : [...unfolded, find.in];
  const ui: Ui = { ...scene.ui, find, unfolded: sameList(wanted, scene.ui.unfolded) };
  return gone({ ...scene, ui }, "first");
}

/** The list that was there before where another has the same in it: what was laid out for it stays. */
function sameList(list: readonly string[], before: readonly string[]): readonly string[] {
  return list.length === before.length && list.every((one, index) => one === before[index]) ? before : list;
}

/** Ends it; who is still typing goes back to where they were. */
export function ended({ ui }: Scene, { typing, before }: Find): Pressed {
  return typing
    ? { ui: { ...ui, ...before, find: null }, deed: { kind: "find", going: "back" } }
    : { ui: { ...ui, find: null } };
}

function next(scene: Scene, going: 1 | -1): Pressed {
  const { ui } = scene;
  if (ui.find === null || ui.find.editor.text === "") return told(ui, "{pane.find} finds something in the pane first.");
  const here = ui.overlay ?? focusedPanel(scene)?.id ?? "";
  if (ui.find.in === here) return gone(scene, going);
  const { unfolded, selected } = ui;
  return sought(scene, { ...ui.find, in: here, before: { unfolded, selected } });
}

/** What goes on with what is looked for. */
export const OTHERS = { find_next: ["n"], find_back: ["N"] };

const BINDINGS = {
  find: {
    keys: ["/", "n", "N"],
    actions: { find: ["/"], ...OTHERS },
    help: ["/ n N", "find in the pane; the next match, the one before"],
    hints: () => [{ keys: "/", does: "find" }],
    press: (scene, key) =>
      key === "/"
        ? { ui: beginning(scene.ui, scene.ui.overlay ?? focusedPanel(scene)?.id ?? "") }
        : next(scene, key === "n" ? 1 : -1),
  },
  find_end: {
    keys: ["esc"],
    help: null,
    press: (scene) => {
      const find = visibleFind(scene);
      return find === null ? null : ended(scene, find);
    },
  },
} satisfies Record<string, Binding>;

/** Keys that look for something in the pane that has the focus, or in what stands over the panes. */
export const FIND_KEYS = named("pane", BINDINGS);
