import assert from "node:assert/strict";
import { test } from "node:test";
import { details, list } from "./src/events.js";

const at = (date, title = "x", minutes = 545) => ({ title, date, minutes });

test("the list has the new format", () => {
  assert.deepEqual(list([at("2024-12-24", "b"), at("2024-05-01", "a")]), ["1 May 2024: a", "24 December 2024: b"]);
});

test("details have the new format", () => {
  assert.equal(details(at("2023-01-09")), "x\nDate: 9 January 2023\nTime: 9:05");
});

test("each month has its name", () => {
  const names = "January February March April May June July August September October November December".split(" ");
  names.forEach((name, index) => {
    const month = String(index + 1).padStart(2, "0");
    assert.equal(list([at(`2024-${month}-10`)])[0], `10 ${name} 2024: x`);
  });
});

test("the order stays that of the calendar", () => {
  const events = [at("2024-10-02", "c"), at("2024-02-10", "a"), at("2024-09-30", "b")];
  assert.deepEqual(list(events).map((line) => line.slice(-1)), ["a", "b", "c"]);
});
