import assert from "node:assert/strict";
import { test } from "node:test";
import { describe as describeTimes, percentile, range } from "./latency.js";

test("range finds both ends", () => {
  assert.deepEqual(range([40, 8, 120]), { least: 8, most: 120 });
});

test("the median of equal widths", () => {
  assert.equal(percentile([30, 10, 20], 0.5), 20);
});

test("a high percentile is the largest time", () => {
  assert.equal(percentile([95, 7, 110, 31], 0.95), 110);
});

test("times stay in their order", () => {
  const times = [3, 1, 2];
  percentile(times, 0.5);
  assert.deepEqual(times, [3, 1, 2]);
});

test("a line tells the median", () => {
  assert.equal(describeTimes([120, 8, 40]), "3 requests, 8 to 120 ms, median 40 ms");
});

test("no times are refused", () => {
  assert.throws(() => percentile([], 0.5), RangeError);
});
