import assert from "node:assert/strict";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { answersAll } from "../../end_to_end/fixtures/wished.ts";

/** A test that waits for a person, before the work is done or after it. */
function waiting(when: "before" | "after"): string {
  return `import { existsSync } from "node:fs";
import test from "node:test";
import assert from "node:assert/strict";
import { add } from "../src/add.js";
test("waits", async () => {
  while (add(1, 1) === ${
    when === "after" ? 2 : 0
  } && !existsSync("saved.txt")) await new Promise((go) => setTimeout(go, 10));
});
test("adds", () => assert.equal(add(1, 2), 3));
`;
}

/** Saves a test and a configuration while the nth round of checks waits; says what stands there at the end. */
async function saveDuring(crew: CrewRun, nth: number, saved: string) {
  await crew.state(() => crew.facts().filter(({ type }) => type === "command_opened").length >= nth);
  await Deno.writeTextFile(`${crew.project}/test/add.test.js`, saved);
  await Deno.writeTextFile(`${crew.project}/vitest.config.js`, "export default {};\n");
  await Deno.writeTextFile(`${crew.project}/saved.txt`, "yes");
  const ending = await crew.end();
  assert.equal(await Deno.readTextFile(`${crew.project}/test/add.test.js`), saved);
  assert.equal(await Deno.readTextFile(`${crew.project}/vitest.config.js`), "export default {};\n");
  return ending;
}

function files(when: "before" | "after") {
  return {
    "package.json": '{ "type": "module" }\n',
    "src/add.js": "export const add = (a, b) => a - b;\n",
    "test/add.test.js": waiting(when),
  };
}
const more = (text: string) => `${text}test("adds twos", () => assert.equal(add(2, 2), 4));\n`;
const player = () => scriptedCoder([writes("src/add.js", "export const add = (a, b) => a + b;\n")]);

Deno.test("what a person saves while the first checks run judges as they saved it", () =>
  withCrew(async (crew) => {
    const ending = await saveDuring(crew, 1, more(waiting("before")));
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.ok(crew.run.state().checks.latest?.some(({ name }) => name === "node --test: adds twos"));
  }, { files: files("before"), player: player(), begun: { headless: true } }));

Deno.test("what a person saves while later checks run stays and judges; since nobody can tell who it was, a yes is wanted", () =>
  withCrew(async (crew) => {
    const ending = await saveDuring(crew, 2, more(waiting("after")));
    assert.equal(ending?.kind, "partial");
    assert.match(
      ending.cause,
      /^test\/add\.test\.js changed while the checks ran; vitest.config.js .* nobody has agreed to that\./,
    );
  }, { files: files("after"), player: player(), begun: { headless: true } }));

Deno.test("who is asked about such a file sees what changed in it, and one yes accepts the run", () =>
  withCrew(async (crew) => {
    const saved = more(waiting("after"));
    const asked = crew.fact("question_asked").then((question) => {
      crew.wish({ kind: "answer", question: question.id, approved: true, text: "" });
      return question;
    });
    const [question, ending] = await Promise.all([asked, saveDuring(crew, 2, saved)]);
    assert.match(
      question.text,
      /^test\/add\.test\.js changed while the checks ran; vitest\.config\.js changed .*\. Do you take the checks for true/,
    );
    assert.match(question.context, /^\+test\("adds twos"/m);
    assert.equal(ending?.kind, "accepted", ending?.cause);
  }, { files: files("after"), player: player() }));

Deno.test("a formatter among the checks takes no work away while the old code stands, and the work is accepted", () => {
  const wanted = "export const report = (rows) => JSON.stringify(rows);\n";
  return withCrew(async (crew) => {
    answersAll(crew);
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.equal(await Deno.readTextFile(`${crew.project}/src/report.js`), wanted);
  }, {
    files: {
      "package.json": '{ "type": "module", "scripts": { "test": "node fmt.mjs && node --test" } }\n',
      "fmt.mjs":
        'import fs from "node:fs";\nconst path = "src/report.js";\nfs.writeFileSync(path, fs.readFileSync(path, "utf8").trimStart());\n',
      "src/report.js": "\n\nexport const report = (rows) => rows.join();\n",
      "test/report.test.js":
        'import test from "node:test";\nimport { report } from "../src/report.js";\ntest("is there", () => report([]));\n',
    },
    player: scriptedCoder([
      writes(
        "test/json.test.js",
        'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { report } from "../src/report.js";\ntest("is JSON", () => assert.equal(report([1]), "[1]"));\n',
        true,
      ),
      writes("src/report.js", wanted),
    ]),
    begun: { goal: "Let report give JSON." },
  });
});
