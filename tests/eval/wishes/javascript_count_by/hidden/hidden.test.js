import assert from "node:assert/strict";
import { test } from "node:test";
import * as collections from "./collections.js";

test("counts by key in the order of first sight", () => {
  const counts = collections.countBy(["pear", "fig", "plum", "kiwi", "nut"], (word) => word.length);
  assert.ok(counts instanceof Map);
  assert.deepEqual([...counts], [[4, 3], [3, 2]]);
});

test("nothing counts nothing", () => {
  assert.equal(collections.countBy([], String).size, 0);
});

test("keys of any type are told apart", () => {
  assert.deepEqual([...collections.countBy([1, "1", 1], (item) => item)], [[1, 2], ["1", 1]]);
});

test("groupBy is as before", () => {
  assert.deepEqual([...collections.groupBy([1, 2, 1], (item) => item)], [[1, [1, 1]], [2, [2]]]);
});
