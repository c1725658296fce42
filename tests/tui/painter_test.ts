import assert from "node:assert/strict";
import { Painter, type Region } from "../../src/tui/painter.ts";
import { VirtualTerminal } from "./virtual_terminal.ts";

const region = (id: string, x: number, width: number): Region => ({ id, rect: { x, y: 0, width, height: 3 } });
/** Ink erases the frame before: what does not is none. */
const ERASED = "\x1b[2K\x1b[1A\x1b[2K\x1b[G";
const EMPTY_FRAME = `${ERASED}\n\n`;

/** Rows that show nothing but which region they are of. */
const filled = ({ id, rect }: Region) => Array.from({ length: rect.height }, () => id.repeat(rect.width));

Deno.test("a frame that is written while rows are asked for stands, and what was asked for before it is not painted over it", async () => {
  const terminal = new VirtualTerminal(12, 3);
  let meanwhile: (() => void) | null = null;
  const painter = new Painter(terminal, (region) => {
    meanwhile?.();
    return filled(region);
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

Deno.test("what Ink draws ends with the last row; above it only regions stand, also where more of them did before", async () => {
  const terminal = new VirtualTerminal(12, 5);
  const painter = new Painter(terminal, filled, () => {});
  painter.expect([region("a", 0, 5)], 3);
  painter.write(`${ERASED}input\nhint\n`);
  assert.deepEqual(await terminal.lines(), ["aaaaa", "aaaaa", "aaaaa", "input", "hint"]);
  painter.expect([{ id: "b", rect: { x: 0, y: 0, width: 5, height: 2 } }], 2);
  painter.write(`${ERASED}input\nhint\n`);
  assert.deepEqual((await terminal.lines())[0], "aaaaa", "a frame of another height is none of this one");
  painter.write(`${ERASED}in\nput\nhint\n`);
  assert.deepEqual(await terminal.lines(), ["bbbbb", "bbbbb", "in", "put", "hint"]);
  painter.expect([], 0);
  painter.write(`${ERASED}too\nsmall\n\n\n`);
  assert.deepEqual(await terminal.lines(), ["too", "small", "", "", ""]);
});

Deno.test("a terminal of another size is painted whole where Ink has the same to say there and writes nothing", async () => {
  const terminal = new VirtualTerminal(12, 5);
  const painter = new Painter(terminal, filled, () => {});
  // What stands on the other screen is broken anew by the emulator.
  terminal.write("\x1b[?1049h");
  painter.expect([region("a", 0, 5)], 3);
  painter.write(`${ERASED}input\nhint\n`);
  terminal.resize(8, 4);
  painter.expect([{ id: "b", rect: { x: 0, y: 0, width: 8, height: 2 } }], 2);
  painter.rendered();
  assert.deepEqual(await terminal.lines(), ["bbbbbbbb", "bbbbbbbb", "input", "hint"]);
  terminal.resize(4, 4);
  painter.expect([{ id: "c", rect: { x: 0, y: 0, width: 4, height: 2 } }], 2);
  painter.rendered();
  assert.doesNotMatch((await terminal.lines()).join("\n"), /c/, "rows that are too wide wait for those that fit");
  painter.write(`${ERASED}inp…\nhint\n`);
  const seen = (await terminal.lines()).map((line) => line.slice(0, 4));
  assert.deepEqual(seen, ["cccc", "cccc", "inp…", "hint"]);
});

Deno.test("rows of regions are asked for where they may be others; of a letter that is typed only the fixed rows are painted", async () => {
  const terminal = new VirtualTerminal(12, 5);
  let asked = 0;
  const painter = new Painter(terminal, (region) => {
    asked++;
    return filled(region);
  }, () => {});
  const write = (typed: string, hint: string, id = "a") => {
    painter.expect([region(id, 0, 5), { id: "input", rect: { x: 0, y: 3, width: 6, height: 1 }, rows: [typed] }], 4);
    painter.write(ERASED + hint);
  };
  write("i\x1b[K", "hint\n");
  assert.equal(asked, 1);
  write("in\x1b[K", "hint\n");
  write("inp\x1b[K", "hint of it\n");
  assert.equal(asked, 1, "nothing changed but what was typed and what Ink drew");
  assert.deepEqual(await terminal.lines(), ["aaaaa", "aaaaa", "aaaaa", "inp", "hint of it"]);
  painter.change();
  write("inpu\x1b[K", "hint\n", "b");
  assert.equal(asked, 2);
  assert.deepEqual(await terminal.lines(), ["bbbbb", "bbbbb", "bbbbb", "inpu", "hint"]);
  painter.expect([{ id: "c", rect: { x: 0, y: 0, width: 5, height: 2 } }], 2);
  painter.write(`${ERASED}in\nput\nhint\n`);
  assert.deepEqual(await terminal.lines(), ["ccccc", "ccccc", "in", "put", "hint"], "at another place they are");
});

Deno.test("what changed in a region while a frame was expected is painted with it, though only a letter was typed", async () => {
  const terminal = new VirtualTerminal(12, 5);
  let shown = "a";
  const painter = new Painter(terminal, ({ rect }) => filled({ id: shown, rect }), () => {});
  const expect = () => painter.expect([region("a", 0, 5)], 4);
  expect();
  painter.write(`${ERASED}hint\n`);
  expect();
  shown = "b";
  painter.paint();
  painter.write(`${ERASED}hint 2\n`);
  assert.deepEqual(await terminal.lines(), ["bbbbb", "bbbbb", "bbbbb", "", "hint 2"]);
});

Deno.test("a line that something writes on the console is no frame, whatever is in it", async () => {
  const terminal = new VirtualTerminal(12, 5);
  const painter = new Painter(terminal, filled, () => {});
  painter.expect([region("a", 0, 5)], 4);
  painter.write(`${ERASED}hint\n`);
  painter.write(ERASED);
  painter.write(`${"x".repeat(50)}\n`);
  painter.write("hint\n");
  assert.deepEqual(await terminal.lines(), ["aaaaa", "aaaaa", "aaaaa", "", "hint"]);
});
