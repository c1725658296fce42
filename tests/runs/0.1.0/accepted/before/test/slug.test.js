import assert from "node:assert/strict";
import { test } from "node:test";
import { slugify } from "../src/index.js";

test("words are joined with one separator", () => {
  assert.equal(slugify("Hello big world"), "hello-big-world");
  assert.equal(slugify("Hello big world", { separator: "_" }), "hello_big_world");
});

test("accents are dropped", () => {
  assert.equal(slugify("Crème brûlée"), "creme-brulee");
});

test("punctuation between words leaves one separator", () => {
  assert.equal(slugify("Rock & roll, baby"), "rock-roll-baby");
});

test("nothing stands before the first word or after the last", () => {
  assert.equal(slugify("(draft) notes!"), "draft-notes");
});

test("a text without words is untitled", () => {
  assert.equal(slugify("   "), "untitled");
});

test("long titles are cut at a word", () => {
  assert.equal(slugify("one two three four", { maxLength: 12 }), "one-two");
});
