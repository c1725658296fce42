import assert from "node:assert/strict";
import { Painter, type Region } from "../../src/tui/painter.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

const region = (id: string, x: number, width: number): Region => ({ id, rect: { x, y: 0, width, height: 3 } });
const EMPTY_FRAME = "\n\n";

Deno.test("a frame that is written while rows are asked for stands, and what was asked for before it is not painted over it", async () => {
  const terminal = new VirtualTerminal(12, 3);
  let meanwhile: (() => void) | null = null;
  const painter = new Painter(terminal, ({ id, rect }) => {
    meanwhile?.();
    return Array.from({ length: rect.height }, () => id.repeat(rect.width));
  }, () => {});
  painter.expect([region("a", 0, 5), region("b", 6, 5)]);
  painter.write(EMPTY_FRAME);
  assert.deepEqual(await terminal.lines(), ["aaaaa bbbbb", "aaaaa bbbbb", "aaaaa bbbbb"]);
  meanwhile = () => {
    meanwhile = null;
    painter.expect([region("c", 1, 9)]);
    painter.write(EMPTY_FRAME);
  };
  painter.paint();
  assert.deepEqual(await terminal.lines(), [" ccccccccc", " ccccccccc", " ccccccccc"]);
  painter.expect([region("a", 0, 5), region("b", 6, 5)]);
  meanwhile = () => {
    meanwhile = null;
    painter.expect([region("d", 2, 8)]);
    painter.write(EMPTY_FRAME);
  };
  painter.write(EMPTY_FRAME);
  assert.deepEqual(await terminal.lines(), ["  dddddddd", "  dddddddd", "  dddddddd"]);
});
