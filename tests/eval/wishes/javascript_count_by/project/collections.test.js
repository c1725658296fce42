import assert from "node:assert/strict";
import { test } from "node:test";
import { groupBy, unique } from "./collections.js";

test("groupBy keeps the order of items", () => {
  const groups = groupBy([1, 2, 3, 4], (number) => number % 2 === 0 ? "even" : "odd");
  assert.deepEqual([...groups], [["odd", [1, 3]], ["even", [2, 4]]]);
});

test("unique keeps the first of each key", () => {
  assert.deepEqual(unique(["a", "B", "A"], (text) => text.toLowerCase()), ["a", "B"]);
});

test("nothing gives nothing", () => {
  assert.equal(groupBy([], String).size, 0);
});
