import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { edgesOf } from "./edges.ts";
import type { Frame } from "./frame.ts";
import { inputLine } from "./input_line.ts";
import { paintLine } from "./line.ts";
import type { Region } from "./painter.ts";

/**
 * First row of the screen that Ink draws. It lays out and writes each cell of its frame for each key, so that of a large screen the empty rows
 * above cost more than all the rest.
 */
export function topOf({ refusal, hint }: Frame): number {
  return refusal !== null ? 0 : hint.y;
}

/** All that stands on the screen and is not drawn by Ink: the painter paints it with the frame. */
export function besideInk({ refusal, regions, boxes, input, look }: Frame): readonly Region[] {
  if (refusal !== null) return [];
  return [...regions, ...boxes.flatMap((box) => edgesOf(box, look)), inputLine(input, look)];
}

/** All that Ink draws: the hints. All above them is painted beside it. It ends with the last row of the terminal, always. */
export function FrameView({ frame }: { frame: Frame }): ReactNode {
  const { columns, rows, look, refusal, hint } = frame;
  return (
    <Box width={columns} height={rows - topOf(frame)} overflow="hidden">
      {refusal === null ? <Text wrap="truncate">{paintLine(hint.line, columns, look)}</Text> : <Text>{refusal}</Text>}
    </Box>
  );
}
