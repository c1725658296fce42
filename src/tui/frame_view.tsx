import { Box, Text } from "ink";
import type { ReactNode } from "react";
import type { Frame } from "./frame.ts";
import { type Line, type Look, paintLine } from "./line.ts";
import { cells } from "./text.ts";

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

/** The input line, with the cursor where the keys go. */
function Input({ input, look }: { input: Frame["input"]; look: Look }): ReactNode {
  const { rect, label, active } = input;
  const indent = cells(label) + 1;
  const lines = input.rows.slice(0, rect.height).map((row, index): string => {
    const lead: Line = [{ text: index === 0 ? ` ${label}` : " ".repeat(indent), style: active ? "focus" : "dim" }];
    if (!active || index !== input.row) {
      return paintLine([...lead, { text: row, style: active ? "plain" : "dim" }], rect.width, look);
    }
    const under = Array.from(row.slice(input.offset))[0] ?? "";
    const cursor = look.palette.cursor === "" ? `_${under}` : under || " ";
    const after = row.slice(input.offset + under.length);
    return paintLine(
      [...lead, { text: row.slice(0, input.offset), style: "plain" }, { text: cursor, style: "cursor" }, {
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

/** All that Ink draws: input line, hints. The panes and their edges are painted beside it. Its size is the terminal's, always. */
export function FrameView({ frame }: { frame: Frame }): ReactNode {
  const { columns, rows, look } = frame;
  if (frame.refusal !== null) {
    return (
      <Box width={columns} height={rows} overflow="hidden">
        <Text>{frame.refusal}</Text>
      </Box>
    );
  }
  return (
    <Box width={columns} height={rows} overflow="hidden">
      <Input input={frame.input} look={look} />
      <LineAt y={frame.hint.y} width={columns} line={frame.hint.line} look={look} />
    </Box>
  );
}
