import { counted } from "../../kernel/text.ts";
import { type ChangedPart, type FileDifference, sayLines } from "../../tell/changed_part.ts";
import { type Line, span, spread } from "../line.ts";
import type { Binding, ChangedFile, Copyable, Panel, Scene } from "../panel.ts";
import { firstLineOf } from "../select/tried_files.ts";
import { CHANGE_WORDS, countOf } from "../select/file_difference.ts";
import { rowBeside, type Selectable, selectedRow, selecting, selectKeys } from "../selected.ts";
import { cells, cut, oneLine } from "../text.ts";
import { confirmed, told, type Ui } from "../ui.ts";

/** Name of the panel, and of the file that is selected in it. */
export const CHANGES = "changes";
/** What the part of the work is selected under. */
const PART = "changes.part";

/** The part of the work that is looked at: all of it before a person chose another. */
export function selectedPart({ ui, store }: Scene): ChangedPart {
  const parts = store.parts();
  return parts.find(({ id }) => id === ui.selected[PART]) ?? parts[0]!;
}

/** Said of a part of the work. */
export const UNCHANGED = "It has no change that stands.";

/** Looks at all of the run again. */
export function onWholeRun({ ui, store }: Scene): Ui {
  const [whole] = store.parts();
  return whole === undefined ? ui : selecting(ui, PART, whole.id);
}

/** What the part that is looked at made of the files. */
export function selectedChanges(scene: Scene): readonly FileDifference[] {
  return scene.store.changes(selectedPart(scene).id);
}

const SELECTABLE: Selectable = {
  panel: CHANGES,
  rows: (scene) => selectedChanges(scene).map(({ path }) => path),
  first: (rows) => rows[0],
};

/** The file that the keys mean; null where none is changed. */
export function selectedFile(scene: Scene): string | null {
  return selectedRow(scene, SELECTABLE);
}

const open: Binding = {
  keys: ["enter"],
  actions: { "changes.open": ["enter"] },
  help: ["Enter", "the difference"],
  hints: () => [{ keys: "Enter", does: "difference" }],
  press(scene) {
    const { ui } = scene;
    return selectedFile(scene) === null ? told(ui, UNCHANGED) : { ui: { ...ui, overlay: "difference" } };
  },
};

/** Keys that go to another part of the work. */
export const PART_KEYS: Binding = {
  keys: ["[", "]"],
  actions: { "changes.part_before": ["["], "changes.part_after": ["]"] },
  help: ["[ ]", "all of the run, its tasks, attempts, roles"],
  hints: () => [{ keys: "[ ]", does: "part" }],
  press(scene, key) {
    const next = rowBeside(scene.store.parts().map(({ id }) => id), selectedPart(scene).id, key === "[" ? -1 : 1);
    return { ui: next === null ? scene.ui : selecting(scene.ui, PART, next) };
  },
};

/** Undoes the part that is looked at, at the second press. */
export const UNDO: Binding = {
  keys: ["U"],
  actions: { "changes.undo": ["U"] },
  help: ["U", "undo the part, when the run is over (asks once)"],
  hints: ({ state }) => state.run.ending === null ? [] : [{ keys: "U", does: "undo it" }],
  press(scene, key) {
    const { state, ui } = scene;
    const { id, says, owner } = selectedPart(scene);
    if (state.run.ending === null) return told(ui, "The run is at work: {changes.undo} undoes once it is over.");
    if (owner === null) {
      return told(
        ui,
        "An attempt is no part by itself: {changes.part_before} {changes.part_after} choose its task, its role or all.",
      );
    }
    const count = new Set(selectedChanges(scene).map(({ path }) => path)).size;
    if (count === 0) return told(ui, UNCHANGED);
    const files = counted(count, "file");
    return confirmed(ui, key, { kind: "undo", part: id }, `Press {changes.undo} again to undo ${says}: ${files}.`);
  },
};

/** Brings back what was undone last, at the second press. */
export const REDO: Binding = {
  keys: ["R"],
  actions: { "changes.redo": ["R"] },
  help: ["R", "bring back what was undone last (asks once)"],
  press({ state, ui, store }, key) {
    if (state.run.ending === null) return told(ui, "The run is at work: nothing of it was undone.");
    const says = store.lastUndone?.() ?? null;
    if (says === null) return told(ui, "Nothing was undone here: there is nothing to bring back.");
    return confirmed(ui, key, { kind: "redo" }, `Press {changes.redo} again to bring back ${says}.`);
  },
};

/** The files that the run changed, with how many lines. With the focus those of one part of its work. */
export const changes: Panel = {
  id: CHANGES,
  key: "c",
  room: { share: 0.25, least: 3 },
  title: () => "changes",
  lines(scene, { width }) {
    if (scene.ui.focus !== CHANGES) {
      const files = scene.store.changes("run");
      return files.length === 0
        ? [[span("No file is changed yet.", "dim")]]
        : files.map((file) => fileLine(file, width, false));
    }
    const files = selectedChanges(scene);
    const marked = selectedFile(scene);
    return [
      partLine(scene, width),
      ...(files.length === 0
        ? [[span(UNCHANGED, "dim")]]
        : files.map((file) => fileLine(file, width, file.path === marked))),
    ];
  },
  copies: copiesOfChanges,
  files: filesOfChanges,
  finds: { rows: (scene) => selectedChanges(scene).map(({ path }) => ({ id: path, text: path })), at: selectedFile },
  bindings: [selectKeys(SELECTABLE), open, PART_KEYS, UNDO, REDO],
};

/** The differences that can be copied: of the selected file, then of all files. */
export function copiesOfChanges(scene: Scene): readonly Copyable[] {
  const all = selectedChanges(scene);
  const file = all.find(({ path }) => path === selectedFile(scene));
  if (file === undefined) return [];
  const whole = {
    name: `the difference of ${counted(all.length, "file")}`,
    text: all.map(({ text }) => text).join(""),
  };
  return [{ name: `the difference of ${file.path}`, text: file.text }, ...(all.length === 1 ? [] : [whole])];
}

/** The selected file, where it stands. */
export function filesOfChanges(scene: Scene): readonly ChangedFile[] {
  return selectedChanges(scene).flatMap(({ path, text }) =>
    path === selectedFile(scene) ? [{ path, patch: text, line: firstLineOf(text) }] : []
  ).slice(0, 1);
}

/** Which part is looked at, of how many. */
function partLine(scene: Scene, width: number): Line {
  const parts = scene.store.parts();
  const part = selectedPart(scene);
  const place = parts.length < 2
    ? []
    : [span(`${1 + parts.findIndex(({ id }) => id === part.id)} of ${parts.length}`, "dim")];
  return spread([span("[ ] ", "key"), span(oneLine(part.says), "strong")], place, width);
}

function fileLine(file: FileDifference, width: number, isMarked: boolean): Line {
  const word = width < 36 ? "" : CHANGE_WORDS[file.change].padEnd(8);
  const path = oneLine(file.path);
  if (!isMarked) return spread([span(word, "dim"), span(path)], countOf(file), width);
  const right = ` ${sayLines(file)}`;
  const row = cut(`>${word}${path}`, Math.max(1, width - cells(right)));
  return [span(row + " ".repeat(Math.max(0, width - cells(row) - cells(right))) + right, "selected")];
}
