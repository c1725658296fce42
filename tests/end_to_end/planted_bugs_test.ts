import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { ASKED_FOR_ALL } from "../run/fixtures/asked_for_all.ts";
import { TIERS } from "../effects/at_proof.ts";
import { installed } from "../run/fixtures/installed.ts";
import { withCrew } from "./fixtures/crew_run.ts";
import { PLANTED_BUGS, type PlantedBug } from "./fixtures/planted_bugs.ts";
import { scriptedCoder, writes } from "./fixtures/scripted_coder.ts";

/** A folder with packages for Node, and runners in its `node_modules/.bin`; installed once, by hand. */
const RUNNERS = Deno.env.get("AUTONOMY_RUNNERS");

/** Says why a project cannot be tried here; null where it can. */
function lackOf({ needs, packages = [], isSlow }: PlantedBug): string | null {
  const missing = needs.find(([program = "", ...words]) => !installed(program, ...words));
  if (missing !== undefined) return `this machine lacks: ${missing.join(" ")}`;
  if (packages.length > 0 && !packages.every((one) => existsSync(`${RUNNERS}/node_modules/${one}`))) {
    return "AUTONOMY_RUNNERS names no folder that has it";
  }
  return isSlow === true && !ASKED_FOR_ALL ? "AUTONOMY_TIERS=all asks for it" : null;
}

/** Where attempts work: in the project, and where all is asked for in copies of it, too. */
const PLACES = [
  undefined,
  ...TIERS.some(({ tier, lacks }) => tier === "bubblewrap" && lacks === null) && ASKED_FOR_ALL
    ? ["bubblewrap" as const]
    : [],
];

for (const [bug, apart] of PLANTED_BUGS.flatMap((bug) => PLACES.map((apart) => [bug, apart] as const))) {
  const lacks = lackOf(bug);
  const [path, from, to] = bug.repair;
  const repaired = bug.files[path]!.replace(from, to);
  Deno.test({
    name: `a crew repairs a planted bug by the project's own checks: ${bug.name}${
      apart === undefined ? "" : `, in copies with ${apart}`
    }${lacks === null ? "" : ` (${lacks})`}`,
    ignore: lacks !== null,
    fn: () =>
      withCrew(async (crew) => {
        const ending = await crew.end();
        assert.equal(ending?.kind, "accepted", ending?.cause);
        assert.equal(Deno.readTextFileSync(`${crew.project}/${path}`), repaired);
        const { first, latest } = crew.run.state().checks;
        const failing = first?.filter(({ passed }) => !passed) ?? [];
        assert.equal(failing.length, 1, JSON.stringify(first));
        assert.deepEqual(failing[0]!.files, bug.named);
        assert.deepEqual(latest?.map(({ name }) => name).toSorted(), first?.map(({ name }) => name).toSorted());
        assert.ok((first?.length ?? 0) >= 3, "each test is a result, beside the check itself");
      }, {
        apart,
        begun: { headless: true },
        files: bug.files,
        prepare: (project) => {
          if (bug.packages !== undefined) Deno.symlinkSync(`${RUNNERS}/node_modules`, `${project}/node_modules`);
        },
        player: scriptedCoder([writes(path, repaired)]),
      }),
  });
}
