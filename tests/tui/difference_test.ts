import assert from "node:assert/strict";
import { differenceOf } from "../../src/effects/difference.ts";
import { showDifference } from "../../src/tui/select/difference.ts";

const shown = (old: string, now: string) => {
  const { added, removed, rows } = showDifference("a.txt", differenceOf("a.txt", old, now, 3), "k");
  return { added, removed, rows: rows.map(({ lead, text }) => lead + text) };
};
const lines = (...numbers: readonly (number | string)[]) => numbers.map((one) => `${one}\n`).join("");
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

Deno.test("a difference is numbered, has three lines around each change, and says how many it leaves out", () => {
  const now = upTo(30).map((one) => one === 6 ? "six" : one === 25 ? "more" : one);
  assert.deepEqual(shown(lines(...upTo(30)), lines(...now)), {
    added: 2,
    removed: 2,
    rows: [
      "     ⋯ 2 lines unchanged",
      "   3   3",
      "   4   4",
      "   5   5",
      "   6 − 6",
      "   6 + six",
      "   7   7",
      "   8   8",
      "   9   9",
      "     ⋯ 12 lines unchanged",
      "  22   22",
      "  23   23",
      "  24   24",
      "  25 − 25",
      "  25 + more",
      "  26   26",
      "  27   27",
      "  28   28",
    ],
  });
});

Deno.test("lines that come behind those that are gone have the numbers of their own text", () => {
  assert.deepEqual(shown(lines("a", "b", "c", "d"), lines("a", "d", "e")).rows, [
    "  1   a",
    "  2 − b",
    "  3 − c",
    "  2   d",
    "  3 + e",
  ]);
});

Deno.test("a file that is new, and one that is gone, are all of their lines", () => {
  assert.deepEqual(shown("", lines("a", "b")).rows, ["  1 + a", "  2 + b"]);
  assert.deepEqual(shown(lines("a", "b"), ""), { added: 0, removed: 2, rows: ["  1 − a", "  2 − b"] });
});

Deno.test("lines that look like the head of a difference are lines, and a missing end of line is none", () => {
  assert.deepEqual(shown("-- a\n", "++ a").rows, ["  1 − -- a", "  1 + ++ a"]);
});

Deno.test("texts that are too different to be compared are all of the one and all of the other", () => {
  const { added, removed } = shown(lines(...upTo(3000)), lines(...upTo(3000).map((one) => `x${one}`)));
  assert.deepEqual([added, removed], [3000, 3000]);
});
