"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { validate } = require("./validate.js");

const FIELDS = { name: "text", age: "number", mail: "email", news: "yesno" };

test("a form that is right", () => {
  assert.deepEqual(validate(FIELDS, { name: "Ada", age: "36", mail: "ada@x.example", news: "no" }), []);
});

test("each wrong field has one error", () => {
  const errors = validate(FIELDS, { name: " ", age: "old", mail: "ada", news: "maybe" });
  assert.equal(errors.length, 4);
  assert.match(errors[1], /must be a number/);
});

test("missing values are told", () => {
  const errors = validate(FIELDS, { age: "36", mail: "ada@x.example", news: "yes" });
  assert.equal(errors.length, 1);
  assert.match(errors[0], /is missing/);
});
