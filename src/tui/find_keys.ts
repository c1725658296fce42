import { EDITS, insert } from "./editor.ts";
import { beginning, foundRows, rowToGoTo, visibleFind } from "./find.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { heardAs, inWords, named, namedIn } from "./keymap.ts";
import type { Key } from "./keys.ts";
import { type Binding, focusedPanel, focusedRole, type Hint, type Scene } from "./panel.ts";
import { selecting } from "./selected.ts";
import { type Find, type Pressed, told, type Ui } from "./ui.ts";

/** Longest text that is looked for. */
const MOST_TYPED = 200;

/** Goes to a match, in a list by what is selected in it; elsewhere the rows are scrolled. */
function gone(scene: Scene, going: "first" | 1 | -1): Pressed {
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
function sought(scene: Scene, find: Find): Pressed {
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
function ended({ ui }: Scene, { typing, before }: Find): Pressed {
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
const OTHERS = { find_next: ["n"], find_back: ["N"] };

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

/** What the next key could be while something is looked for; none where nothing is. */
export function findHints(scene: Scene): readonly Hint[] {
  const find = visibleFind(scene);
  if (find === null) return [];
  const { send, recall, leave } = INPUT_KEYS;
  const hints: readonly (readonly [Pick<Binding, "actions">, string, string])[] = find.typing
    ? [[send, "Enter", "keeps it"], [leave, "Esc", "goes back"], [recall, "↑ ↓", "other matches"]]
    : [[{ actions: namedIn("pane", OTHERS) }, "n N", "other matches"], [FIND_KEYS.find_end, "Esc", "ends it"]];
  return hints.flatMap(([binding, usual, does]) => {
    const keys = inWords(scene.keymap, binding, usual);
    return keys === null ? [] : [{ keys, does, stays: true }];
  });
}

/**
 * Takes a key while something that is looked for is typed.
 *
 * @returns null where nothing is
 */
export function pressFinding(scene: Scene, key: Key): Pressed | null {
  const find = visibleFind(scene);
  if (find === null || !find.typing) return null;
  const heard = (binding: Pick<Binding, "keys" | "actions">) => heardAs(scene.keymap, binding, key);
  if (heard(INPUT_KEYS.leave) !== null) return ended(scene, find);
  if (heard(INPUT_KEYS.send) !== null) {
    const done = find.editor.text === "" ? null : { ...find, typing: false };
    return { ui: { ...scene.ui, find: done } };
  }
  const through = heard(INPUT_KEYS.recall);
  // A list is gone through as it stands, a thread from its newest row upwards.
  const isUpwards = focusedRole(scene) !== null && scene.ui.overlay === null;
  if (through !== null) return gone(scene, (through === "up") === isUpwards ? 1 : -1);
  const edit = heard(INPUT_KEYS.edit);
  const editor = edit !== null
    ? EDITS[edit]!(find.editor)
    : Array.from(key).length === 1
    ? insert(find.editor, key)
    : find.editor;
  return typed(scene, find, editor);
}

function typed(scene: Scene, find: Find, editor: Find["editor"]): Pressed {
  const now = { ...find, editor };
  if (editor.text.length > MOST_TYPED || editor.text === find.editor.text) {
    return { ui: { ...scene.ui, find: editor.text === find.editor.text ? now : find } };
  }
  return sought(scene, now);
}

/** Takes pasted text into what is looked for; null where nothing is typed there. */
export function pasteFinding(scene: Scene, text: string): Pressed | null {
  const find = visibleFind(scene);
  if (find === null || !find.typing) return null;
  return typed(scene, find, insert(find.editor, text.replace(/\s+/g, " ").slice(0, MOST_TYPED)));
}
