import { Box, Text } from "ink";
import type { ReactNode } from "react";
import type { Frame, FramedBox } from "./frame.ts";
import { type Line, type Look, paintLine, type Style } from "./line.ts";
import { cells, cut } from "./text.ts";

/** Puts something at a place of the screen. */
function At({ x, y, width, children }: { x: number; y: number; width: number; children: ReactNode }): ReactNode {
  return <Box position="absolute" left={x} top={y} width={width}>{children}</Box>;
}

function LineAt({ y, width, line, look }: { y: number; width: number; line: Line; look: Look }): ReactNode {
  return (
    <At x={0} y={y} width={width}>
      <Text wrap="truncate">{paintLine(line, width, look)}</Text>
    </At>
  );
}

const BORDER: Readonly<Record<FramedBox["look"], readonly [border: Style, title: Style]>> = {
  quiet: ["dim", "strong"],
  focus: ["accent", "accent"],
  alert: ["warn", "mark"],
};

/** A frame with its title in the upper edge; the inside stays empty. */
function Framed({ box, look }: { box: FramedBox; look: Look }): ReactNode {
  const { x, y, width, height } = box.rect;
  const { corners, across, down } = look.signs;
  const [border, titleStyle] = BORDER[box.look];
  const paint = (text: string, style: Style) => paintLine([{ text, style }], cells(text), look);
  // The focus is marked by a sign too, for those who see no colour.
  const title = cut(box.look === "focus" ? ` > ${box.title} ` : ` ${box.title} `, Math.max(0, width - 4));
  const top = paint(corners[0] + across, border) + paint(title, titleStyle) +
    paint(across.repeat(Math.max(0, width - 3 - cells(title))) + corners[1], border);
  const side = Array.from({ length: Math.max(0, height - 2) }, () => paint(down, border)).join("\n");
  return (
    <>
      <At x={x} y={y} width={width}>
        <Text wrap="truncate">{top}</Text>
      </At>
      <At x={x} y={y + 1} width={1}>
        <Text>{side}</Text>
      </At>
      <At x={x + width - 1} y={y + 1} width={1}>
        <Text>{side}</Text>
      </At>
      <At x={x} y={y + height - 1} width={width}>
        <Text wrap="truncate">{paint(corners[2] + across.repeat(Math.max(0, width - 2)) + corners[3], border)}</Text>
      </At>
    </>
  );
}

/** The input line, with the cursor where the keys go. */
function Input({ input, look }: { input: Frame["input"]; look: Look }): ReactNode {
  const { rect, label, active } = input;
  const indent = cells(label) + 1;
  const lines = input.rows.slice(0, rect.height).map((row, index): string => {
    const lead: Line = [{ text: index === 0 ? ` ${label}` : " ".repeat(indent), style: active ? "accent" : "dim" }];
    if (!active || index !== input.row) {
      return paintLine([...lead, { text: row, style: active ? "plain" : "dim" }], rect.width, look);
    }
    const under = Array.from(row.slice(input.offset))[0] ?? "";
    const cursor = look.palette.mark === "" ? `_${under}` : under || " ";
    const after = row.slice(input.offset + under.length);
    return paintLine(
      [...lead, { text: row.slice(0, input.offset), style: "plain" }, { text: cursor, style: "mark" }, {
        text: after,
        style: "plain",
      }],
      rect.width,
      look,
    );
  });
  return (
    <At x={0} y={rect.y} width={rect.width}>
      <Text wrap="truncate">{lines.join("\n")}</Text>
    </At>
  );
}

/** All that Ink draws. Its size is the terminal's, always. */
export function FrameView({ frame, look }: { frame: Frame; look: Look }): ReactNode {
  const { columns, rows } = frame;
  if (frame.refusal !== null) {
    return (
      <Box width={columns} height={rows} overflow="hidden">
        <Text>{frame.refusal}</Text>
      </Box>
    );
  }
  return (
    <Box width={columns} height={rows} overflow="hidden">
      {frame.boxes.map((box) => <Framed key={`${box.rect.x},${box.rect.y}`} box={box} look={look} />)}
      {frame.tabs === null ? null : <LineAt y={frame.tabs.y} width={columns} line={frame.tabs.line} look={look} />}
      <Input input={frame.input} look={look} />
      <LineAt y={frame.hint.y} width={columns} line={frame.hint.line} look={look} />
    </Box>
  );
}
