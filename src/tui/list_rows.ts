import { commandLines, commandRows } from "./commands.ts";
import { historyLines, historyRows } from "./history.ts";
import type { Line } from "./line.ts";
import type { Scene, Stage } from "./panel.ts";
import { choiceLines, choiceRows } from "./picker.ts";

/** Rows of the list above the input line: of what is chosen from, of what was sent before, or of the commands that fit. */
export function listRows(stage: Stage, rows: number): number {
  return choiceRows(stage, rows) + historyRows(stage, rows) + commandRows(stage, rows);
}

/**
 * Lays out that list.
 *
 * @param scene the run and the screen's own state
 * @param width cells
 * @param height rows
 */
export function listLines(scene: Scene, width: number, height: number): readonly Line[] {
  const { choice, aim } = scene.ui;
  if (aim?.kind === "history") return historyLines(scene.ui, width, height);
  return choice === null || aim !== null ? commandLines(scene, height) : choiceLines(scene, choice, width, height);
}
