import assert from "node:assert/strict";
import { test } from "node:test";
import { coins, line } from "./change.js";

test("coins are as before", () => {
  assert.deepEqual(coins(0), []);
  assert.deepEqual(coins(999), [200, 200, 200, 200, 100, 50, 20, 20, 5, 2, 2]);
  for (let amount = 0; amount < 300; amount += 1) {
    assert.equal(coins(amount).reduce((sum, coin) => sum + coin, 0), amount);
  }
});

test("lines are as before", () => {
  assert.equal(line([]), "nothing");
  assert.equal(line([1, 2, 1, 200]), "1 x 200, 1 x 2, 2 x 1");
  assert.equal(line(coins(3)), "1 x 2, 1 x 1");
});
