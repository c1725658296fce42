import assert from "node:assert/strict";
import { test } from "node:test";
import { initials, shorten } from "./shorten.js";

test("a short title stays", () => {
  assert.equal(shorten("Notes", 5), "Notes");
});

test("a long title ends with an ellipsis", () => {
  assert.equal(shorten("A long title", 7), "A long…");
});

test("emoji count as one character", () => {
  assert.equal(shorten("🎉🎉🎉", 3), "🎉🎉🎉");
});

test("emoji are not cut in two", () => {
  assert.equal(shorten("a🎉🎉🎉", 3), "a🎉…");
});

test("a blank before the ellipsis is dropped", () => {
  assert.equal(shorten("one two", 5), "one…");
});

test("initials of first and last name", () => {
  assert.equal(initials("ada king lovelace"), "AL");
  assert.equal(initials("  Plato "), "P");
});
