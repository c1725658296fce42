import assert from "node:assert/strict";
import { chmodSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { openJournal } from "../../src/run/journal.ts";
import { AttemptRun, type Left, lines } from "./fixtures/attempt_run.ts";
import { callHere } from "./fixtures/call_here.ts";
import { type Place, withPlace } from "./fixtures/command_line.ts";

const ID = "20261128-000000-0001";
const BINARY = new Uint8Array([0, 1, 2, 255, 254, 10]);

/** Files and links of the project, as text that says all of them. */
function tree({ project }: Place, folder = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name } of Array.from(Deno.readDirSync(`${project}/${folder}`))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const stat = lstatSync(`${project}/${path}`);
    if (stat.isDirectory()) Object.assign(found, tree({ project } as Place, path));
    else if (stat.isSymbolicLink()) found[path] = `link to ${readlinkSync(`${project}/${path}`)}`;
    else found[path] = `${stat.mode.toString(8)} ${readFileSync(`${project}/${path}`).toString("hex")}`;
  }
  return found;
}

function write({ project }: Place, path: string, content: string | Uint8Array): void {
  writeFileSync(`${project}/${path}`, content);
}

function read({ project }: Place, path: string): string {
  return readFileSync(`${project}/${path}`, "utf8");
}

/** What stands before an attempt, what it leaves: each kind of file that there is. */
const KINDS: Readonly<Record<string, readonly [before: Left | "link", after: Left]>> = {
  "a text": [{ content: "one\ntwo\n" }, { content: "one\nthree\n" }],
  "a text without a last line break": [{ content: "one" }, { content: "two" }],
  "line breaks of two characters": [{ content: "one\r\ntwo\r\n" }, { content: "one\r\n2\r\n" }],
  "a mark of order": [{ content: "\uFEFFone\n" }, { content: "one\n" }],
  "binary content": [{ content: BINARY }, { content: new Uint8Array([0, 7]) }],
  "a new file": [null, { content: "new\n" }],
  "an empty new file": [null, { content: "" }],
  "a new program": [null, { content: "#!/bin/sh\n", mode: 0o100755 }],
  "a deleted file": [{ content: "gone\n" }, null],
  "a mode": [{ content: "same\n" }, { content: "same\n", mode: 0o100755 }],
  "a file for a link": ["link", { content: "a file\n", mode: 0o100644 }],
  "a link for a file": [{ content: "a file\n" }, { content: "a", mode: 0o120777 }],
};

for (const [kind, [before, after]] of Object.entries(KINDS)) {
  for (const inProject of [false, true]) {
    Deno.test(`undo of a task and of the run is exact, ${inProject ? "worked in the project" : "applied"}: ${kind}`, () =>
      withPlace(async (place) => {
        write(place, "other", "other\n");
        if (before === "link") symlinkSync("other", `${place.project}/f`);
        else if (before !== null) write(place, "f", before.content);
        const wanted = tree(place);
        const run = new AttemptRun(place, ID, ["T1", "T2"]);
        await run.attempt({ task: "T1", files: { f: after }, inProject });
        const withOne = tree(place);
        await run.attempt({ task: "T2", files: { other: { content: "2\n" } }, inProject });
        run.close("partial");
        const dry = await callHere(place, ["undo", ID, "--task", "T1", "--dry-run"]);
        const { code, out, err } = await callHere(place, ["undo", ID, "--task", "T1"]);
        assert.equal(code, 0, err + out);
        const moved = (text: string) => text.split("\n").filter((line) => /^(restored|removed|merged|left)/.test(line));
        assert.deepEqual(moved(dry.out), moved(out));
        assert.equal(moved(out).length, 1, out);
        assert.deepEqual(tree(place), { ...wanted, other: tree(place).other });
        assert.equal(read(place, "other"), "2\n");
        assert.equal((await callHere(place, ["undo", ID, "--task", "T1"])).code, 0);
        assert.deepEqual(tree(place), { ...wanted, other: tree(place).other });
        // What was taken back can be brought in again, and goes again.
        const again = await callHere(place, ["apply", ID, "T1.1", "--yes"]);
        assert.equal(again.code, 0, again.err + again.out);
        assert.deepEqual({ ...tree(place), other: "" }, { ...withOne, other: "" });
        const all = await callHere(place, ["undo", ID]);
        assert.equal(all.code, 0, all.out);
        assert.deepEqual(tree(place), wanted);
        assert.equal((await callHere(place, ["undo", ID])).code, 0);
        assert.deepEqual(tree(place), wanted);
      }));
  }
}

/** A run in which three tasks changed one file by turns, two of them by coding. */
async function interleaved(place: Place, inProject = false): Promise<string> {
  const before = lines(40);
  write(place, "f.txt", before);
  const run = new AttemptRun(place, ID, ["T1", "T2", "T3"]);
  const text = (others: Record<number, string>) => ({ "f.txt": { content: lines(40, others) } });
  await run.attempt({ task: "T1", files: text({ 2: "one" }), inProject });
  await run.attempt({ task: "T2", role: "debugging", files: text({ 2: "one", 20: "two" }), inProject });
  await run.attempt({ task: "T2", files: text({ 5: "wrong" }), verdict: "refuted", inProject });
  await run.attempt({ task: "T1", files: text({ 2: "one", 10: "one more", 20: "two" }), inProject });
  await run.attempt({ task: "T3", files: text({ 2: "one", 10: "one more", 20: "two", 35: "three" }), inProject });
  run.close("partial");
  return before;
}

for (const inProject of [false, true]) {
  const how = inProject ? "in the project" : "in copies";
  Deno.test(`of a file that several tasks changed by turns each goes alone, then all, worked ${how}`, () =>
    withPlace(async (place) => {
      const before = await interleaved(place, inProject);
      const { code, out } = await callHere(place, ["undo", ID, "--task", "T1"]);
      assert.equal(code, 0, out);
      assert.match(out, /^merged +f\.txt$/m);
      assert.match(out, /^1 file of .* put back as without task T1 of run /m);
      assert.equal(read(place, "f.txt"), lines(40, { 20: "two", 35: "three" }));
      await callHere(place, ["undo", ID, "--task", "T1"]);
      assert.equal(read(place, "f.txt"), lines(40, { 20: "two", 35: "three" }));
      assert.equal((await callHere(place, ["undo", ID, "--role", "debugging"])).code, 0);
      assert.equal(read(place, "f.txt"), lines(40, { 35: "three" }));
      assert.equal((await callHere(place, ["undo", ID, "--task", "T3", "--role", "coding"])).code, 0);
      assert.equal(read(place, "f.txt"), before);
      const shown = await callHere(place, ["show", ID]);
      assert.match(shown.out, /^Ended +partial: It ended\.$/m);
      assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${ID} +partial`, "m"));
    }));

  Deno.test(`after the undo of one task undo of the run gives every byte back, worked ${how}`, () =>
    withPlace(async (place) => {
      const before = await interleaved(place, inProject);
      for (const task of ["T2", "T1"]) await callHere(place, ["undo", ID, "--task", task]);
      assert.equal(read(place, "f.txt"), lines(40, { 35: "three" }));
      const { code, out } = await callHere(place, ["undo", ID]);
      assert.equal(code, 0);
      assert.match(out, /^restored +f\.txt$/m);
      assert.equal(read(place, "f.txt"), before);
    }));
}

Deno.test("both flags mean what one role did for one task", () =>
  withPlace(async (place) => {
    await interleaved(place);
    const stands = read(place, "f.txt");
    const none = await callHere(place, ["undo", ID, "--task", "T1", "--role", "debugging"]);
    assert.equal(none.code, 0);
    assert.match(none.out, /^In run \S+ debugging at T1 changed no file of /m);
    assert.equal(read(place, "f.txt"), stands);
    assert.equal((await callHere(place, ["undo", ID, "--task", "T2", "--role", "debugging"])).code, 0);
    assert.equal(read(place, "f.txt"), lines(40, { 2: "one", 10: "one more", 35: "three" }));
  }));

Deno.test("a task or role that the run does not have is exit code 2, with those that it has", () =>
  withPlace(async (place) => {
    await interleaved(place);
    const task = await callHere(place, ["undo", ID, "--task", "T9"]);
    assert.equal(task.code, 2);
    assert.match(task.err, /has no task T9\. It has T1, T2, T3\./);
    const role = await callHere(place, ["undo", ID, "--role", "cooking"]);
    assert.equal(role.code, 2);
    assert.match(role.err, /has no role cooking\. It has coding, debugging\./);
  }));

Deno.test("what a person changed in other lines stays when a run or a task is undone, also twice", () =>
  withPlace(async (place) => {
    for (const part of [["--task", "T1"], []]) {
      const file = `${place.project}/f.txt`;
      const id = part.length === 0 ? "20261128-000000-0002" : ID;
      write(place, "f.txt", lines(30));
      const run = new AttemptRun(place, id, ["T1"]);
      await run.attempt({ task: "T1", files: { "f.txt": { content: lines(30, { 3: "run" }) } } });
      run.close("accepted");
      write(place, "f.txt", lines(30, { 3: "run", 25: "mine" }));
      chmodSync(file, 0o600);
      const dry = await callHere(place, ["undo", id, "--dry-run", ...part]);
      assert.match(dry.out, /^merged +f\.txt$/m);
      assert.equal(read(place, "f.txt"), lines(30, { 3: "run", 25: "mine" }));
      for (let round = 0; round < 2; round += 1) {
        const { code, out } = await callHere(place, ["undo", id, ...part]);
        assert.equal(code, 0, out);
        if (round === 0) assert.match(out, /^merged +f\.txt$/m);
        assert.equal(read(place, "f.txt"), lines(30, { 25: "mine" }));
        assert.equal(lstatSync(file).mode & 0o777, 0o600);
      }
      const whole = await callHere(place, ["undo", id]);
      assert.equal(whole.code, 0, whole.out);
      assert.equal(read(place, "f.txt"), lines(30, { 25: "mine" }));
    }
  }));

Deno.test("what cannot be merged is left as it is and named with exit code 3: same lines, binary, deleted, a folder", () =>
  withPlace(async (place) => {
    const made = { same: "run\n", bin: BINARY, gone: "run\n", folder: "run\n", made: "run\n" };
    for (const path of ["same", "bin", "gone", "folder"]) write(place, path, "before\n");
    const run = new AttemptRun(place, ID, ["T1"]);
    const files = Object.entries(made).map(([path, content]) => [path, { content }] as const);
    await run.attempt({ task: "T1", files: Object.fromEntries(files) });
    run.close("accepted");
    write(place, "same", "mine\n");
    write(place, "bin", new Uint8Array([0, 9]));
    write(place, "made", "run\nmine\n");
    for (const path of ["gone", "folder"]) await Deno.remove(`${place.project}/${path}`);
    await Deno.mkdir(`${place.project}/folder`);
    write(place, "folder/mine", "mine\n");
    const stands = tree(place);
    for (const part of [["--task", "T1"], []]) {
      const dry = await callHere(place, ["undo", ID, "--dry-run", ...part]);
      const { code, out } = await callHere(place, ["undo", ID, ...part]);
      assert.equal(code, 3);
      const left = (text: string) => text.split("\n").filter((line) => line.startsWith("left")).sort();
      assert.deepEqual(left(dry.out), left(out));
      assert.deepEqual(left(out).map((line) => line.replace(/ +/, " ")), [
        "left bin: someone changed it since",
        "left folder: someone made a folder in its place",
        "left gone: someone deleted it since",
        "left made: someone changed it since",
        "left same: someone changed it since",
      ]);
      assert.deepEqual(tree(place), stands);
    }
  }));

Deno.test("lines that a later task changed too are left with that task's work, and half of a task is never undone", () =>
  withPlace(async (place) => {
    write(place, "f.txt", lines(30));
    const run = new AttemptRun(place, ID, ["T1", "T2"]);
    const text = (others: Record<number, string>) => ({ "f.txt": { content: lines(30, others) } });
    await run.attempt({ task: "T1", files: text({ 3: "one" }) });
    await run.attempt({ task: "T2", files: text({ 3: "two" }) });
    await run.attempt({ task: "T1", files: text({ 3: "two", 20: "one" }) });
    run.close("partial");
    const { code, out } = await callHere(place, ["undo", ID, "--task", "T1"]);
    assert.equal(code, 3);
    assert.match(out, /^left +f\.txt: later work changed the same lines$/m);
    assert.equal(read(place, "f.txt"), lines(30, { 3: "two", 20: "one" }));
    assert.equal((await callHere(place, ["undo", ID])).code, 0);
    assert.equal(read(place, "f.txt"), lines(30));
  }));

Deno.test("what a person wrote again after a task was undone is theirs", () =>
  withPlace(async (place) => {
    await interleaved(place);
    await callHere(place, ["undo", ID, "--task", "T1"]);
    const again = lines(40, { 2: "one", 20: "two", 35: "three" });
    write(place, "f.txt", again);
    assert.equal((await callHere(place, ["undo", ID, "--task", "T1"])).code, 0);
    assert.equal(read(place, "f.txt"), again);
  }));

Deno.test("an attempt that was refuted and taken back in the project is nothing that undo of its task finds", () =>
  withPlace(async (place) => {
    write(place, "data", BINARY);
    const run = new AttemptRun(place, ID, ["T1", "T2"]);
    const left = (...bytes: number[]) => ({ data: { content: new Uint8Array([0, ...bytes]) } });
    await run.attempt({ task: "T1", files: left(1), verdict: "refuted", inProject: true });
    await run.attempt({ task: "T2", files: left(2), inProject: true });
    run.close("partial");
    const { code, out } = await callHere(place, ["undo", ID, "--task", "T1"]);
    assert.equal(code, 0, out);
    assert.match(out, /^In run \S+ task T1 changed no file of /m);
    assert.deepEqual([...readFileSync(`${place.project}/data`)], [0, 2]);
    assert.equal((await callHere(place, ["undo", ID])).code, 0);
    assert.deepEqual([...readFileSync(`${place.project}/data`)], [...BINARY]);
  }));

Deno.test("of a task whose first attempt was refuted and taken back only the accepted one is undone, and said as what it is", () =>
  withPlace(async (place) => {
    const run = new AttemptRun(place, ID, ["T1", "T2"]);
    const left = (content: string) => ({ made: { content } });
    await run.attempt({ task: "T1", files: left("wrong\n"), verdict: "refuted", inProject: true });
    await run.attempt({ task: "T2", files: left("two\n"), inProject: true });
    await run.attempt({ task: "T1", files: left("one\n"), inProject: true });
    run.close("partial");
    const { code, out } = await callHere(place, ["undo", ID, "--task", "T1"]);
    assert.equal(code, 0, out);
    assert.match(out, /^restored +made$/m);
    assert.equal(read(place, "made"), "two\n");
    assert.equal((await callHere(place, ["undo", ID])).code, 0);
    assert.deepEqual(tree(place), {});
  }));

Deno.test("a change of a person between an undo of one task and that of the run stays", () =>
  withPlace(async (place) => {
    await interleaved(place);
    await callHere(place, ["undo", ID, "--task", "T1"]);
    write(place, "f.txt", lines(40, { 20: "two", 35: "three", 28: "mine" }));
    await callHere(place, ["undo", ID, "--task", "T2"]);
    assert.equal(read(place, "f.txt"), lines(40, { 35: "three", 28: "mine" }));
    const { code, out } = await callHere(place, ["undo", ID]);
    assert.equal(code, 0, out);
    assert.equal(read(place, "f.txt"), lines(40, { 28: "mine" }));
  }));

Deno.test("control characters in names are never printed", () =>
  withPlace(async (place) => {
    const name = "evil\u001b]0;owned\u0007\u202e\n\r.txt";
    const run = new AttemptRun(place, ID, ["T1"]);
    await run.attempt({ task: "T1", files: { [name]: { content: "x\u001b[2J\n" } }, verdict: "refuted" });
    run.close("partial");
    for (
      const args of [["diff", ID, "T1"], ["apply", ID, "T1", "--dry-run"], ["apply", ID, "T1", "--yes"], ["undo", ID]]
    ) {
      const { code, out, err } = await callHere(place, args);
      assert.equal(code, 0, err);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(args[0] === "diff" ? out : out.replaceAll(/ +/g, " "), /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
    }
    assert.deepEqual(readdirSync(place.project), []);
  }));

Deno.test("a run that a part was taken back of ends as it did last, also for want of what, past an undo that was killed", () =>
  withPlace(async (place) => {
    const run = new AttemptRun(place, ID, ["T1", "T2", "T3"]);
    for (const task of ["T1", "T2", "T3"]) {
      await run.attempt({ task, files: { [`${task}.txt`]: { content: "new\n" } } });
    }
    run.close("partial");
    const undo = (task: string) => callHere(place, ["undo", ID, "--task", task, "--yes"]);
    const endings = (...facts: Fact[]) => {
      const journal = openJournal<Fact>({ path: `${place.state}/runs/${ID}/run.db`, validate: parseFact });
      if (facts.length > 0) journal.append(facts, 5_000);
      const found = [...journal.read()].flatMap((fact) => fact.type === "run_ended" ? [[fact.kind, fact.spent]] : []);
      journal.close();
      return found;
    };
    assert.equal((await undo("T1")).code, 0);
    const spent: Fact = { type: "run_ended", kind: "partial", cause: "The run's turns are spent.", spent: true };
    endings({ type: "run_resumed", headless: true }, spent);
    assert.equal((await undo("T2")).code, 0);
    assert.deepEqual(endings().at(-1), ["partial", true]);
    endings(
      { type: "run_resumed", headless: true },
      { type: "run_ended", kind: "accepted", cause: "It is done." },
      { type: "run_resumed", headless: true },
      {
        type: "effect_opened",
        effect: { kind: "by_hand", key: "hand.undo9", attempt: null, takes: { task: "T3", role: null } },
      },
    );
    assert.equal((await undo("T3")).code, 0);
    assert.deepEqual(endings().at(-1), ["accepted", undefined]);
  }));
