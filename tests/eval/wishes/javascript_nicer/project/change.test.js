import assert from "node:assert/strict";
import { test } from "node:test";
import { coins, line } from "./change.js";

test("as few coins as possible", () => {
  assert.deepEqual(coins(388), [200, 100, 50, 20, 10, 5, 2, 1]);
  assert.deepEqual(coins(40), [20, 20]);
});

test("a line counts coins", () => {
  assert.equal(line([50, 50, 20]), "2 x 50, 1 x 20");
});
