import assert from "node:assert/strict";
import { EXIT } from "../../src/cli/exit_code.ts";
import { callHere } from "./fixtures/call_here.ts";
import { jsonLines, type Place } from "./fixtures/command_line.ts";
import { JSON_SCRIPT, JSON_WISH, withWish } from "./fixtures/wish_place.ts";

/** Fulfils the wish without a person, and gives the run. */
async function fulfilled(place: Place, hosts: readonly string[], ...flags: readonly string[]) {
  const { code, out, err } = await callHere(place, ["run", JSON_WISH, "--trust", "--json", ...flags, ...hosts]);
  const result = jsonLines(out).at(-1)!;
  return { code, result, run: String(result.run), err };
}

function withFulfilled(test: (place: Place, hosts: readonly string[], run: string) => Promise<void>): Promise<void> {
  return withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { code, result, run, err } = await fulfilled(place, hosts);
    assert.equal(code, EXIT.partial, err);
    assert.equal(result.waitsForYes, true);
    await test(place, hosts, run);
  });
}

Deno.test("new tests that nobody saw wait for a yes: the end shows them, and one command has the run accepted", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { code, out } = await callHere(place, ["run", JSON_WISH, "--trust", ...hosts]);
    assert.equal(code, EXIT.partial);
    assert.match(out, /^partial: 1 new check result of test\/json\.test\.js failed .* the new tests wait for your yes/);
    assert.match(out, /^\+test\("is JSON with --json"/m);
    const [, run] = /^Say yes: autonomy accept (\S+)$/m.exec(out) ?? [];
    assert.ok(run !== undefined, out);
    assert.match((await callHere(place, ["show", run])).out, new RegExp(`^Say yes +autonomy accept ${run}$`, "m"));
    const asked = await callHere(place, ["accept", run], ["y"]);
    assert.equal(asked.code, 0, asked.err);
    assert.match(asked.out, /^new file mode 100644\n(?:.*\n)*\+test\("is JSON with --json"/m);
    assert.match(asked.out, /is accepted: .* shows it, agreed by the person\./);
    assert.match(asked.err, /Is that what you wanted\? \[y\/N\]/);
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${run} +accepted`, "m"));
    assert.match((await callHere(place, ["show", run])).out, /^Ended +accepted: /m);
    const again = await callHere(place, ["accept", run, "--json"]);
    assert.deepEqual([again.code, jsonLines(again.out)[0]?.kind], [0, "accepted"]);
  }));

Deno.test("--yes says it without a person; without either nothing is noted, and the code is 4", () =>
  withFulfilled(async (place, _hosts, run) => {
    for (const typed of [undefined, ["n"]]) {
      const { code, err } = await callHere(place, ["accept", run], typed);
      assert.equal(code, EXIT.blocked);
      assert.match(err, /Nothing was noted\. Answer y, or give --yes/);
    }
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${run} +partial`, "m"));
    const { code, out } = await callHere(place, ["accept", "last", "--yes", "--json"]);
    const [line, ...more] = jsonLines(out);
    assert.deepEqual([code, line?.type, line?.kind, line?.exit, more], [0, "result", "accepted", 0, []]);
    const tests = line?.newTests as { readonly path: string; readonly patch: string }[];
    assert.deepEqual(tests.map(({ path }) => path), ["test/json.test.js"]);
  }));

Deno.test("a yes is refused where the source, the new test or an old one is not as it was judged", () =>
  withFulfilled(async (place, _hosts, run) => {
    for (const path of ["src/report.js", "test/json.test.js", "test/report.test.js"]) {
      const file = `${place.project}/${path}`;
      const before = await Deno.readTextFile(file);
      await Deno.writeTextFile(file, `${before}\n// mine\n`);
      const { code, err } = await callHere(place, ["accept", run, "--yes"]);
      assert.equal(code, EXIT.partial);
      assert.ok(err.includes(`${path} of ${place.project} is not as it was when run ${run} was judged`), err);
      assert.match(err, /Nothing was noted\..*--resume \S+ --accept-tests/);
      await Deno.writeTextFile(file, before);
    }
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${run} +partial`, "m"));
    assert.equal((await callHere(place, ["accept", run, "--yes"])).code, 0);
  }));

Deno.test("a run that a yes does not make accepted says what it ended with instead", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT.slice(1) }, async (place, hosts) => {
    const { run, result } = await fulfilled(place, hosts);
    assert.deepEqual([result.kind, result.waitsForYes], ["partial", false]);
    const { code, err } = await callHere(place, ["accept", run, "--yes"]);
    assert.equal(code, EXIT.partial);
    assert.match(err, /does not wait for a yes: it ended partial.*there is no new test that does/);
  }));

Deno.test("with --accept-tests the yes is given ahead: a fact says so, and so does the end", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { code, result, run, err } = await fulfilled(place, hosts, "--accept-tests");
    assert.equal(code, EXIT.accepted, err);
    assert.match(String(result.cause), /shows it, agreed by the person ahead, without a look\./);
    assert.match(err, /yes ahead to new tests/);
    assert.match((await callHere(place, ["show", run])).out, /agreed by the person ahead, without a look/);
  }));

Deno.test("a run whose files changed goes on with --accept-tests: the checks say it again, and it ends accepted", () =>
  withFulfilled(async (place, hosts, run) => {
    const file = `${place.project}/src/report.js`;
    await Deno.writeTextFile(file, `${await Deno.readTextFile(file)}// mine\n`);
    const { code, out, err } = await callHere(place, ["run", "--resume", run, "--accept-tests", "--json", ...hosts]);
    assert.equal(code, EXIT.accepted, `${err}\n${JSON.stringify(jsonLines(out).at(-1))}`);
  }));
