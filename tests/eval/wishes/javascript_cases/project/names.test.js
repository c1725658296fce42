import assert from "node:assert/strict";
import { test } from "node:test";
import { titleCase, words } from "./names.js";

test("words of several ways to write", () => {
  assert.deepEqual(words("max-HTTP_retries"), ["max", "http", "retries"]);
  assert.deepEqual(words("maxRetries2"), ["max", "retries2"]);
});

test("titles", () => {
  assert.equal(titleCase("list_of files"), "List Of Files");
});
