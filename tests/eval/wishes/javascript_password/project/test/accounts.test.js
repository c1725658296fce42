import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "../src/password.js";
import { Accounts } from "../src/register.js";

test("a short password is refused", () => {
  assert.deepEqual(faults("abcdef1", "ada"), ["A password has at least 8 characters."]);
});

test("a password of 8 characters with a digit is fine", () => {
  assert.deepEqual(faults("abcdefg1", "ada"), []);
});

test("a password without a digit is refused", () => {
  assert.deepEqual(faults("abcdefghij", "ada"), ["A password contains a digit."]);
});

test("a password does not contain the name", () => {
  assert.deepEqual(faults("iamADA12345", "ada"), ["A password does not contain your name."]);
});

test("an account is opened once", () => {
  const accounts = new Accounts();
  assert.deepEqual(accounts.register("ada", "correct horse 1"), []);
  assert.deepEqual(accounts.register("ada", "correct horse 2"), ["There is an account ada already."]);
  assert.equal(accounts.check("ada", "correct horse 1"), true);
});
