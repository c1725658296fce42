"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { createMenu, keyOf, press } = require("./menu.js");

test("entries have labels and keys", () => {
  const menu = createMenu(["Open", "Close"], () => {});
  assert.deepEqual(menu.map(({ label, key }) => `${key} ${label}`), ["1 Open", "2 Close"]);
});

test("the tenth entry has a letter", () => {
  assert.deepEqual([8, 9, 10].map(keyOf), ["9", "a", "b"]);
});

test("a key chooses its entry", () => {
  const chosen = [];
  const menu = createMenu(["Open", "Save", "Close"], (index, label) => chosen.push([index, label]));
  assert.equal(press(menu, "2"), true);
  assert.deepEqual(chosen, [[1, "Save"]]);
});

test("entries may be chosen one after another", () => {
  const chosen = [];
  const menu = createMenu(["Open", "Close"], (_, label) => chosen.push(label));
  menu[1].choose();
  menu[0].choose();
  assert.deepEqual(chosen, ["Close", "Open"]);
});

test("other keys choose nothing", () => {
  assert.equal(press(createMenu(["Open"], () => assert.fail()), "7"), false);
});
