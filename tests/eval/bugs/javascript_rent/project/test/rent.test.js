import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeapYear } from "../src/days.js";
import { firstRent, firstYear } from "../src/rent.js";

test("a whole month costs the whole rent", () => {
  assert.equal(firstRent(93000, { year: 2023, month: 5, day: 1 }), 93000);
});

test("half of April costs half the rent", () => {
  assert.equal(firstRent(90000, { year: 2023, month: 4, day: 16 }), 45000);
});

test("the last day of July costs one part of 31", () => {
  assert.equal(firstRent(93000, { year: 2023, month: 7, day: 31 }), 3000);
});

test("February has no day 30", () => {
  assert.throws(() => firstRent(90000, { year: 2023, month: 2, day: 30 }), RangeError);
});

test("centuries are leap years each fourth time", () => {
  assert.deepEqual([1900, 2000, 2023, 2024].map(isLeapYear), [false, true, false, true]);
});

test("a year that begins in December", () => {
  assert.equal(firstYear(93000, { year: 2023, month: 12, day: 31 }), 3000);
});
