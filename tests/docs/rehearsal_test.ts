import assert from "node:assert/strict";
import { callHere } from "../cli/fixtures/call_here.ts";
import { withPlace } from "../cli/fixtures/command_line.ts";
import { storeRun } from "../cli/fixtures/stored_runs.ts";
import { readPages } from "./pages.ts";

const ID = "20261128-000000-0001";

/** What README says can be typed right after a rehearsal, as words after the program's name. */
async function printedAfterRehearsal(): Promise<readonly (readonly string[])[]> {
  const [readme] = await readPages();
  const [, section = ""] = readme!.text.split(/^## /m).find((part) => part.startsWith("Try it"))!.split("```\n");
  return [...section.matchAll(/`npx \S+ \S+ task (start )?([^`]+)`/g)].map(([, , words = ""]) => words.split(" "));
}

Deno.test("what README says can be typed after a rehearsal finds it from the clone, where it did not work", () =>
  withPlace(async (place) => {
    storeRun(place, { id: ID, project: `${place.folder}/sample`, label: "REHEARSAL", ended: false });
    const printed = await printedAfterRehearsal();
    assert.deepEqual(printed.map(([name]) => name), ["show", "replay", "rehearse"]);
    for (const words of printed) {
      const { code, out, err } = await callHere(place, words);
      if (words[0] === "show") assert.deepEqual([code, out.includes(ID)], [0, true], err);
      else if (words[0] === "replay") assert.match(err, /terminal/, "the flags are known, and there is none here");
      assert.doesNotMatch(err, /There is no (?:run|rehearsal)|No flag/, words.join(" "));
    }
    const { code, err } = await callHere(place, ["show", "last"]);
    assert.equal(code, 2);
    assert.match(err, /autonomy rehearse --continue/);
  }));

Deno.test("README names the commands that say why, show what changed and bring work in", async () => {
  const [readme] = await readPages();
  for (const name of ["why", "diff", "apply"]) assert.ok(readme!.text.includes(`autonomy ${name} last`), name);
});
