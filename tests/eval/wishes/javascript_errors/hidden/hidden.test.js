"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { validate } = require("./validate.js");

const FIELDS = { name: "text", age: "number", mail: "email", news: "yesno" };

test("all errors name their field", () => {
  assert.deepEqual(validate(FIELDS, { name: "", age: "old", mail: "ada", news: "maybe" }), [
    "name: is missing",
    "age: must be a number, not 'old'",
    "mail: must be an e-mail address, not 'ada'",
    "news: must be yes or no, not 'maybe'",
  ]);
});

test("any field may be missing", () => {
  assert.deepEqual(validate(FIELDS, {}), ["name: is missing", "age: is missing", "mail: is missing", "news: is missing"]);
});

test("other names", () => {
  assert.deepEqual(validate({ floor: "number" }, { floor: "2.5" }), ["floor: must be a number, not '2.5'"]);
});

test("a form that is right has no errors", () => {
  assert.deepEqual(validate({ age: "number", who: "text" }, { age: "-3", who: "x" }), []);
});
