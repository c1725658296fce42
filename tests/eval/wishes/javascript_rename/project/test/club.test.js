"use strict";

const assert = require("node:assert/strict");
const { beforeEach, test } = require("node:test");
const { owes, pay } = require("../lib/fees.js");
const { load } = require("../lib/load.js");
const { all, clear, get, put } = require("../lib/members.js");

beforeEach(clear);

test("members are found by number", () => {
  put(7, "Ada");
  assert.equal(get(7).name, "Ada");
  assert.equal(get(8), undefined);
});

test("a number is given once", () => {
  put(7, "Ada");
  assert.throws(() => put(7, "Bo"), /7 is taken/);
});

test("members are loaded", () => {
  assert.equal(load("12 Bo\n7 Ada\n"), 2);
  assert.deepEqual(all().map(({ name }) => name), ["Ada", "Bo"]);
});

test("payments lessen what is owed", () => {
  put(7, "Ada");
  pay(7, 40);
  assert.equal(owes(7), 20);
});
