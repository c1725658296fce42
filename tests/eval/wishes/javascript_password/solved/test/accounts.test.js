import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "../src/password.js";
import { Accounts } from "../src/register.js";

test("a short password is refused", () => {
  assert.deepEqual(faults("abcdefghij1", "ada"), ["A password has at least 12 characters."]);
});

test("a password of 12 characters is fine", () => {
  assert.deepEqual(faults("abcdefghijkl", "ada"), []);
});

test("a password does not contain the name", () => {
  assert.deepEqual(faults("iamADA123456", "ada"), ["A password does not contain your name."]);
});

test("an account is opened once", () => {
  const accounts = new Accounts();
  assert.deepEqual(accounts.register("ada", "correct horse 1"), []);
  assert.deepEqual(accounts.register("ada", "correct horse 2"), ["There is an account ada already."]);
  assert.equal(accounts.check("ada", "correct horse 1"), true);
});
