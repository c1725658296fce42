import { EDITS, insert } from "./editor.ts";
import { visibleFind } from "./find.ts";
import { ended, FIND_KEYS, gone, OTHERS, sought } from "./find_keys.ts";
import { INPUT_KEYS } from "./input_keys.ts";
import { heardAs, inWords, namedIn } from "./keymap.ts";
import type { Key } from "./keys.ts";
import { type Binding, focusedRole, type Hint, type Scene } from "./panel.ts";
import type { Find, Pressed } from "./ui.ts";

/** Longest text that is looked for. */
const MOST_TYPED = 200;

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
