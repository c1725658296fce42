import { type Box, contentOf, type Layout, type Rect } from "./layout.ts";
import { type Line, lineCells, type Look, paintLine, span, type Style } from "./line.ts";
import type { Region } from "./painter.ts";
import type { Panel, Scene } from "./panel.ts";
import { cells, cut, oneLine } from "./text.ts";

/** A frame with its title. */
export interface FramedBox {
  readonly rect: Rect;
  readonly title: string;
  readonly look: "focus" | "alert";
}

const STYLES: Readonly<Record<FramedBox["look"], readonly [edge: Style, title: Style]>> = {
  focus: ["focus", "focus"],
  alert: ["waits", "label"],
};

/**
 * Draws a frame with its title in the upper edge. Ink would measure every character of it again with each key.
 *
 * @param box the frame
 * @param look signs and styles
 * @returns its four edges
 */
export function edgesOf(box: FramedBox, look: Look): readonly Region[] {
  const { x, y, width, height } = box.rect;
  const { corners, across, down } = look.signs;
  const [edge, titleStyle] = STYLES[box.look];
  const paint = (text: string, style: Style) => paintLine([{ text, style }], cells(text), look);
  // The focus is marked by a sign too, for those who see no colour.
  const title = cut(
    box.look === "focus" ? ` > ${oneLine(box.title)} ` : ` ${oneLine(box.title)} `,
    Math.max(0, width - 4),
  );
  const top = paint(corners[0] + across, edge) + paint(title, titleStyle) +
    paint(across.repeat(Math.max(0, width - 3 - cells(title))) + corners[1], edge);
  const bottom = paint(corners[2] + across.repeat(Math.max(0, width - 2)) + corners[3], edge);
  const side = Array.from({ length: Math.max(0, height - 2) }, () => paint(down, edge));
  const id = `edge:${x},${y}`;
  return [
    { id, rect: { x, y, width, height: 1 }, rows: [top] },
    { id, rect: { x, y: y + 1, width: 1, height: side.length }, rows: side },
    { id, rect: { x: x + width - 1, y: y + 1, width: 1, height: side.length }, rows: side },
    { id, rect: { x, y: y + height - 1, width, height: 1 }, rows: [bottom] },
  ];
}

/** Names the region of a panel. */
export function regionOf(panel: string): string {
  return `panel:${panel}`;
}

/** Names the region of a panel's upper edge. */
export function headOf(panel: string): string {
  return `head:${panel}`;
}

/**
 * Says which regions a panel has: its content and its upper edge, and where it has a neighbour at its left, what parts it from that.
 *
 * @param box the panel's place
 * @param boxes all places
 * @param look signs
 */
export function regionsOfBox(box: Box, boxes: readonly Box[], look: Look): readonly Region[] {
  const { id, rect } = box;
  const { x, y, width, height } = rect;
  const content: Region = { id: regionOf(id), rect: contentOf(rect) };
  if (x === 0) return [content, { id: headOf(id), rect: { x, y, width, height: 1 } }];
  const rows = Array.from({ length: height }, (_, row) => {
    const [fromLeft, toRight] = [
      boxes.some((one) => one.rect.x + one.rect.width === x && one.rect.y === y + row),
      row === 0,
    ];
    const goesUp = row > 0 || boxes.some((one) => one.rect.x === x && one.rect.y + one.rect.height === y);
    return paintLine([span(look.signs.joints[jointOf(goesUp, fromLeft, toRight)], "dim")], 1, look);
  });
  return [
    content,
    { id: headOf(id), rect: { x: x + 1, y, width: width - 1, height: 1 } },
    { id: `seam:${x},${y}`, rect: { x, y, width: 1, height }, rows },
  ];
}

function jointOf(goesUp: boolean, fromLeft: boolean, toRight: boolean): keyof Look["signs"]["joints"] {
  if (!toRight) return fromLeft ? "left" : "none";
  if (!goesUp) return "top";
  return fromLeft ? "cross" : "right";
}

/** The row below the panels, where every one of them is visible. */
export function baseRow({ boxes, columns, base }: Layout, look: Look): string {
  const row = Array.from({ length: columns }, (_, x) => {
    const meets = x > 0 && boxes.some(({ rect }) => rect.x === x && rect.y + rect.height === base);
    return meets ? look.signs.joints.bottom : look.signs.across;
  });
  return paintLine([span(row.join(""), "dim")], columns, look);
}

/**
 * Lays out the upper edge of a panel: its key and title, and at its end what it notes.
 *
 * @param panel the panel
 * @param scene the run and the screen's own state
 * @param width cells
 */
export function headLine(panel: Panel, scene: Scene, width: number): Line {
  const { ui, state, look } = scene;
  const { across } = look.signs;
  const isFocused = ui.aim === null && panel.id === ui.focus;
  const rule: Style = isFocused ? "focus" : "dim";
  const words = panel.title(state, width);
  const title = oneLine(panel.key === null ? words : `${panel.key} ${words}`);
  const note = panel.note?.(scene, width) ?? [];
  const end: Line = note.length === 0 ? [] : [span(" "), ...note, span(" ")];
  const room = width - lineCells(end) - 2;
  // Where a title would lose its name, the note gives way.
  const isCramped = room < Math.min(12, cells(title) + 4);
  const shown = cut(isFocused ? ` > ${title} ` : ` ${title} `, Math.max(0, isCramped ? width - 2 : room - 1));
  const kept = isCramped ? [] : end;
  const fill = Math.max(0, width - 2 - cells(shown) - lineCells(kept));
  return [
    span(across, rule),
    span(shown, isFocused ? "focus" : "strong"),
    span(across.repeat(fill), rule),
    ...kept,
    span(across, rule),
  ];
}
