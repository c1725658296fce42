import assert from "node:assert/strict";
import { join } from "node:path";
import { findTier } from "../../../src/work/sandbox/tier.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";

const WRONG = "export const add = (a, b) => a - b;\n";
const RIGHT = "export const add = (a, b) => a + b;\n";
const ENDS: ScriptedCall = { name: "finish_task", arguments: { summary: "Done." } };
const FILES = {
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n',
  "run.sh": "#!/bin/sh\n",
  "src/add.js": WRONG,
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};
const found = await findTier("auto");

Deno.test("a mode that a person gives to a file while an attempt writes it stays", () =>
  withCrew(async (crew) => {
    await saved(crew, () => Deno.chmodSync(join(crew.project, "src/add.js"), 0o755));
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.equal(Deno.readTextFileSync(join(crew.project, "src/add.js")), RIGHT);
    assert.equal(Deno.statSync(join(crew.project, "src/add.js")).mode! & 0o777, 0o755);
  }, { files: FILES, player: scriptedCoder([writes("src/add.js", RIGHT)]), begun: { headless: true }, apart: "none" }));

Deno.test("a mode that an attempt gives to a file is applied with the rest of what was judged", () =>
  withCrew(
    async (crew) => {
      crew.run.subscribe((facts) => {
        for (const fact of facts) {
          if (fact.type !== "question_asked") continue;
          queueMicrotask(() => crew.wish({ kind: "answer", question: fact.id, approved: true, text: "" }));
        }
      });
      const ending = await crew.end();
      assert.equal(ending?.kind, "accepted", ending?.cause);
      assert.equal(Deno.statSync(join(crew.project, "run.sh")).mode! & 0o777, 0o755);
    },
    {
      files: {
        ...FILES,
        "src/add.js": RIGHT,
        "test/run.test.js":
          'import test from "node:test";\nimport * as fs from "node:fs";\ntest("runs", () => fs.accessSync("run" + ".sh", fs.constants.X_OK));\n',
      },
      player: scriptedCoder([{ name: "run_command", arguments: { command: ["chmod", "755", "run.sh"] } }, ENDS]),
      apart: "none",
    },
  ));

Deno.test({
  name: "what the code of a refuted attempt left in /tmp while it was judged helps no later one",
  ignore: found.tier !== "bubblewrap",
  fn: () =>
    withCrew(async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "failed", ending?.cause);
      assert.equal(Deno.readTextFileSync(join(crew.project, "src/add.js")), WRONG);
    }, {
      files: FILES,
      player: scriptedCoder([
        writes(
          "src/add.js",
          `import * as fs from "node:fs";\nfs.writeFileSync("/tmp/a.mjs", "${RIGHT.trim()}");\n${WRONG}`,
        ),
        ENDS,
        writes(
          "src/add.js",
          'import * as fs from "node:fs";\nexport const { add } = fs.existsSync("/tmp/a.mjs") ? await import("/tmp/a.mjs") : { add: () => 0 };\n',
        ),
        ENDS,
      ]),
      begun: { headless: true },
      apart: "bubblewrap",
    }),
});

/** Does something once the attempt has written. */
async function saved(crew: CrewRun, then: () => void): Promise<void> {
  await crew.fact("write_closed");
  then();
}
