import assert from "node:assert/strict";
import type { Stamped } from "../../../src/features/fact.ts";
import { contentHash } from "../../../src/work/content_hash.ts";
import { TELLING, told } from "../../tell/fixtures/told.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";

const HEAD = `import test from "node:test";
import assert from "node:assert/strict";
import { add } from "../src/add.js";
`;
const TEST = `${HEAD}test("adds", () => assert.equal(add(1, 2), 3));\n`;
const RIGHT = "export const add = (a, b) => a + b;\n";
const PROJECT = {
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/add.js": "export const add = (a, b) => a - b;\n",
  "test/add.test.js": TEST,
};

function rounds(facts: readonly Stamped[]) {
  return facts.flatMap((fact) => fact.type === "effect_finished" && fact.result.kind === "check" ? [fact.result] : []);
}

Deno.test("an attempt that hollows the tests from inside is refuted and named, and the next one is judged by the tests as they were", () =>
  withCrew(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted");
    assert.match(ending.cause, /Changed on the way and put back as they were: test\/add\.test\.js\./);
    const [, hollowed] = rounds(crew.facts());
    assert.deepEqual(hollowed?.touched, ["test/add.test.js"]);
    assert.ok(hollowed.results.every(({ passed }) => !passed), "a round in which the tests were changed says nothing");
    assert.equal(await Deno.readTextFile(`${crew.project}/test/add.test.js`), TEST);
  }, {
    files: PROJECT,
    player: scriptedCoder([
      writes(
        "src/add.js",
        `import { writeFileSync } from "node:fs";\nwriteFileSync("test/add.test.js", 'import test from "node:test";\\ntest("adds", () => {});\\n');\n${RIGHT}`,
      ),
      writes("src/add.js", RIGHT),
    ]),
    begun: { headless: true },
  }));

Deno.test("a test that a person saves while the run is at work judges as they saved it, and is never put back", () => {
  const saved = `${TEST}test("adds nothing", () => assert.equal(add(2, 0), 2));\n`;
  return withCrew(async (crew) => {
    await crew.fact("attempt_opened");
    await Deno.writeTextFile(`${crew.project}/test/add.test.js`, saved);
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.ok(crew.facts().some((fact) => fact.type === "protection_moved" && fact.path === "test/add.test.js"));
    assert.ok(rounds(crew.facts()).at(-1)?.results.some(({ name }) => name === "npm test: adds nothing"));
    assert.equal(await Deno.readTextFile(`${crew.project}/test/add.test.js`), saved);
  }, { files: PROJECT, player: scriptedCoder([writes("src/add.js", RIGHT)]), begun: { headless: true } });
});

Deno.test("data of tests that is too large for a copy is watched by its hash: once it is changed no verdict is given, and it is named", () => {
  const large = `3\n${"x".repeat(5_000_000)}`;
  return withCrew(async (crew) => {
    const ending = await crew.end();
    assert.notEqual(ending?.kind, "accepted", ending?.cause);
    assert.match(ending?.cause ?? "", /Not as they were, and too large to be put back: test\/sum\.txt\./);
    assert.ok(
      crew.facts().some((fact) =>
        fact.type === "files_protected" && fact.files.some((file) => file.path === "test/sum.txt" && file.uncopied)
      ),
    );
    const [, changed] = rounds(crew.facts());
    assert.deepEqual(changed?.lost, ["test/sum.txt"]);
    assert.ok(
      changed.results.every(({ passed, evidence }) => !passed && evidence.includes("too large to be put back")),
    );
  }, {
    files: {
      ...PROJECT,
      "test/sum.txt": large,
      "test/add.test.js":
        `import { readFileSync } from "node:fs";\n${HEAD}test("adds", () => assert.equal(add(1, 2), parseInt(readFileSync("test/sum.txt", "utf8"))));\n`,
    },
    player: scriptedCoder([
      writes(
        "src/add.js",
        'import { writeFileSync } from "node:fs";\nwriteFileSync("test/sum.txt", "-1");\nexport const add = (a, b) => a - b;\n',
      ),
      writes("src/add.js", "export const add = (a, b) => a - b; // once more\n"),
    ]),
    begun: { headless: true },
  });
});

Deno.test("a test whose name differs each time is known again, and a name that only the work changes has vanished", async () => {
  const test = (name: string) =>
    `${HEAD}import * as code from "../src/add.js";\ntest(${name}, () => assert.equal(add(1, 2), 3));\n`;
  const ended = async (name: string, code: string) => {
    let ending: Awaited<ReturnType<CrewRun["end"]>> = null;
    await withCrew(async (crew) => void (ending = await crew.end()), {
      files: { ...PROJECT, "test/add.test.js": test(name) },
      player: scriptedCoder([writes("src/add.js", code)]),
      begun: { headless: true },
    });
    return ending as Awaited<ReturnType<CrewRun["end"]>>;
  };
  const changing = await ended('"adds " + crypto.randomUUID()', RIGHT);
  assert.equal(changing?.kind, "accepted", changing?.cause);
  const vanished = await ended(
    '"adds " + (code.id ?? 100001)',
    `${RIGHT}export const id = Math.floor(2e6 + Math.random() * 1e6);\n`,
  );
  assert.notEqual(vanished?.kind, "accepted", vanished?.cause);
});

Deno.test("what the checks write where nothing was changed says nothing about the work", () =>
  withCrew(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.doesNotMatch(ending.cause, /put back/);
    assert.equal(await Deno.readTextFile(`${crew.project}/test/log.txt`), "0");
  }, {
    files: {
      ...PROJECT,
      "test/log.txt": "0",
      "test/log.test.js": `import { appendFileSync } from "node:fs";\nappendFileSync("test/log.txt", "1");\n`,
    },
    player: scriptedCoder([writes("src/add.js", RIGHT)]),
    begun: { headless: true },
  }));

Deno.test("with a person's yes a test is changed, and judges as it was changed", () =>
  withCrew(async (crew) => {
    const asked = await crew.fact("question_asked");
    assert.match(asked.text, /May coding change test\/add\.test\.js, a test that judges its work\?/);
    crew.wish({ kind: "answer", question: asked.id, approved: true, text: "" });
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.match(ending.cause, /Changed by the person's yes: test\/add\.test\.js\./);
    assert.equal(crew.run.state().protection.files?.["test/add.test.js"]?.hash, contentHash(changed()));
    assert.equal(await Deno.readTextFile(`${crew.project}/test/add.test.js`), changed());
  }, { files: PROJECT, player: scriptedCoder([writes("test/add.test.js", changed()), writes("src/add.js", RIGHT)]) }));

Deno.test("where nobody can be asked, the end names the protected files that a call would have changed", () =>
  withCrew(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    const said = /Refused, since they judge the work: changes to package\.json, test\/add\.test\.js\./;
    assert.match(ending.cause, said);
    assert.match(told(crew.facts(), TELLING.json).findLast((line) => line.includes('"run.ended"')) ?? "", said);
    assert.equal(await Deno.readTextFile(`${crew.project}/test/add.test.js`), TEST);
  }, {
    files: PROJECT,
    player: scriptedCoder([
      writes("test/add.test.js", changed()),
      writes("package.json", "{}"),
      writes("src/add.js", RIGHT),
    ]),
    begun: { headless: true },
  }));

function changed(): string {
  return TEST.replace("1, 2), 3", "2, 2), 4");
}

Deno.test("what an approved command does to the files that judge is no yes to that: it is put back before the next verdict", () => {
  const wrong = "export const add = (a, b) => a * b;\n";
  return withCrew(async (crew) => {
    const asked = await crew.fact("question_asked");
    assert.match(asked.text, /May coding run/);
    crew.wish({ kind: "answer", question: asked.id, approved: true, text: "" });
    const ending = await crew.end();
    assert.notEqual(ending?.kind, "accepted", ending?.cause);
    assert.match(ending?.cause ?? "", /put back as they were: .npmrc, test\/add\.test\.js\./);
    assert.deepEqual(rounds(crew.facts()).flatMap(({ putBack = [] }) => putBack), [".npmrc", "test/add.test.js"]);
    assert.equal(await Deno.readTextFile(`${crew.project}/test/add.test.js`), TEST);
    await assert.rejects(Deno.lstat(`${crew.project}/.npmrc`), Deno.errors.NotFound);
  }, {
    files: { ...PROJECT, "easy.sh": `echo > test/add.test.js; echo script-shell=/bin/true > .npmrc\n` },
    player: scriptedCoder([
      { name: "run_command", arguments: { command: ["sh", "easy.sh"] } },
      writes("src/add.js", wrong),
    ]),
    begun: { goal: "Run the script easy.sh, then make the tests pass." },
  });
});
