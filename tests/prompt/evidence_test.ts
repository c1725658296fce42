import assert from "node:assert/strict";
import { terse } from "../../src/prompt/evidence.ts";
import { reviewQuestions } from "../../src/prompt/review_questions.ts";

Deno.test("a difference and frames give way in evidence where values stand beside them, and no value does", () => {
  const evidence = [
    "error: |-",
    "  Expected values to be strictly equal:",
    "  + actual - expected",
    "  ",
    "  + '1h 90m'",
    "  - '1h 30m'",
    "        ^",
    "name: 'AssertionError'",
    "expected: '1h 30m'",
    "actual: '1h 90m'",
    "operator: 'strictEqual'",
    "stack: |-",
    "  TestContext.<anonymous> (test/a.test.js:15:10)",
  ].join("\n");
  assert.equal(
    terse(evidence, 1_000),
    "expected: '1h 30m'\nactual: '1h 90m'\n  TestContext.<anonymous> (test/a.test.js:15:10)",
  );
  assert.equal(
    terse("TypeError: x is not a function\n    at src/a.js:3:1", 1_000),
    "TypeError: x is not a function\n    at src/a.js:3:1",
  );
});

Deno.test("a review asks only what its changes can raise", () => {
  assert.deepEqual(reviewQuestions("+++ a.js\n+  return rest;\n", {}), []);
  assert.deepEqual(reviewQuestions('+import { b } from "./b.js";\n+  await b();\n', {}), [
    "Imports: is each imported name there, and used?",
    "Is every asynchronous call awaited, and its error handled?",
  ]);
});
