import assert from "node:assert/strict";
import { test } from "node:test";
import { renderTable } from "../src/index.js";

test("columns are as wide as their longest cell", () => {
  assert.equal(
    renderTable(["id", "name"], [["a1", "apples"], ["b22", "figs"]]),
    ["id   name", "---  ------", "a1   apples", "b22  figs"].join("\n"),
  );
});

test("a title may be wider than the cells under it", () => {
  assert.equal(
    renderTable(["file", "lines"], [["a.js", 7], ["b.js", 120]]),
    ["file  lines", "----  -----", "a.js      7", "b.js    120"].join("\n"),
  );
});

test("short rows leave their last columns empty", () => {
  assert.equal(
    renderTable(["a", "b"], [["x"], ["y", "z"]]),
    ["a  b", "-  -", "x", "y  z"].join("\n"),
  );
});
