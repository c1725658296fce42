import assert from "node:assert/strict";
import { EXIT } from "../../src/cli/exit_code.ts";
import { makeRepository } from "../work/git/fixtures/git_project.ts";
import { callHere } from "./fixtures/call_here.ts";
import { jsonLines, type Place } from "./fixtures/command_line.ts";
import { JSON_SCRIPT, JSON_WISH, PROJECT, quickly, withWish } from "./fixtures/wish_place.ts";

function wishOn(place: Place, hosts: readonly string[], ...flags: readonly string[]) {
  return callHere(place, ["run", JSON_WISH, "--trust", "--accept-tests", ...flags, ...hosts]);
}

Deno.test("an accepted task is a commit on the branch that was named, and folder, index and branch of the person stay", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { shell, head } = await makeRepository(place.project);
    await Deno.writeTextFile(`${place.project}/notes.txt`, "mine, not committed\n");
    await Deno.writeTextFile(`${place.project}/staged.txt`, "mine, staged\n");
    await shell("add", "staged.txt");
    const staged = await shell("ls-files", "-s");
    const { code, out, err } = await wishOn(place, hosts, "--branch", "json-flag");
    assert.equal(code, EXIT.accepted, err);
    const [run] = /\d{8}-\d{6}-[0-9a-f]{4}/.exec(out) ?? [];
    const message = await shell("log", "-1", "--format=%B", "json-flag");
    assert.match(message, /^Add a --json flag to report\n/);
    assert.match(message, /^- node --test: is JSON with --json: a new test, fails on the old code, passes now$/m);
    assert.match(message, new RegExp(`^Autonomy-Run: ${run} T2$`, "m"));
    assert.equal(await shell("rev-parse", "json-flag~1"), head);
    assert.equal(await shell("diff", "--name-only", "main", "json-flag"), "src/report.js\ntest/json.test.js");
    assert.deepEqual([await shell("symbolic-ref", "--short", "HEAD"), await shell("rev-parse", "main")], [
      "main",
      head,
    ]);
    assert.equal(await shell("ls-files", "-s"), staged);
    assert.match(out, /\nAs a pull request:\n\nAdd a --json flag to report\n\n## What was done\n- Add a --json flag/);
    assert.match(
      out,
      /\n## What shows it\n- node --test: is JSON with --json: a new test, fails on the old code, passes now\n/,
    );
    assert.match(out, /\nBranch: json-flag, 1 commit\n/);
    assert.match((await callHere(place, ["show", run!])).out, /^Ended +accepted: /m);
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${run} +accepted`, "m"));
  }, quickly(PROJECT)));

Deno.test("a yes to work that cannot be committed on the branch that is wanted says so, and ends with that code", () =>
  withWish({ [JSON_WISH]: JSON_SCRIPT }, async (place, hosts) => {
    const { shell } = await makeRepository(place.project);
    // The work is of the same line.
    await Deno.writeTextFile(`${place.project}/src/report.js`, `${PROJECT["src/report.js"]?.trim()} // mine\n`);
    const { out } = await callHere(place, ["run", JSON_WISH, "--trust", "--branch", "own", ...hosts]);
    assert.match(out, /^Not committed on own: src\/report\.js held changes/m);
    const { code, out: said } = await callHere(place, ["accept", "last", "--yes"]);
    assert.equal(code, EXIT.partial);
    assert.match(said, /^Run \S+ is accepted: .*\nNot committed on own: .*\nCommit it then: autonomy accept \S+$/m);
    assert.equal(await shell("branch", "--list", "own"), "");
  }, quickly(PROJECT)));

Deno.test("a configuration that wants branches where none can be made keeps no run from its start, and says so", () =>
  withWish({}, async (place, hosts) => {
    const { code, out } = await wishOn(place, hosts, "--max-turns", "1", "--json");
    assert.equal(code, EXIT.budget);
    const told = jsonLines(out).filter(({ type }) => type === "person.told").map(({ text }) => text);
    assert.match(String(told), /^No branch can be made for the work: .* The work will stand in the project alone\.$/);
    const settings = jsonLines((await callHere(place, ["config", "--json", "--branch", "own"])).out)
      .filter(({ name }) => String(name).startsWith("git."));
    assert.deepEqual(settings.map(({ value, origin }) => [value, String(origin).replace(/^.*\//, "")]), [
      [true, "--branch"],
      ["own", "--branch"],
    ]);
    assert.equal((await callHere(place, ["trust", "--revoke"])).code, 0);
    assert.match((await callHere(place, ["config"])).out, /Not used until the project is trusted.*git \(/);
  }, {
    ...PROJECT,
    ".autonomy/config.jsonc": '{ "git": { "commit": true }, "mode": "off", "sandbox": { "copies": false } }',
  }));

Deno.test("where no branch can be made the run is not begun, and says why", () =>
  withWish({}, async (place, hosts) => {
    const refused = async (...flags: readonly string[]) => {
      const { code, err } = await wishOn(place, hosts, ...flags);
      return [code, err] as const;
    };
    const [code, err] = await refused("--commit");
    assert.equal(code, EXIT.usage);
    assert.match(err, /No branch can be made for the work: \S+ stands in no git repository\. Or leave --commit out\./);
    const { shell } = await makeRepository(place.project);
    await shell("branch", "taken");
    const [again, said] = await refused("--branch", "taken");
    assert.equal(again, EXIT.usage);
    assert.match(said, /the branch taken exists already: name another.*Or leave --branch out\./);
    assert.deepEqual(jsonLines((await callHere(place, ["runs", "--json"])).out), [], "nothing was stored");
  }));
