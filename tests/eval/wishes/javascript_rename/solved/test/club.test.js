"use strict";

const assert = require("node:assert/strict");
const { beforeEach, test } = require("node:test");
const { owes, pay } = require("../lib/fees.js");
const { load } = require("../lib/load.js");
const { addMember, all, clear, findMember } = require("../lib/members.js");

beforeEach(clear);

test("members are found by number", () => {
  addMember(7, "Ada");
  assert.equal(findMember(7).name, "Ada");
  assert.equal(findMember(8), undefined);
});

test("a number is given once", () => {
  addMember(7, "Ada");
  assert.throws(() => addMember(7, "Bo"), /7 is taken/);
});

test("members are loaded", () => {
  assert.equal(load("12 Bo\n7 Ada\n"), 2);
  assert.deepEqual(all().map(({ name }) => name), ["Ada", "Bo"]);
});

test("payments lessen what is owed", () => {
  addMember(7, "Ada");
  pay(7, 40);
  assert.equal(owes(7), 20);
});
