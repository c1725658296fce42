import assert from "node:assert/strict";
import { EXIT } from "../../../src/cli/exit_code.ts";
import type { Stamped } from "../../../src/features/fact.ts";
import { call, jsonLines, withPlace } from "../../cli/fixtures/command_line.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { agrees } from "../../end_to_end/fixtures/wished.ts";

const HEAD = `import test from "node:test";
import assert from "node:assert/strict";
import { report } from "../src/report.js";
`;
/** A project whose checks pass: none of them stands for the wish. */
const PROJECT = {
  "package.json": '{ "type": "module" }\n',
  "src/report.js": 'export const report = (rows, flags = []) => rows.join("\\n");\n',
  "test/report.test.js": `${HEAD}test("joins", () => assert.equal(report(["a", "b"]), "a\\nb"));\n`,
};
const FLAG =
  `export const report = (rows, flags = []) => flags.includes("--json") ? JSON.stringify(rows) : rows.join("\\n");\n`;
const NEW_TEST = `${HEAD}test("is JSON with --json", () => assert.equal(report(["a"], ["--json"]), '["a"]'));\n`;
const FEATURE = [writes("test/json.test.js", NEW_TEST, true), writes("src/report.js", FLAG)];

function wish(
  test: (crew: CrewRun) => Promise<void>,
  script: readonly ScriptedCall[],
  headless = false,
): Promise<void> {
  const begun = { headless, goal: "Add a --json flag to report." };
  const played = (crew: CrewRun) => headless ? test(crew) : Promise.all([agrees(crew), test(crew)]).then(() => {});
  return withCrew(played, { files: PROJECT, player: scriptedCoder(script), begun });
}

function answers(crew: CrewRun, approved: boolean) {
  return crew.fact("question_asked", ({ id }) => id !== "criteria").then((question) => {
    crew.wish({ kind: "answer", question: question.id, approved, text: "" });
    return question;
  });
}

function flipsOf(facts: readonly Stamped[]) {
  return facts.flatMap((fact) => fact.type === "effect_finished" && fact.result.kind === "flip" ? [fact.result] : []);
}

Deno.test("a wish that no check stands for is accepted by a new test that fails on the old code, and one yes", () =>
  wish(async (crew) => {
    const [question, ending] = await Promise.all([answers(crew, true), crew.end()]);
    assert.match(question.text, /1 new check result of test\/json\.test\.js failed before the work and passes now/);
    assert.ok(question.context.includes(NEW_TEST.trim()), "the whole test is shown");
    assert.equal(ending?.kind, "accepted");
    assert.match(ending.cause, /1 new result of test\/json\.test\.js, which failed before the work, shows it/);
    const [look, ...more] = flipsOf(crew.facts());
    assert.deepEqual([look?.flips, look?.same, more], [["node --test: is JSON with --json"], [], []]);
    assert.equal(await Deno.readTextFile(`${crew.project}/src/report.js`), FLAG, "the new code stands again");
    assert.equal(await Deno.readTextFile(`${crew.project}/test/json.test.js`), NEW_TEST);
  }, FEATURE));

Deno.test("without the yes the same work is partial, and so it is where nobody is there to say it", async () => {
  await wish(async (crew) => {
    const [, ending] = await Promise.all([answers(crew, false), crew.end()]);
    assert.equal(ending?.kind, "partial");
    assert.match(ending.cause, /nobody has agreed/);
  }, FEATURE);
  await wish(
    async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "partial");
      assert.match(
        ending.cause,
        /1 new check result of test\/json\.test\.js failed before .* and the new tests wait for your yes/,
      );
    },
    FEATURE,
    true,
  );
});

Deno.test("a new test that passes on the old code as well shows nothing, nor does work without a test", async () => {
  const same = `${HEAD}test("is there", () => assert.equal(typeof report, "function"));\n`;
  await wish(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "partial");
    assert.match(ending.cause, /the new tests in test\/json\.test\.js pass on the old code as well/);
    assert.deepEqual(flipsOf(crew.facts()).map((one) => one.same), [["node --test: is there"]]);
  }, [writes("test/json.test.js", same, true), FEATURE[1]!]);
  await wish(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "partial");
    assert.match(ending.cause, /all checks passed before the work began, so none of them shows it/);
  }, [FEATURE[1]!]);
});

Deno.test("a new test that changes what judges while it runs counts for nothing, though it passes", () =>
  wish(
    async (crew) => {
      const ending = await crew.end();
      assert.notEqual(ending?.kind, "accepted");
      const rounds = crew.facts().flatMap((fact) =>
        fact.type === "effect_finished" && fact.result.kind === "check" ? [fact.result] : []
      );
      const round = rounds.find(({ touched = [] }) => touched.length > 0);
      assert.deepEqual(round?.touched, ["test/report.test.js"]);
      const added = round.results.filter((result) => result.added === true);
      assert.deepEqual(added.map(({ name, passed }) => [name, passed]).slice(0, 1), [
        ["node --test: is JSON with --json", false],
      ]);
      assert.deepEqual(flipsOf(crew.facts()).flatMap(({ flips }) => flips), []);
      assert.equal(await Deno.readTextFile(`${crew.project}/test/report.test.js`), PROJECT["test/report.test.js"]);
    },
    [
      writes(
        "test/json.test.js",
        `import { writeFileSync } from "node:fs";\nwriteFileSync("test/report.test.js", "");\n${NEW_TEST}`,
        true,
      ),
      FEATURE[1]!,
    ],
    true,
  ));

Deno.test("what the look at the old code writes into files that judge is put back", () =>
  withCrew(async (crew) => {
    const ending = await crew.end();
    assert.match(ending?.cause ?? "", /1 new check result .* failed before the work/);
    assert.equal(flipsOf(crew.facts()).length, 1);
    assert.equal(await Deno.readTextFile(`${crew.project}/test/log.txt`), "0");
  }, {
    files: {
      ...PROJECT,
      "test/log.txt": "0",
      "test/log.test.js": `import { appendFileSync } from "node:fs";\nappendFileSync("test/log.txt", "1");\n`,
    },
    player: scriptedCoder(FEATURE),
    begun: { headless: true, goal: "Add a --json flag to report." },
  }));

Deno.test("a rehearsal of a wish writes a test and the code, and says without a person what a yes is wanted for", () =>
  withPlace(async (place) => {
    const kept = `${place.folder}/kept`;
    const { code, out, err } = await call(place, [
      "rehearse",
      "--wish",
      "--keep",
      kept,
      "--headless",
      "--pace",
      "0",
      "--json",
    ]);
    assert.equal(code, EXIT.partial, err);
    const result = jsonLines(out).at(-1);
    assert.equal(result?.kind, "partial");
    assert.match(
      String(result?.cause),
      /1 new check result of test\/json\.test\.js failed before the work and passes now/,
    );
    const byHand = await new Deno.Command("node", { args: ["--test"], cwd: kept, stdin: "null" }).output();
    assert.equal(byHand.code, 0, new TextDecoder().decode(byHand.stdout));
  }));
