import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { hostFlags, jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

const [OWN, OTHER, PLAYED] = ["20261122-000000-0001", "20261122-000000-0002", "20261122-000000-0003"];

/** A run of the current project and, newer, one of another project and a rehearsal; each changed the file `a.txt`. */
async function withRuns(test: (place: Place, other: string) => Promise<void>): Promise<void> {
  await withPlace(async (place) => {
    const other = `${place.folder}/other`;
    await Deno.mkdir(other);
    for (const project of [place.project, other]) await Deno.writeTextFile(`${project}/a.txt`, "after\n");
    const changed = { "a.txt": "before\n" };
    storeRun(place, { id: OWN, goal: "Mine.", changed });
    storeRun(place, { id: OTHER, goal: "Theirs.", project: other, changed });
    storeRun(place, { id: PLAYED, goal: "Played.", project: `${place.folder}/sample`, label: "REHEARSAL" });
    await test(place, other);
  });
}

const textOf = (project: string) => Deno.readTextFile(`${project}/a.txt`);

Deno.test("`last` is the newest run of this project, in every command; -C names another, -a means all", () =>
  withRuns(async (place, other) => {
    assert.match((await call(place, ["show", "last"])).out, /Mine\./);
    assert.match((await call(place, ["show", "last", "-C", other])).out, /Theirs\./);
    assert.match((await call(place, ["show", "last", "-a"])).out, /Played\./);
    assert.match((await call(place, ["show", OTHER])).out, /Theirs\./);
    const dry = await call(place, ["undo", "last", "--dry-run"]);
    assert.ok(dry.out.startsWith(`Run ${OWN} of ${place.project}: Mine.\n`), dry.out);
    const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
    try {
      for (const words of [["--continue"], ["--resume", "last"]]) {
        const { code, out } = await call(place, ["run", ...words, "--json", ...hostFlags(fleet.hosts)]);
        assert.equal(code, 4, out);
        assert.equal(jsonLines(out).at(-1)?.run, OWN);
      }
    } finally {
      await fleet.close();
    }
    const empty = `${place.folder}/empty`;
    await Deno.mkdir(empty);
    const calls = [["show", "last"], ["undo", "last"], ["run", "--continue"], ["run", "--resume", "last"]];
    for (const words of calls) {
      const { code, err } = await call(place, [...words, "-C", empty]);
      assert.equal(code, 2, words.join(" "));
      assert.match(err, /There is no run of \S+\/empty yet\..*autonomy runs -a/);
    }
  }));

Deno.test("runs lists this project's; -a lists those of all", () =>
  withRuns(async (place, other) => {
    const ids = async (...words: string[]) =>
      jsonLines((await call(place, ["runs", "--json", ...words])).out).map(({ id }) => id);
    assert.deepEqual(await ids(), [OWN]);
    assert.deepEqual(await ids("-C", other), [OTHER]);
    assert.deepEqual(await ids("-a"), [PLAYED, OTHER, OWN]);
    const none = await call(place, ["runs", "-C", place.config]);
    assert.match(none.out, /no runs of \S+\/config in .*`autonomy runs -a`/);
  }));

Deno.test("undo names run and project first and touches no other project than this one or that of a run named by its id", () =>
  withRuns(async (place, other) => {
    const last = await call(place, ["undo", "last"]);
    assert.equal(last.code, 0, last.err);
    assert.ok(last.out.startsWith(`Run ${OWN} of ${place.project}: Mine.\nrestored  a.txt\n`), last.out);
    assert.deepEqual([await textOf(place.project), await textOf(other)], ["before\n", "after\n"]);
    const elsewhere = await call(place, ["undo", OTHER, "-C", place.project]);
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.err, /works in \S+\/other, not in \S+\/project\. Leave --project out/);
    assert.equal(await textOf(other), "after\n");
    const named = await call(place, ["undo", OTHER]);
    assert.equal(named.code, 0, named.err);
    assert.ok(named.out.startsWith(`Run ${OTHER} of ${other}: Theirs.\n`), named.out);
    assert.equal(await textOf(other), "before\n");
  }));

Deno.test("only a rehearsal goes on as one: the trust in our own sample is not given to a project", () =>
  withRuns(async (place) => {
    const { code, err } = await call(place, ["rehearse", "--resume", OWN, "--pace", "0"]);
    assert.equal(code, 2);
    assert.match(err, /is no rehearsal: it works in \S+\/project\. Go on with it: autonomy run --resume/);
  }));

Deno.test("completions propose `last` and this project's runs, and any run once its id is begun", () =>
  withRuns(async (place) => {
    const proposed = async (...words: string[]) =>
      (await call(place, ["complete", "--", ...words])).out.trim().split("\n").filter((word) => !word.startsWith("-"));
    assert.deepEqual(await proposed("show", ""), ["last", OWN]);
    assert.deepEqual(await proposed("undo", "2026"), [PLAYED, OTHER, OWN]);
    assert.deepEqual(await proposed("run", "--resume", "l"), ["last"]);
  }));
