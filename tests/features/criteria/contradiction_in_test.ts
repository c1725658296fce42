import assert from "node:assert/strict";
import { contradictionIn } from "../../../src/features/criteria/contradiction_in.ts";

const found = (...texts: readonly string[]) => contradictionIn(texts.map((text) => ({ text })));

Deno.test("the same call that is to give two values is a contradiction, in one sentence, in two and in two criteria", () => {
  const both = { call: "f(2)", gives: ["4", "5"] };
  assert.deepEqual(found("Add f(n) to m.py: f(2) is 4 and f(2) is 5."), both);
  assert.deepEqual(found("f(2) shall be 4 and shall be 5"), both);
  assert.deepEqual(found("Add a function f. f(2) is 4. Also `f( 2 )` gives 5."), both);
  assert.deepEqual(found("A function `f(n)`: f(2) is 4", "f(2) returns 5"), both);
  assert.deepEqual(found("f(2) should return 4; f(2) equals 5"), both);
  assert.deepEqual(found("g((1, 2)) is 3. g((1, 2)) should give 4.")?.call, "g((1, 2))");
  assert.deepEqual(found('low("A") is "a"; low(\'A\') is "A"'), { call: 'low("A")', gives: ['"a"', '"A"'] });
});

Deno.test("what is the same in other signs, or may hold under other circumstances, is none", () => {
  for (
    const text of [
      "f(2) is 4 and f(2) is 4.0",
      "f(2) is True. f(2) is true.",
      "f(2) is 4 and f(3) is 5",
      "f(2) is 4 now and should be 5",
      "f(2) gives 4, but f(2) should be 5",
      "By default f(2.5) is 3. With rounding down f(2.5) is 2.",
      "f(2.5) is 3. With --down f(2.5) is 2.",
      "take(1) is 1. The second time take(1) is 2.",
      "next() is 1. next() is 2.",
      "f(2) is 4 if even. f(2) is 5.",
      "f(2) is 4 % of it. f(2) is 5.",
      "a.f(2) is 4. f(2) is 5.",
    ]
  ) assert.equal(found(text), null, text);
});
