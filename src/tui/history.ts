import { BLANK } from "./editor.ts";
import { type Line, span } from "./line.ts";
import { placesIn, wantedOf } from "./matches.ts";
import type { Stage } from "./panel.ts";
import { cut, oneLine } from "./text.ts";
import { type Pressed, told, type Ui } from "./ui.ts";

/** Most rows of the list, and the part of the screen that it leaves to the rest. */
const ROWS = { most: 8, share: 4 };

/** Looks for something that was sent before; what is being written comes back where nothing is taken. */
export function openHistory({ ui }: Stage): Pressed {
  const { aim } = ui;
  if (aim === null || aim.kind === "history") return { ui: markOlder(ui) };
  // These two have the place of the draft already.
  if (aim.kind === "edit" || aim.kind === "command") return told(ui, "Leave this first: {input.leave} does.");
  if (ui.sent.length === 0) return told(ui, "Nothing was sent yet.");
  return {
    ui: { ...ui, aim: { kind: "history", back: aim }, draft: ui.editor, editor: BLANK, recalled: null, picked: null },
  };
}

/** What fits what is typed, newest first, each once. */
function fitting({ sent, editor }: Ui): readonly string[] {
  const wanted = wantedOf(editor.text);
  return [...new Set(sent.toReversed())].filter((text) =>
    wanted.text === "" || placesIn(oneLine(text), wanted).length > 0
  );
}

function markedAt(ui: Ui, count: number): number {
  return ui.picked?.text === ui.editor.text ? Math.max(0, Math.min(ui.picked.at, count - 1)) : 0;
}

/** Marks an older one, or a newer one; the list begins anew behind its end. */
export function markIn(ui: Ui, by: 1 | -1): Ui {
  const count = fitting(ui).length;
  const at = count === 0 ? 0 : (markedAt(ui, count) + by + count) % count;
  return { ...ui, picked: { text: ui.editor.text, at } };
}

function markOlder(ui: Ui): Ui {
  return ui.aim === null ? ui : markIn(ui, 1);
}

/** Goes back to what was being written, or to what is marked in its place. */
export function leaveHistory(ui: Ui, takes: boolean): Ui {
  if (ui.aim?.kind !== "history") return ui;
  const found = fitting(ui);
  const text = takes ? found[markedAt(ui, found.length)] : undefined;
  const editor = text === undefined ? ui.draft : { text, cursor: text.length };
  return { ...ui, aim: ui.aim.back, editor, draft: BLANK, picked: null };
}

/** Rows of the list above the input line; 0 where nothing is looked for. */
export function historyRows({ ui }: Stage, rows: number): number {
  if (ui.aim?.kind !== "history") return 0;
  return Math.max(1, Math.min(ui.sent.length, ROWS.most, Math.floor(rows / ROWS.share)));
}

/**
 * Lays out what was sent before and fits what is typed, newest first; what is taken is marked.
 *
 * @param ui the screen's own state
 * @param width cells
 * @param height rows
 */
export function historyLines(ui: Ui, width: number, height: number): Line[] {
  const found = fitting(ui);
  if (found.length === 0) return [[span(`  Nothing that was sent holds ${oneLine(ui.editor.text)}.`, "warned")]];
  const at = markedAt(ui, found.length);
  const first = Math.max(0, at - height + 1);
  return found.slice(first, first + height).map((text, index): Line => {
    const isMarked = first + index === at;
    return [span(isMarked ? "> " : "  ", "focus"), span(cut(oneLine(text), width - 2), isMarked ? "strong" : "dim")];
  });
}
