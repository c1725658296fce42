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
function Input({ input, y, look }: { input: Frame["input"]; y: number; look: Look }): ReactNode {
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
    <At x={0} y={y} width={rect.width}>
      <Text wrap="truncate">{lines.join("\n")}</Text>
    </At>
  );
}

/**
 * First row of the screen that Ink draws. It lays out and writes each cell of its frame for each key, so that of a large screen the empty rows
 * above cost more than all the rest.
 */
export function topOf({ refusal, input, hint }: Frame): number {
  return refusal !== null ? 0 : Math.min(input.rect.y, hint.y);
}

/** All that Ink draws: input line, hints. The panes and their edges are painted beside it. It ends with the last row of the terminal, always. */
export function FrameView({ frame }: { frame: Frame }): ReactNode {
  const { columns, rows, look, input, hint } = frame;
  const top = topOf(frame);
  if (frame.refusal !== null) {
    return (
      <Box width={columns} height={rows} overflow="hidden">
        <Text>{frame.refusal}</Text>
      </Box>
    );
  }
  return (
    <Box width={columns} height={rows - top} overflow="hidden">
      <Input input={input} y={input.rect.y - top} look={look} />
      <LineAt y={hint.y - top} width={columns} line={hint.line} look={look} />
    </Box>
  );
}
