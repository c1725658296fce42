import assert from "node:assert/strict";
import { test } from "node:test";
import { Editor } from "./editor.js";

test("typing and erasing", () => {
  const editor = new Editor();
  editor.type("one two");
  editor.erase(4);
  assert.equal(editor.text, "one");
});

test("undo and redo", () => {
  const editor = new Editor();
  editor.type("one");
  editor.type(" two");
  assert.equal(editor.press("ctrl+z"), true);
  assert.equal(editor.text, "one");
  assert.equal(editor.press("ctrl+y"), true);
  assert.equal(editor.text, "one two");
});

test("nothing to undo, nothing to redo", () => {
  const editor = new Editor();
  assert.equal(editor.press("ctrl+z"), false);
  assert.equal(editor.press("ctrl+y"), false);
});
