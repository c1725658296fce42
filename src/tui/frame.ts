import { addressedAim } from "./addressed_aim.ts";
import { editorRows } from "./editor.ts";
import { gateRows } from "./gate_rows.ts";
import { hintLine, inputLabel } from "./hints.ts";
import { baseRow, type FramedBox, regionsOfBox } from "./edges.ts";
import { arrange, inside, type Layout, type Rect, SMALLEST } from "./layout.ts";
import { listRows } from "./list_rows.ts";
import type { Line, Look } from "./line.ts";
import { overlayOf } from "./overlays.ts";
import { playingOf } from "./play_keys.ts";
import type { Region } from "./painter.ts";
import type { Stage } from "./panel.ts";
import { questionLines } from "./select/question.ts";
import { onStage } from "./stage.ts";
import { cells } from "./text.ts";

/** What stands on the screen: places of panels, frames, input line, hints. It changes with keys and with few facts, never with streams. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  /** Styles and signs of all that stands in it. */
  readonly look: Look;
  /** A sentence where the screen is too small for more. */
  readonly refusal: string | null;
  readonly boxes: readonly FramedBox[];
  /** Ids of the panels that can be seen. */
  readonly shown: readonly string[];
  readonly input: {
    readonly rect: Rect;
    readonly label: string;
    readonly active: boolean;
    readonly rows: readonly string[];
    readonly row: number;
    readonly offset: number;
  };
  readonly hint: { readonly y: number; readonly line: Line };
  /** What is painted beside Ink, with the frame. */
  readonly regions: readonly Region[];
}

const MOST_INPUT_ROWS = 6;
/** Rows of the input line on the start screen, and on one with few rows. */
const GOAL_ROWS = { most: 4, few: 2, fewBelow: 18 };

function regionsOf(layout: Layout, overlay: Rect | null, stage: Stage): Region[] {
  const { columns, boxes, crew, base } = layout;
  const row = (id: string, y: number): Region => ({ id, rect: { x: 0, y, width: columns, height: 1 } });
  const regions: Region[] = [row("title", 0)];
  if (overlay !== null) regions.push({ id: "overlay", rect: inside(overlay) });
  else {
    for (const box of boxes) regions.push(...regionsOfBox(box, boxes, stage.look));
    if (crew !== null) regions.push(row("crew", crew));
    if (base !== null) {
      const isPlain = stage.panels.every(({ id, brief }) => brief === undefined || boxes.some((box) => box.id === id));
      regions.push(isPlain ? { ...row("base", base), rows: [baseRow(layout, stage.look)] } : row("base", base));
    }
  }
  if (layout.question !== null) regions.push({ id: "question", rect: inside(layout.question) });
  if (layout.gate !== null) regions.push({ id: "gate", rect: layout.gate });
  if (layout.commands !== null) regions.push({ id: "commands", rect: layout.commands });
  return regions;
}

/** What stands in the frame of what is over the panels. */
function overlayTitle(stage: Stage): string {
  if (stage.state !== null) return overlayOf(stage.ui.overlay)?.title(stage) ?? "";
  if (stage.form !== null && stage.ui.overlay === null) {
    return stage.ui.placing === null ? "start" : `a place for ${stage.ui.placing}`;
  }
  return stage.ui.overlay === null ? "opening" : "keys";
}

function framesOf(stage: Stage, layout: Layout, overlay: Rect | null): FramedBox[] {
  const boxes: FramedBox[] = overlay === null ? [] : [{ rect: overlay, title: overlayTitle(stage), look: "focus" }];
  if (stage.state === null) return boxes;
  const { state } = stage;
  if (layout.question !== null) {
    const more = state.people.questions.length > 1 ? `, 1 of ${state.people.questions.length}` : "";
    boxes.push({ rect: layout.question, title: `NEEDS YOU${more}`, look: "alert" });
  }
  return boxes;
}

/** Rows of the strip that asks the person, its frame included, over so many rows below it; 0 where nothing is asked. */
function questionRows(stage: Stage, columns: number, rows: number, below: number): number {
  const question = stage.state?.people.questions[0];
  if (question === undefined || stage.state === null) return 0;
  if (stage.state.run.ending || stage.ui.overlay === "question") return 0;
  const most = rows < 18 ? rows - 3 - below : Math.floor(rows / 2);
  const lines = questionLines(question, columns - 4, (text) => stage.store.text(text));
  // The keys that answer, and the frame.
  return Math.min(lines.length + 3, most);
}

/**
 * Builds what stands on the screen.
 *
 * @param stage the run, or what is before it, and the screen's own state
 * @param columns cells of a row
 * @param rows rows of the screen
 * @returns the frame; equal sources give equal frames
 */
export function frameOf(stage: Stage, columns: number, rows: number): Frame {
  const { ui } = stage;
  const isAsking = stage.state === null && stage.form !== null;
  const written = isAsking || ui.editor.text !== "" ? ui.writtenFor : null;
  // Before there is anything to type for nothing asks for it; and a first frame in plain letters is measured at once, where any other has
  // the expressions compiled by which widths are told, a sixth of the way to it.
  const isOpening = stage.state === null && stage.form === null && ui.aim === null;
  const label = isOpening ? "" : inputLabel(addressedAim(stage, ui.aim ?? written));
  const goalRows = rows < GOAL_ROWS.fewBelow ? GOAL_ROWS.few : GOAL_ROWS.most;
  const most = isAsking ? goalRows : Math.min(MOST_INPUT_ROWS, Math.floor(rows / 4));
  const editor = editorRows(ui.editor, Math.max(8, columns - cells(label) - 2), most);
  const inputRows = isAsking ? goalRows : ui.aim === null ? 1 : editor.rows.length;
  const list = listRows(stage, rows);
  const waits = playingOf(stage) === null ? gateRows(stage, rows) : 1;
  const layout = arrange({
    columns,
    rows,
    panels: stage.state === null ? [] : stage.panels,
    hosts: stage.state === null ? 0 : stage.store.hosts().length,
    focus: ui.focus,
    stage: stage.state === null ? [] : onStage(stage).map(({ id }) => id),
    view: ui.view,
    questionRows: questionRows(stage, columns, rows, inputRows + list + waits),
    gateRows: waits,
    commandRows: list,
    inputRows,
  });
  const refusal = columns < SMALLEST.columns || rows < SMALLEST.rows
    ? `This screen is ${columns}×${rows}; at least ${SMALLEST.columns}×${SMALLEST.rows} is needed. Make the window larger.`
    : null;
  const bottom = (layout.question ?? layout.gate ?? layout.commands ?? layout.input).y;
  const overlay = ui.overlay === null && stage.state !== null
    ? null
    : { x: 0, y: 1, width: columns, height: bottom - 1 };
  return {
    columns,
    rows,
    look: stage.look,
    refusal,
    boxes: refusal !== null ? [] : framesOf(stage, layout, overlay),
    shown: overlay === null ? layout.boxes.map(({ id }) => id) : [],
    input: { rect: layout.input, label, active: ui.aim !== null, ...editor },
    hint: { y: layout.hint, line: hintLine(stage, columns) },
    regions: refusal !== null ? [] : regionsOf(layout, overlay, stage),
  };
}
