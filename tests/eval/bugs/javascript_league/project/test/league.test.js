import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { League } from "../src/league.js";

let league;

beforeEach(() => {
  league = new League();
  for (const name of ["Reds", "Blues", "Greens"]) league.join(name);
});

test("teams stand in the order in which they joined", () => {
  assert.deepEqual(league.names(), ["Reds", "Blues", "Greens"]);
});

test("the winner leads", () => {
  league.enter("Blues", "Greens", 2, 1);
  assert.equal(league.leader(), "Blues");
});

test("equal points are ranked by goals", () => {
  league.enter("Reds", "Greens", 2, 2);
  league.enter("Blues", "Greens", 1, 1);
  assert.deepEqual(league.table(), ["1. Greens 2", "2. Reds 1", "3. Blues 1"]);
});

test("teams keep their order when the table was printed", () => {
  league.enter("Greens", "Reds", 1, 0);
  league.table();
  assert.deepEqual(league.names(), ["Reds", "Blues", "Greens"]);
});

test("a match of an unknown team is refused", () => {
  assert.throws(() => league.enter("Reds", "Whites", 1, 0), /no team Whites/);
});
