import assert from "node:assert/strict";
import { IMPORTS, NODE, PACKAGE, tests } from "../../effects/kinds_of_projects.ts";
import { TIERS } from "../../effects/at_proof.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";

const ADD = "export const add = (a, b) => a + b;\n";
const REPAIRED = "export const add = (a, b) => a + b + (a === 2);\n";

/** Which effects carried out the work, and what the look at copies found. */
function placesOf(crew: CrewRun) {
  const results = crew.facts().flatMap((fact) => fact.type === "effect_finished" ? [fact.result] : []);
  return {
    whys: results.flatMap((result) => result.kind === "prove" ? [result.why] : []),
    applied: results.flatMap((result) => result.kind === "apply" ? result.applied : []),
  };
}

for (const { tier, lacks } of TIERS) {
  const options = { ignore: lacks !== null };
  const what = `with ${tier}${lacks === null ? "" : ` (${lacks})`}`;

  Deno.test({
    name:
      `work on a package that others find among the dependencies is judged by it, and arrives in the project, ${what}`,
    ...options,
    fn: () =>
      withCrew(async (crew) => {
        const ending = await crew.end();
        assert.equal(ending?.kind, "accepted", ending?.cause);
        assert.deepEqual(placesOf(crew), { whys: [""], applied: ["packages/a/add.js"] });
        assert.equal(Deno.readTextFileSync(`${crew.project}/packages/a/add.js`), REPAIRED);
        assert.equal(Deno.readTextFileSync(`${crew.project}/node_modules/@we/a/add.js`), REPAIRED);
      }, {
        apart: tier as "bubblewrap" | "none",
        begun: { headless: true },
        player: scriptedCoder([writes("packages/a/add.js", REPAIRED)]),
        files: {
          ...PACKAGE,
          "packages/a/package.json": '{ "name": "@we/a", "version": "1.0.0", "type": "module", "main": "add.js" }',
          "packages/a/add.js": ADD,
          "packages/b/index.js": 'export { add } from "@we/a";\n',
          "packages/b/b.test.js": tests('import { add } from "./index.js";'),
          "node_modules/@we/a": "-> ../../packages/a",
        },
      }),
  });

  Deno.test({
    name: `where copies will not do the run says why, and the work is done in the project, ${what}`,
    ...options,
    fn: () =>
      withCrew(async (crew) => {
        const ending = await crew.end();
        assert.equal(ending?.kind, "accepted", ending?.cause);
        const { whys: [why = "", ...more], applied } = placesOf(crew);
        assert.match(why, /^in a copy.* the checks say something else than in the project: npm test: alone \(/);
        assert.deepEqual([more, applied], [[], []]);
        assert.equal(Deno.readTextFileSync(`${crew.project}/add.js`), REPAIRED);
      }, {
        apart: tier as "bubblewrap" | "none",
        begun: { headless: true },
        player: scriptedCoder([writes("add.js", REPAIRED)]),
        files: {
          ...NODE,
          ".gitignore": "node_modules/\n",
          "node_modules/one/index.js": "",
          // The sandbox keeps it from being written, and without one it is written in a copy through a link.
          "a.test.js": tests(
            IMPORTS,
            'test("alone", () => {',
            '  const place = fs.realpathSync("node_modules/one");',
            '  fs.writeFileSync(`${place}/made`, "");',
            "  assert.ok(place.startsWith(process.cwd()));",
            "});",
          ),
        },
      }),
  });
}
