import assert from "node:assert/strict";
import { runnersOf } from "../../src/languages/check.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { readOutput } from "../../src/languages/read_output.ts";
import { cargo } from "../../src/languages/runners/cargo.ts";
import { goTool } from "../../src/languages/runners/go_tool.ts";

const SIZE = 500_000;
const filled = (unit: string) => unit.repeat(Math.ceil(SIZE / unit.length));
const numbered = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("");

/** Outputs that kept readers busy for hours: lines without an end, lines as long as they may be, very many of a kind. */
const HOSTILE: Readonly<Record<string, string>> = {
  "one line of blanks": " ".repeat(SIZE),
  "one line of dots": filled(" ... ok (1"),
  "one line of strokes": filled("==== "),
  "one line of parts": `test ${filled(" - should panic")}`,
  "one path": filled("a/"),
  "long lines of dots": filled(`${" ... ok (1".repeat(100)}x\n`),
  "long lines of strokes": filled(`=== ${" ===".repeat(200)}x\n`),
  "details without an end": filled("ok 1\n  ---\n"),
  "errors without an end": ` ERRORS \n${filled(`${"a => b:1:1".repeat(90)}\n`)}`,
  "very many tests": `${numbered(50_000, (i) => `=== RUN   T${i}\nx\n`)}ok \tp\t1\n`,
  "very deep tests": `${numbered(2_000, (i) => `=== RUN   ${i}${"/a".repeat(450)}\nx\n`)}ok \tp\t1\n`,
  "very many failures": `=== FAILURES ===\n${numbered(40_000, (i) => `___ test_${i} ___\nx\n`)}` +
    `=== short test summary info ===\n${numbered(40_000, (i) => `FAILED a.py::test_${i} - e\n`)}`,
  "failures of one name": `=== FAILURES ===\n${"___ test_a ___\nx\n".repeat(40_000)}` +
    `=== short test summary info ===\n${"FAILED a.py::test_a - e\n".repeat(40_000)}`,
};

for (const [name, output] of Object.entries(HOSTILE)) {
  // Where a reader is not linear, this does not end.
  Deno.test(`every runner comes to the end of ${name}`, () => {
    for (const runner of runnersOf(LANGUAGES)) {
      for (const one of readOutput(runner, output).cases) assert.ok(one.name.length <= 1_000, runner.name);
    }
  });
}

Deno.test("a line that is too long keeps its beginning and its end, so that its verdict is read", () => {
  const { cases } = readOutput(cargo, `running 2 tests\ntest ${"a".repeat(9_000)} ... FAILED\ntest b ... ok\n`);
  assert.deepEqual(cases.map(({ passed, name }) => [passed, name.slice(0, 3)]), [[false, "aaa"], [true, "b"]]);
});

Deno.test("of a flood of cases so many are kept as real suites have", () => {
  const flood = `${numbered(150_000, (i) => `=== RUN   T${i}\n--- PASS: T${i} (0.00s)\n`)}ok \tp\t1\n`;
  assert.equal(readOutput(goTool, flood).cases.length, 50_000);
});

Deno.test("without a runner nothing is read", () => {
  assert.deepEqual(readOutput(null, "test a ... ok"), { cases: [], broken: [] });
});
