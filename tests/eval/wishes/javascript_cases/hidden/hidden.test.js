import assert from "node:assert/strict";
import { test } from "node:test";
import * as names from "./names.js";

test("camelCase", () => {
  assert.equal(names.camelCase("list of open files"), "listOfOpenFiles");
  assert.equal(names.camelCase("max-HTTP_retries"), "maxHttpRetries");
  assert.equal(names.camelCase("Word"), "word");
});

test("kebabCase", () => {
  assert.equal(names.kebabCase("list of open files"), "list-of-open-files");
  assert.equal(names.kebabCase("maxRetries"), "max-retries");
  assert.equal(names.kebabCase("  a__b "), "a-b");
});

test("no words", () => {
  assert.equal(names.camelCase("--"), "");
  assert.equal(names.kebabCase(""), "");
});

test("titles are as before", () => {
  assert.equal(names.titleCase("list_of files"), "List Of Files");
});
