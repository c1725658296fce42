import { progress } from "../features/tasks/progress.ts";
import type { Signal } from "../ports/host_status.ts";
import type { State } from "../features/state.ts";
import { editorRows } from "./editor.ts";
import { hintLine, inputLabel } from "./hints.ts";
import type { Ui } from "./interaction.ts";
import { arrange, type Box, inside, type Layout, type Rect, SMALLEST, viewId } from "./layout.ts";
import { type Line, lineCells, span } from "./line.ts";
import type { Region } from "./painter.ts";
import { activityOf } from "./select/activity.ts";
import { questionLines } from "./select/question.ts";
import { listedMessages } from "./select/panels.ts";
import { cells } from "./text.ts";

/** A frame with its title. */
export interface FramedBox {
  readonly rect: Rect;
  readonly title: string;
  readonly look: "quiet" | "focus" | "alert";
}

/** What stands on the screen: boxes, tabs, input line, hints. It changes with keys and with few facts, never with streams. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  /** A sentence where the screen is too small for more. */
  readonly refusal: string | null;
  readonly boxes: readonly FramedBox[];
  readonly tabs: { readonly y: number; readonly line: Line } | null;
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
  /** Views on the screen. */
  readonly views: readonly Box[];
}

/** What a frame depends on. */
export interface FrameSource {
  readonly columns: number;
  readonly rows: number;
  readonly state: State;
  readonly roles: readonly string[];
  readonly hosts: number;
  readonly ui: Ui;
  readonly starting: boolean;
  /** Whether there is neither a run nor a form yet. */
  readonly opening: boolean;
}

const MOST_INPUT_ROWS = 6;

const OVERLAY_TITLES = {
  help: "keys",
  summary: "the run is over",
  question: "what is asked",
  raw: "raw reply",
} as const;

function titleOf(box: Box, source: FrameSource): string {
  const { view } = box;
  if (view.kind === "thread") return `${source.roles.indexOf(view.role) + 1} ${view.role}`;
  switch (view.panel) {
    case "tasks": {
      const { done, wanted } = progress(source.state);
      return source.state.tasks.list.length === 0 ? "t tasks" : `t tasks ${done}/${wanted}`;
    }
    case "messages": {
      const held = listedMessages(source.state).filter((message) => message.status === "held").length;
      return held === 0 ? "m messages" : `m messages, ${held} held`;
    }
    case "fleet":
      return "f fleet";
    case "run":
      return "run";
  }
}

function tabsLine(source: FrameSource, views: readonly Box[]): Line {
  const visible = new Set(views.map((box) => viewId(box.view)));
  const focus = viewId(source.ui.focus);
  const none: ReadonlyMap<string, Signal> = new Map();
  const threads = (names: boolean): Line =>
    source.roles.flatMap((role, index) => {
      const id = `thread:${role}`;
      const { sign, style } = activityOf(source.state, role, none);
      const name = names || id === focus ? `${index + 1} ${role}` : String(index + 1);
      return [
        span(name, id === focus ? "accent" : visible.has(id) ? "strong" : "plain"),
        span(sign === "○" ? "  " : `${sign} `, style),
      ];
    });
  const panels = (["tasks", "fleet", "messages"] as const).map((panel) =>
    span(`${panel[0]} ${panel}  `, focus === `panel:${panel}` ? "accent" : "dim")
  );
  const lines: Line[] = [[span(" "), ...threads(true), ...panels], [span(" "), ...threads(true)], [
    span(" "),
    ...threads(false),
    ...panels,
  ]];
  return lines.find((line) => lineCells(line) <= source.columns) ?? [span(" "), ...threads(false)];
}

function regionsOf(layout: Layout, views: readonly Box[], overlay: Rect | null): Region[] {
  const regions: Region[] = [{ id: "title", rect: { x: 0, y: 0, width: layout.columns, height: 1 } }];
  if (overlay !== null) regions.push({ id: "overlay", rect: inside(overlay) });
  else for (const box of views) regions.push({ id: viewId(box.view), rect: inside(box.rect) });
  if (layout.summary !== null) {
    regions.push({ id: "summary", rect: { x: 0, y: layout.summary, width: layout.columns, height: 1 } });
  }
  if (layout.question !== null) regions.push({ id: "question", rect: inside(layout.question) });
  return regions;
}

function framesOf(source: FrameSource, layout: Layout, overlay: Rect | null): FramedBox[] {
  const { ui, state } = source;
  const boxes: FramedBox[] = [];
  if (overlay !== null) {
    const whose = ui.overlay === "raw" && ui.raw !== null ? ` of ${ui.raw.role}` : "";
    const title = source.starting
      ? "new run"
      : source.opening && ui.overlay === null
      ? "opening"
      : `${OVERLAY_TITLES[ui.overlay ?? "help"]}${whose}`;
    boxes.push({ rect: overlay, title, look: "focus" });
  } else {
    const focus = ui.aim === null ? viewId(ui.focus) : "";
    for (const box of layout.boxes) {
      boxes.push({ rect: box.rect, title: titleOf(box, source), look: viewId(box.view) === focus ? "focus" : "quiet" });
    }
  }
  if (layout.question !== null) {
    const more = state.people.questions.length > 1 ? `, 1 of ${state.people.questions.length}` : "";
    boxes.push({ rect: layout.question, title: `NEEDS YOU${more}`, look: "alert" });
  }
  return boxes;
}

/**
 * Builds what stands on the screen.
 *
 * @param source size, run, the screen's own state
 * @returns the frame; equal sources give equal frames
 */
export function frameOf(source: FrameSource): Frame {
  const { columns, rows, ui, state } = source;
  const label = inputLabel(ui.aim);
  const width = Math.max(8, columns - cells(label) - 2);
  const editor = editorRows(ui.editor, width, source.starting ? 4 : Math.min(MOST_INPUT_ROWS, Math.floor(rows / 4)));
  const shownInput = source.starting ? 4 : ui.aim === null ? 1 : editor.rows.length;
  const question = state.people.questions[0];
  const asks = question === undefined || state.run.ending !== null || ui.overlay === "question" ? 0 : Math.min(
    questionLines(question, columns - 4).length + 2,
    rows < 18 ? rows - 3 - shownInput : Math.floor(rows / 2),
  );
  const layout = arrange({
    columns,
    rows,
    roles: source.roles,
    hosts: source.hosts,
    focus: ui.focus,
    beside: ui.beside,
    zoom: ui.zoom,
    questionRows: asks,
    inputRows: shownInput,
  });
  const refusal = columns < SMALLEST.columns || rows < SMALLEST.rows
    ? `This screen is ${columns}×${rows}; at least ${SMALLEST.columns}×${SMALLEST.rows} is needed. Make the window larger.`
    : null;
  const bottom = layout.question?.y ?? layout.input.y;
  const overlay = ui.overlay !== null || source.starting || source.opening
    ? { x: 0, y: 1, width: columns, height: bottom - 1 }
    : null;
  return {
    columns,
    rows,
    refusal,
    boxes: refusal !== null ? [] : framesOf(source, layout, overlay),
    tabs: layout.tabs === null || overlay !== null ? null : { y: layout.tabs, line: tabsLine(source, layout.boxes) },
    input: { rect: layout.input, label, active: ui.aim !== null, ...editor },
    hint: { y: layout.hint, line: hintLine(ui, state, source.roles, columns, source.opening) },
    regions: refusal !== null
      ? []
      : regionsOf({ ...layout, summary: overlay === null ? layout.summary : null }, layout.boxes, overlay),
    views: layout.boxes,
  };
}
