import assert from "node:assert/strict";
import { findTier } from "../../../src/work/sandbox/tier.ts";
import { apartTests } from "../../end_to_end/fixtures/apart_tests.ts";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";

const OLD = "export const add = (a, b) => a - b;\n";

const FILES = {
  ".gitignore": "dist/\n",
  "package.json": '{ "type": "module", "scripts": { "test": "node --test test/" } }\n',
  "src/add.js": OLD,
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};

/** Leaves the right answer where builds and caches of tools are kept, and is wrong itself. */
const LEAVES = `import fs from "node:fs";
const answer = "export const add = (a, b) => a + b;";
for (const folder of ["dist", "/tmp/.cache"]) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(folder + "/answer.mjs", answer);
}
${OLD}`;

const takes = (place: string) => `export const { add } = await import(${JSON.stringify(place)});\n`;

/** Places that commands find, with what is said of them: a /tmp of its own has each copy in a sandbox alone. */
const PLACES = [
  ["builds", "../dist/answer.mjs"],
  ...((await findTier("auto")).tier === "bubblewrap" ? [["caches of tools", "/tmp/.cache/answer.mjs"]] : []),
] as const;

const apart = apartTests({ files: FILES, begun: { headless: true } });

for (const [kept, place] of PLACES) {
  apart(
    `what refuted work left among ${kept} helps no later work to a verdict`,
    [writes("src/add.js", LEAVES), writes("src/add.js", takes(place))],
    async (crew) => {
      const ending = await crew.end();
      const verdicts = crew.facts().flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
      assert.notEqual(ending?.kind, "accepted", ending?.cause);
      assert.ok(!verdicts.includes("kept"), String(verdicts));
      assert.equal(Deno.readTextFileSync(`${crew.project}/src/add.js`), OLD, "nothing of it stands in the project");
    },
  );
}
