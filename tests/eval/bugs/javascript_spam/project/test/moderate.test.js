"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { shouts } = require("../lib/filter.js");
const { moderate } = require("../lib/moderate.js");

const by = (author, text) => ({ author, text });

test("plain comments are shown", () => {
  const comments = [by("a", "Thanks!"), by("b", "Me too")];
  assert.deepEqual(moderate(comments), { shown: comments, held: [] });
});

test("each comment with a link is held", () => {
  const comments = [by("a", "see http://x.example/1"), by("b", "see https://x.example/2")];
  assert.deepEqual(moderate(comments).held, comments);
});

test("a comment that shouts is held", () => {
  assert.equal(moderate([by("a", "BUY THIS NOW please")]).held.length, 1);
});

test("a trusted author may link", () => {
  const comments = [by("ada", "HTTP://ada.example")];
  assert.equal(moderate(comments, new Set(["ada"])).shown.length, 1);
});

test("short words never shout", () => {
  assert.equal(shouts("OK WOW"), false);
});
