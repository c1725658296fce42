"use strict";

const assert = require("node:assert/strict");
const { beforeEach, test } = require("node:test");
const fees = require("./lib/fees.js");
const { load } = require("./lib/load.js");
const members = require("./lib/members.js");

beforeEach(() => members.clear());

test("the new names work", () => {
  members.addMember(7, "Ada");
  assert.equal(members.findMember(7).name, "Ada");
  assert.equal(members.findMember(8), undefined);
  assert.throws(() => members.addMember(7, "Bo"), /7 is taken/);
});

test("the old names are gone", () => {
  assert.deepEqual(Object.keys(members).sort(), ["addMember", "all", "clear", "findMember"]);
});

test("what uses them works", () => {
  assert.equal(load("12 Bo\n7 Ada\n"), 2);
  fees.pay(12, 25);
  assert.deepEqual([fees.owes(12), fees.owes(7), fees.owes(1)], [35, 60, 0]);
  assert.throws(() => fees.pay(1, 5), /no member 1/);
});
