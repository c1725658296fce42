import assert from "node:assert/strict";
import { InputFilter, type Taken } from "../../src/tui/input_filter.ts";

function filtered(...chunks: string[]): { text: string; taken: Taken[] } {
  const taken: Taken[] = [];
  const filter = new InputFilter((one) => taken.push(one));
  return { text: chunks.map((chunk) => filter.push(chunk)).join(""), taken };
}

Deno.test("mouse reports and function keys are taken out of the input, keys pass", () => {
  const { text, taken } = filtered("a\x1b[<0;10;5Mb\x1b[<64;1;1m\x1bOPc\x1b[15~\x1b[24;2~\x1b[A\x1b");
  assert.equal(text, "abc\x1b[A\x1b");
  assert.deepEqual(taken, [
    { kind: "mouse", button: 0, column: 10, row: 5, pressed: true },
    { kind: "mouse", button: 64, column: 1, row: 1, pressed: false },
    { kind: "function_key", number: 1 },
    { kind: "function_key", number: 5 },
    { kind: "function_key", number: 12 },
  ]);
});

Deno.test("a report that is split over chunks is taken out too", () => {
  const { text, taken } = filtered("x\x1b[<0;1", "0;5", "My\x1b[5~z");
  assert.equal(text, "xy\x1b[5~z");
  assert.equal(taken.length, 1);
});
