import assert from "node:assert/strict";
import { EXIT } from "../../../src/cli/exit_code.ts";
import { callHere } from "../../cli/fixtures/call_here.ts";
import { jsonLines, type Place } from "../../cli/fixtures/command_line.ts";
import { JSON_SCRIPT, JSON_SOURCE, JSON_WISH, PROJECT, quickly, withWish } from "../../cli/fixtures/wish_place.ts";

/** Works on the wish without a person, and gives what became of it. */
async function wished(place: Place, hosts: readonly string[]) {
  const { code, out, err } = await callHere(place, ["run", JSON_WISH, "--trust", "--json", ...hosts]);
  const result = jsonLines(out).at(-1);
  assert.deepEqual([code, result?.kind], [EXIT.partial, "partial"], err);
  return { run: String(result?.run), waits: result?.waitsForYes };
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
    for (const typed of [undefined, ["n"]]) {
      const { code, err } = await callHere(place, ["accept", run], { typed });
      assert.equal(code, EXIT.blocked);
      assert.match(err, /Nothing was noted\. Answer y, or give --yes/);
    }
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${run} +partial`, "m"));
    const asked = await callHere(place, ["accept", "last"], { typed: ["y"] });
    assert.equal(asked.code, 0, asked.err);
    assert.match(asked.out, /^new file mode 100644\n(?:.*\n)*\+test\("is JSON with --json"/m);
    assert.match(asked.out, /is accepted: .* shows it, agreed by the person\./);
    assert.match(asked.err, /Is that what you wanted\? \[y\/N\]/);
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${run} +accepted`, "m"));
    assert.match((await callHere(place, ["show", run])).out, /^Ended +accepted: /m);
    const again = await callHere(place, ["accept", run, "--json"]);
    const [line, ...more] = jsonLines(again.out);
    assert.deepEqual([again.code, line?.type, line?.kind, line?.exit, more], [0, "result", "accepted", 0, []]);
    const tests = line?.newTests as { readonly path: string }[];
    assert.deepEqual(tests.map(({ path }) => path), ["test/json.test.js"]);
  }));

Deno.test("a yes is refused where something is not as it was judged, and the run that is named instead says it anew", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { run, waits } = await wished(place, hosts);
    assert.equal(waits, true);
    const change = async (path: string) => {
      const file = `${place.project}/${path}`;
      const before = await Deno.readTextFile(file);
      await Deno.writeTextFile(file, `${before}\n// mine\n`);
      const { code, err } = await callHere(place, ["accept", run, "--yes"]);
      assert.equal(code, EXIT.partial);
      assert.ok(err.includes(`${path} of ${place.project} is not as it was when run ${run} was judged`), err);
      return { back: () => Deno.writeTextFile(file, before), err };
    };
    for (const path of ["test/json.test.js", "test/report.test.js"]) await (await change(path)).back();
    const { err } = await change("src/report.js");
    const [, words = ""] = /says the yes: autonomy (run --resume \S+ --accept-tests)\./.exec(err) ?? [];
    const { code, out } = await callHere(place, [...words.split(" "), "--json", ...hosts]);
    const lines = jsonLines(out);
    assert.equal(code, EXIT.accepted, JSON.stringify(lines.at(-1)));
    assert.match(String(lines.at(-1)?.cause), /shows it, agreed by the person ahead, without a look\./);
    assert.ok(lines.some(({ type, ahead }) => type === "tests.accepted" && ahead === true));
    assert.deepEqual(lines.find(({ type }) => type === "files.moved")?.paths, ["src/report.js"]);
  }, quickly(PROJECT)));

Deno.test("work that was taken back is not accepted, by a yes or by going on", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { run } = await wished(place, hosts);
    assert.equal((await callHere(place, ["undo", run])).code, 0);
    assert.equal((await callHere(place, ["accept", run, "--yes"])).code, EXIT.partial);
    const { code, out } = await callHere(place, ["run", "--resume", run, "--accept-tests", "--json", ...hosts]);
    assert.equal(code, EXIT.partial);
    assert.match(String(jsonLines(out).at(-1)?.cause), /there is no new test that does/);
  }, quickly(PROJECT)));

Deno.test("a run that a yes does not make accepted says what it ended with instead", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT.slice(1) }, async (place, hosts) => {
    const { run, waits } = await wished(place, hosts);
    assert.equal(waits, false);
    const { code, err } = await callHere(place, ["accept", run, "--yes"]);
    assert.equal(code, EXIT.partial);
    assert.match(err, /does not wait for a yes: it ended partial.*there is no new test that does/);
  }, quickly(PROJECT)));

Deno.test("a queue without git leaves the work in the project; with --accept-tests the yes is given ahead", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    await callHere(place, ["queue", "add", JSON_WISH]);
    const { code, out, err } = await callHere(place, ["queue", "run", "--trust", "--accept-tests", ...hosts]);
    assert.equal(code, EXIT.accepted, err);
    assert.match(err, /yes ahead to new tests/);
    assert.match(
      out,
      /^g1 {2}accepted: .*\n {4}1 task done.*agreed by the person ahead, without a look\..*\n {4}Look: /m,
    );
    assert.equal(await Deno.readTextFile(`${place.project}/src/report.js`), JSON_SOURCE);
  }, quickly(PROJECT)));
