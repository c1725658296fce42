import assert from "node:assert/strict";
import exceptions from "../../lint/exceptions.json" with { type: "json" };
import { type Exceptions, grouped, needless, shrunk } from "../../lint/finding.ts";
import { houseText } from "../../lint/house_text.ts";
import { SENTENCES_HELD } from "../../lint/limits.ts";
import { measureTree } from "../../lint/measure_tree.ts";
import { fileFindings, treeFindings } from "../../lint/rules.ts";
import { linesOf, measured } from "./planted.ts";

const ROOT = new URL("../../", import.meta.url);

/** A file that is too long, two tools' names in the kernel, and a file with nothing wrong. */
const SOURCES = {
  "plugins/a.ts": '// why\ndefineTool({ name: "read_far" });\n',
  "src/kernel/b.ts": "// why\nf.read_far();\nf.read_far();\n",
  "src/run/c.ts": `${"// why\n".repeat(300)}${linesOf(10)}`,
};

function houseOf(known: Exceptions, sources: Readonly<Record<string, string>> = SOURCES) {
  const files = measured(sources);
  const groups = grouped([...files.flatMap(fileFindings), ...treeFindings(files)], known);
  return { groups, ...houseText({ files, groups, needless: needless(groups, known) }) };
}

Deno.test("the project keeps the rules of the house", async () => {
  const files = await measureTree(ROOT);
  const groups = grouped([...files.flatMap(fileFindings), ...treeFindings(files)], exceptions);
  assert.ok(files.some(({ path }) => path === "src/kernel/due.ts"), "the kernel was measured");
  assert.deepEqual(groups.filter(({ found, known }) => found > known), []);
  assert.deepEqual(needless(groups, exceptions), []);
});

Deno.test("a known exception holds for what there is of it and not for more", () => {
  assert.equal(houseOf({}).faults, 2);
  assert.equal(houseOf({ "file-lines": { "src/run/c.ts": 310 }, "tool-name": { "src/kernel/b.ts": 2 } }).faults, 0);
  const { text, faults } = houseOf({ "file-lines": { "src/run/c.ts": 309 }, "tool-name": { "src/kernel/b.ts": 1 } });
  assert.equal(faults, 2);
  assert.match(text, /^ {2}file-lines src\/run\/c\.ts: 310, 309 known\n {4}310 lines; at most 300\.$/m);
  assert.match(text, /^ {2}tool-name src\/kernel\/b\.ts: 2, 1 known\n {4}line 2: .*read_far/m);
});

Deno.test("an exception that nothing needs any more is a fault", () => {
  const known = {
    "file-lines": { "src/run/c.ts": 310, "src/run/gone.ts": 400 },
    "tool-name": { "src/kernel/b.ts": 2 },
  };
  const { text, faults } = houseOf(known);
  assert.equal(faults, 1);
  assert.match(text, /remove them.*\n {2}file-lines src\/run\/gone\.ts$/m);
});

Deno.test("the list of exceptions only shrinks", () => {
  const known = {
    "file-lines": { "src/run/gone.ts": 400, "src/run/c.ts": 350 },
    "tool-name": { "src/kernel/b.ts": 1 },
    circle: { "src/run/gone.ts": 2 },
  };
  assert.deepEqual(shrunk(houseOf(known).groups, known), {
    "file-lines": { "src/run/c.ts": 310 },
    "tool-name": { "src/kernel/b.ts": 1 },
  });
});

Deno.test("the table says files, code, comments, sentences and what is longest of each folder", () => {
  const { text } = houseOf({}, {
    "src/run/a.ts": `// why\n${linesOf(4)}`,
    "src/run/b.ts": "// why\nconst f = () => {\n  g();\n};\n\n",
    "src/phases/c.ts": 'const A = "Go on with what is asked for.";\n',
    "tests/d_test.ts": linesOf(7),
  });
  const row = (folder: string) => text.split("\n").find((line) => line.startsWith(`${folder} `))?.split(/ {2,}/);
  assert.deepEqual(row("src/run"), ["src/run", "2", "7", "0.29", "5 a.ts", "3 b.ts#f"]);
  const sentences = `1 ${SENTENCES_HELD.phases ? "held" : "open"}`;
  assert.deepEqual(row("src/phases"), ["src/phases", "1", "1", "0.00", sentences, "1 c.ts", "0"]);
  assert.match(text, /^src and plugins: 8 lines of code .* 11 in all; 0\.250 /m);
});
