import assert from "node:assert/strict";
import test from "node:test";
import { formatTable, widths } from "./table.js";

const ROWS = [["name", "size"], ["a", 10], ["long one", 5]];

test("a column is as wide as its longest cell", () => {
  assert.deepEqual(widths(ROWS), [8, 4]);
});

test("a table has a line below its header", () => {
  assert.equal(formatTable(ROWS), "name     | size\n-------- | ----\na        | 10\nlong one | 5");
});

test("no rows give no text", () => {
  assert.equal(formatTable([]), "");
});

test("a short row is filled with blanks", () => {
  assert.equal(formatTable([["x"], [], ["y"]]), "x\n-\n\ny");
});

test("the separator may be chosen", () => {
  assert.equal(formatTable([["a", "b"], [1, 2]], { separator: "," }), "a,b\n-,-\n1,2");
});

test("figures stand on the right without a header", () => {
  assert.equal(formatTable([[1], [100]], { align: "right", header: false }), "  1\n100");
});
