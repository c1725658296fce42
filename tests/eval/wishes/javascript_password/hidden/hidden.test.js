import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "./src/password.js";
import { Accounts } from "./src/register.js";

test("11 characters are too few", () => {
  assert.deepEqual(faults("abcdefghij1", "zoe"), ["A password has at least 12 characters."]);
});

test("12 letters are fine", () => {
  assert.deepEqual(faults("abcdefghijkl", "zoe"), []);
  assert.deepEqual(new Accounts().register("zoe", "abcdefghijkl"), []);
});

test("8 characters with a digit open no account", () => {
  const accounts = new Accounts();
  assert.equal(accounts.register("zoe", "abcdefg1").length, 1);
  assert.equal(accounts.check("zoe", "abcdefg1"), false);
});

test("the other rules stay", () => {
  assert.deepEqual(faults(" abcdefghijkl", "zoe"), ["A password has no blank at its ends."]);
  assert.deepEqual(faults("my name is Zoe", "zoe"), ["A password does not contain your name."]);
});
