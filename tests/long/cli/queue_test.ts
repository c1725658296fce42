import assert from "node:assert/strict";
import { EXIT } from "../../../src/cli/exit_code.ts";
import { openQueue } from "../../../src/run/queue_store.ts";
import { Git } from "../../../src/work/git/git.ts";
import { makeRepository } from "../../work/git/fixtures/git_project.ts";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { callHere } from "../../cli/fixtures/call_here.ts";
import { jsonLines, type Place, start } from "../../cli/fixtures/command_line.ts";
import {
  JSON_SCRIPT,
  JSON_SOURCE,
  JSON_WISH,
  PROJECT,
  quickly,
  type Scripts,
  withWish,
} from "../../cli/fixtures/wish_place.ts";

const HEAD = `import test from "node:test";
import assert from "node:assert/strict";
`;
const SUM_WISH = "Add a function sum to src/sum.js.";
const SUM_TEST = `${HEAD}import { sum } from "../src/sum.js";
test("sums", () => assert.equal(sum([1, 2]), 3));
`;
const SUM_SOURCE = "export const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);\n";
const LAST_WISH = "Add a function last to src/last.js.";
const LAST_TEST = `${HEAD}import { last } from "../src/last.js";
test("is the last", () => assert.equal(last([1, 2]), 2));
`;
const IMPOSSIBLE = "Make report faster than light.";
const SEEN_WISH = "Add a function first to src/first.js.";
const SCRIPTS: Scripts = {
  [JSON_WISH]: JSON_SCRIPT,
  // The second write twice: the answer with the first of them may be on its way when the program is killed.
  [SUM_WISH]: [
    writes("test/sum.test.js", SUM_TEST, true),
    writes("src/sum.js", SUM_SOURCE, true),
    writes("src/sum.js", SUM_SOURCE, true),
  ],
  [LAST_WISH]: [
    writes("test/last.test.js", LAST_TEST, true),
    writes("src/last.js", "export const last = (list) => list.at(-1);\n", true),
  ],
  // Nothing that could be shown: a change without a test.
  [IMPOSSIBLE]: [writes("src/report.js", JSON_SOURCE)],
  [SEEN_WISH]: [
    writes("test/first.test.js", LAST_TEST.replaceAll("last", "first").replace("), 2)", "), 1)"), true),
    writes("src/first.js", "export const first = (list) => list[0];\n", true),
  ],
};

function add(place: Place, goal: string, ...flags: readonly string[]) {
  return callHere(place, ["queue", "add", goal, ...flags]);
}

/** Starts the queue in a process of its own, and kills that when its second goal is at work. */
async function killInTheMiddle(place: Place, args: readonly string[]): Promise<void> {
  const child = start(place, args);
  const out = new Response(child.stdout).text();
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (said.split(`goal: ${SUM_WISH}`).length < 2 || !/wrote test\/sum\.test\.js/.test(said)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`it ended before: ${said}${await out}`);
    said += value;
  }
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
  await out;
}

Deno.test("five goals, one impossible and one that needs a person, are worked off past a kill, each on its branch, into one report", () =>
  withWish(SCRIPTS, async (place, hosts) => {
    const { shell, head } = await makeRepository(place.project);
    await Deno.writeTextFile(`${place.project}/notes.txt`, "mine\n");
    const before = await shell("status", "--porcelain");
    for (const goal of [JSON_WISH, SUM_WISH, IMPOSSIBLE]) {
      assert.equal((await add(place, goal, "--accept-tests")).code, 0);
    }
    assert.match((await add(place, SEEN_WISH)).out, /^g4 of the queue of /);
    await add(place, LAST_WISH, "--accept-tests", "--branch", "own/last");
    const run = ["queue", "run", "--trust", ...hosts];
    await killInTheMiddle(place, run);
    const between = jsonLines((await callHere(place, ["queue", "list", "--json"])).out);
    assert.deepEqual(between.map(({ status }) => status).slice(0, 3), ["accepted", "open", "waiting"]);
    const { code, out, err } = await callHere(place, [...run, "--json"]);
    assert.equal(code, EXIT.blocked, err);
    const goals = jsonLines(out);
    const report = goals.pop();
    assert.deepEqual(goals.map(({ id, status }) => [id, status]), [
      ["g1", "accepted"],
      ["g2", "accepted"],
      ["g3", "partial"],
      ["g4", "partial"],
      ["g5", "accepted"],
    ]);
    assert.equal(goals[1]?.run, between[1]?.run, "the goal that was open went on in its run");
    assert.deepEqual(
      [report?.type, report?.goals, report?.accepted, report?.needing, report?.waiting, report?.others, report?.exit],
      ["report", 5, 3, 1, 0, 1, 4],
    );
    assert.deepEqual(goals.map(({ needs }) => needs), [null, null, null, `accept ${goals[3]?.run}`, null]);
    const branches = goals.map(({ branch }) => (branch as { readonly name: string } | null)?.name);
    assert.match(branches[1] ?? "", /^autonomy\/add-a-function-sum-to-src-sum-js-[0-9a-f]{4}$/);
    assert.equal(branches[4], "own/last");
    assert.equal(await shell("diff", "--name-only", "main", branches[1]!), "src/sum.js\ntest/sum.test.js");
    assert.equal(await shell("diff", "--name-only", "main", branches[3]!), "src/first.js\ntest/first.test.js");
    assert.equal(await shell("show", `${branches[1]}:src/sum.js`), SUM_SOURCE.trim());
    assert.deepEqual([await shell("rev-parse", "main"), await shell("status", "--porcelain")], [head, before]);
    const accepted = await callHere(place, ["accept", String(goals[3]?.run), "--yes"]);
    assert.equal(accepted.code, 0, accepted.err);
    const listed = (await callHere(place, ["queue"])).out;
    assert.match(listed, /^Queue of \S+: 5 goals: 4 accepted, 1 ended otherwise$/m);
    assert.match(listed, /^g3 {2}partial: Make report faster than light\.$/m);
    assert.match(listed, /^ {4}Branch: own\/last, 1 commit$/m);
    assert.equal((await callHere(place, run)).code, EXIT.accepted, "nothing waits any more");
    assert.match((await callHere(place, ["queue", "remove", "--ended"])).out, /^5 goals removed\.$/m);
  }, quickly(PROJECT)));

Deno.test("a queue is listed, and goals are removed; what is not there is named", () =>
  withWish({}, async (place) => {
    assert.match((await callHere(place, ["queue"])).out, /^Queue of \S+: 0 goals$/m);
    assert.equal((await add(place, "")).code, EXIT.usage);
    await add(place, JSON_WISH);
    await add(place, SUM_WISH);
    const { code, err } = await callHere(place, ["queue", "remove", "g7"]);
    assert.equal(code, EXIT.usage);
    assert.match(err, /The queue has no goal g7\. There are g1, g2\./);
    assert.equal((await callHere(place, ["queue", "remove", "g1"])).code, 0);
    assert.match((await callHere(place, ["queue", "list"])).out, /1 goal: 1 not begun\n\ng2 {2}waiting: /);
    const untrusted = await callHere(place, ["queue", "run"]);
    assert.equal(untrusted.code, EXIT.blocked);
    assert.match(untrusted.err, /is not trusted.*Add --trust/);
    const proposed = await callHere(place, ["complete", "queue", "remove", ""]);
    assert.match(proposed.out, /^g2$/m);
  }));

Deno.test("accepted work that could not be committed is no accepted goal, until its branch is made", () =>
  withWish(SCRIPTS, async (place, hosts) => {
    const { shell } = await makeRepository(place.project);
    const mine = `${PROJECT["src/report.js"]?.trim()} // mine\n`;
    await Deno.writeTextFile(`${place.project}/src/report.js`, mine);
    await add(place, JSON_WISH, "--accept-tests", "--branch", "own");
    const { code, out } = await callHere(place, ["queue", "run", "--trust", ...hosts]);
    assert.equal(code, EXIT.blocked, out);
    assert.match(out, /^Queue of \S+: 1 goal: 1 waiting for you\n\ng1 {2}partial: /m);
    assert.match(out, /Not committed on own: src\/report\.js held changes that you had not committed/);
    const [, run] = /^ {4}Needs you: autonomy accept (\S+)$/m.exec(out) ?? [];
    assert.ok(run !== undefined, out);
    assert.equal((await callHere(place, ["undo", run])).code, 0);
    await shell("commit", "--quiet", "--all", "--message=mine");
    assert.equal((await callHere(place, ["accept", run])).code, 0);
    const listed = (await callHere(place, ["queue"])).out;
    assert.match(listed, /1 goal: 1 accepted\n/);
    assert.match(listed, /^ {4}Branch: own, 1 commit$/m);
  }, quickly(PROJECT)));

Deno.test("a goal that could not be begun is added again by the words that are named, with all of its lines and flags", () =>
  withWish({}, async (place, hosts) => {
    await new Git(place.project, AbortSignal.timeout(60_000)).must(["init", "--quiet"]);
    await add(place, `- it's "$x"\n- \`y\` ${"long ".repeat(50)}`, "--accept-tests", "--branch", "own");
    const { code, out } = await callHere(place, ["queue", "run", "--trust", ...hosts]);
    assert.equal(code, EXIT.blocked);
    assert.match(out, /the repository has no commit yet/);
    const [, words] = /^ {4}Needs you: autonomy (.*)$/m.exec(out) ?? [];
    const printed = await new Deno.Command("bash", { args: ["-c", `printf '%s\\0' ${words}`] }).output();
    const { code: again } = await callHere(place, new TextDecoder().decode(printed.stdout).split("\0").slice(0, -1));
    assert.equal(again, 0);
    const [first, second] = jsonLines((await callHere(place, ["queue", "list", "--json"])).out);
    assert.equal(second?.goal, first?.goal);
    const [one, two] = openQueue(place.state, await Deno.realPath(place.project)).read();
    assert.deepEqual([two?.branch, two?.acceptTests], [one?.branch, one?.acceptTests]);
  }, quickly(PROJECT)));

Deno.test("a branch that is there, is no name or is another goal's is refused when the goal is added, and a goal is removed once", () =>
  withWish({}, async (place) => {
    const { shell } = await makeRepository(place.project);
    await shell("branch", "taken");
    const refused = async (branch: string) => {
      const { code, err } = await add(place, JSON_WISH, "--branch", branch);
      assert.equal(code, EXIT.usage);
      return err;
    };
    assert.match(await refused("taken"), /No branch can be made for the work: the branch taken exists already/);
    assert.match(await refused("no name"), /"no name" is no name for a branch/);
    assert.equal((await add(place, JSON_WISH, "--branch", "own/{run}")).code, 0);
    assert.equal((await add(place, JSON_WISH, "--branch", "own/{run}")).code, 0);
    assert.equal((await add(place, JSON_WISH, "--branch", "free")).code, 0);
    assert.match(await refused("free"), /The branch free is that of g3 already\. Name another\./);
    assert.match((await callHere(place, ["queue", "remove", "g3", "g3"])).out, /^1 goal removed\.$/m);
    assert.equal((await add(place, JSON_WISH, "--branch", "free")).code, 0);
  }));

Deno.test("without a host the queue keeps its goals and ends with that code", () =>
  withWish({}, async (place) => {
    await add(place, JSON_WISH);
    const { code, out } = await callHere(place, ["queue", "run", "--trust", "--host", "http://127.0.0.1:1"]);
    assert.equal(code, EXIT.no_host);
    assert.match(out, /1 goal: 1 not begun/);
  }));
