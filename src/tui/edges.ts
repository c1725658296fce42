import type { FramedBox } from "./frame.ts";
import { type Look, paintLine, type Style } from "./line.ts";
import type { Region } from "./painter.ts";
import { cells, cut, oneLine } from "./text.ts";

const STYLES: Readonly<Record<FramedBox["look"], readonly [edge: Style, title: Style]>> = {
  quiet: ["dim", "strong"],
  focus: ["accent", "accent"],
  alert: ["warn", "mark"],
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
