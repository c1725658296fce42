import assert from "node:assert/strict";
import { VirtualTerminal } from "../tui/virtual_terminal.ts";
import { framePicture } from "./frame_picture.ts";

Deno.test("a frame is drawn with its text, its colours and what stands in reverse, each where its cells are", async () => {
  const terminal = new VirtualTerminal(12, 2);
  terminal.write("a<b \x1b[1;31mred\x1b[0m\r\n\x1b[7mon\x1b[0m \x1b[2;38;2;1;2;3mdeep\x1b[0m");
  const rows = await terminal.styledRows();
  assert.deepEqual(rows.map((row) => row.map(({ text, column }) => [text, column])), [
    [["a<b ", 0], ["red", 4], ["     ", 7]],
    [["on", 0], [" ", 2], ["deep", 3], ["     ", 7]],
  ]);
  const picture = framePicture(rows, 12);
  assert.match(picture, /^<svg [^>]*>[^]*<\/svg>\n$/);
  assert.match(picture, /<text x="12.0" [^>]*>a&lt;b <\/text>/);
  assert.match(picture, /<text x="45.7" [^>]*fill="#e06c75" font-weight="bold">red</);
  assert.match(picture, /<rect x="12.0" [^>]*fill="#d5d8de"\/><text [^>]*fill="#16181d">on</);
  assert.match(picture, /fill="#010203" opacity="0.6">deep</);
});

Deno.test("a colour that the picture does not know is an error that names it", async () => {
  const terminal = new VirtualTerminal(4, 1);
  terminal.write("\x1b[38;5;200mx");
  const rows = await terminal.styledRows();
  assert.throws(() => framePicture(rows, 4), /colour 200; the picture knows the first 16/);
});
