import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration, parseDuration } from "../src/index.js";

test("a single unit is written alone", () => {
  assert.equal(formatDuration(45_000), "45s");
  assert.equal(formatDuration(0), "0s");
});

test("parts of a second are dropped", () => {
  assert.equal(formatDuration(1_999), "1s");
});

test("larger units come first and keep only the rest", () => {
  assert.equal(formatDuration(5_400_000), "1h 30m");
});

test("zero parts are left out", () => {
  assert.equal(formatDuration(86_400_000 + 5_000), "1d 5s");
});

test("negative durations are refused", () => {
  assert.throws(() => formatDuration(-1), RangeError);
});

test("durations are read with and without white space", () => {
  assert.equal(parseDuration("1h 30m"), 5_400_000);
  assert.equal(parseDuration("2m5s"), 125_000);
});

test("other texts are refused", () => {
  assert.throws(() => parseDuration("soon"), RangeError);
});
