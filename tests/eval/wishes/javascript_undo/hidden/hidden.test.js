import assert from "node:assert/strict";
import { test } from "node:test";
import { Editor } from "./editor.js";

test("a new change leaves nothing to redo", () => {
  const editor = new Editor();
  editor.type("one");
  editor.press("ctrl+z");
  editor.type("two");
  assert.equal(editor.press("ctrl+y"), false);
  assert.equal(editor.text, "two");
});

test("erasing is a new change, too", () => {
  const editor = new Editor();
  editor.type("one");
  editor.type(" two");
  editor.press("ctrl+z");
  editor.erase();
  assert.equal(editor.press("ctrl+y"), false);
  assert.equal(editor.text, "on");
});

test("several steps may still be redone", () => {
  const editor = new Editor();
  for (const text of ["a", "b", "c"]) editor.type(text);
  editor.press("ctrl+z");
  editor.press("ctrl+z");
  assert.equal(editor.text, "a");
  editor.press("ctrl+y");
  editor.press("ctrl+y");
  assert.equal(editor.text, "abc");
});

test("undo works after a new change", () => {
  const editor = new Editor();
  editor.type("one");
  editor.press("ctrl+z");
  editor.type("two");
  editor.press("ctrl+z");
  assert.equal(editor.text, "");
});
