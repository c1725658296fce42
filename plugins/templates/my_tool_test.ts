import assert from "node:assert/strict";
import { linesWith } from "./my_tool.ts";

Deno.test("the lines that hold a word are listed with their numbers", () => {
  assert.deepEqual(linesWith("old", "new\nold one\nnew\nan old one"), ["2: old one", "4: an old one"]);
  assert.deepEqual(linesWith("old", "new"), []);
});
