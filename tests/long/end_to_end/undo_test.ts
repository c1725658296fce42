import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { callHere as call } from "../../cli/fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "../../cli/fixtures/command_line.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

const SAMPLE = fileURLToPath(new URL("../../../src/rehearsal/sample", import.meta.url));
const REPAIRED = ["src/duration.js", "src/slug.js", "src/table.js"];
/** All that it changes: a document, too. */
const CHANGED = ["README.md", ...REPAIRED];

/** Runs a program by hand in a folder. */
async function byHand(folder: string, program: string, ...args: readonly string[]): Promise<[number, string]> {
  const { code, stdout } = await new Deno.Command(program, {
    args: [...args],
    cwd: folder,
    stdin: "null",
    stderr: "null",
  }).output();
  return [code, new TextDecoder().decode(stdout)];
}

/** A rehearsal that has ended accepted, in a folder that was asked for. */
function withRehearsal(test: (place: Place, kept: string, run: string) => Promise<void>): Promise<void> {
  return withPlace(async (place) => {
    const kept = `${place.folder}/kept`;
    const { code, out, err } = await call(place, ["rehearse", "--keep", kept, "--headless", "--pace", "0", "--json"]);
    assert.equal(code, 0, err);
    const result = jsonLines(out).at(-1);
    assert.equal(result?.kind, "accepted");
    await test(place, kept, String(result?.run));
  });
}

Deno.test("a rehearsal repairs the sample, its tests pass by hand, and undo puts every byte back", () =>
  withRehearsal(async (place, kept, run) => {
    const sample = treeOf(SAMPLE);
    const [tests, said] = await byHand(kept, "node", "--test");
    assert.equal(tests, 0, said);
    assert.deepEqual(await byHand(kept, "git", "diff", "--name-only"), [0, `${CHANGED.join("\n")}\n`]);
    assert.deepEqual(await byHand(kept, "git", "status", "--porcelain"), [
      0,
      CHANGED.map((path) => ` M ${path}\n`).join(""),
    ]);
    const dry = await call(place, ["undo", "--dry-run", run]);
    assert.equal(dry.code, 0);
    for (const path of CHANGED) assert.match(dry.out, new RegExp(`^restored +${path}$`, "m"));
    const { code, out, err } = await call(place, ["undo", run]);
    assert.equal(code, 0, err);
    for (const path of CHANGED) assert.match(out, new RegExp(`^restored +${path}$`, "m"));
    assert.deepEqual(treeOf(kept), sample);
    assert.deepEqual(await byHand(kept, "git", "status", "--porcelain"), [0, ""]);
    assert.notEqual((await byHand(kept, "node", "--test"))[0], 0);
    const again = await call(place, ["undo", run]);
    assert.equal(again.code, 0);
    assert.deepEqual(treeOf(kept), sample);
  }));

Deno.test("undo merges what was changed by hand since, also of one task, and the run gives every other byte back", () =>
  withRehearsal(async (place, kept, run) => {
    const [mine = "", ...others] = REPAIRED;
    const add = async (path: string) => Deno.writeTextFile(path, `${await Deno.readTextFile(path)}// by hand\n`);
    await add(`${kept}/${mine}`);
    const { code, out, err } = await call(place, ["undo", run, "--task", "T1"]);
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`^merged +${mine}$`, "m"));
    const { code: rest, out: said } = await call(place, ["undo", run]);
    assert.equal(rest, 0);
    for (const path of others) assert.match(said, new RegExp(`^restored +${path}$`, "m"));
    const wanted = `${place.folder}/wanted`;
    await Deno.writeTextFile(wanted, await Deno.readTextFile(`${SAMPLE}/${mine}`));
    await add(wanted);
    assert.equal(await Deno.readTextFile(`${kept}/${mine}`), await Deno.readTextFile(wanted));
    assert.deepEqual({ ...treeOf(kept), [mine]: "" }, { ...treeOf(SAMPLE), [mine]: "" });
  }));

Deno.test("undo leaves what was changed by hand in the same lines, names it, and puts the rest back", () =>
  withRehearsal(async (place, kept, run) => {
    const [mine = "", ...others] = REPAIRED;
    const text = "// all by hand\n";
    await Deno.writeTextFile(`${kept}/${mine}`, text);
    await Deno.writeTextFile(`${kept}/notes.txt`, "mine\n");
    const { code, out } = await call(place, ["undo", run]);
    assert.equal(code, 3);
    assert.match(out, new RegExp(`^left +${mine}: someone changed it since$`, "m"));
    for (const path of others) assert.match(out, new RegExp(`^restored +${path}$`, "m"));
    assert.equal(await Deno.readTextFile(`${kept}/${mine}`), text);
    assert.equal(await Deno.readTextFile(`${kept}/notes.txt`), "mine\n");
    const [stands, sample] = [treeOf(kept), treeOf(SAMPLE)];
    const besides = (tree: Record<string, string>) =>
      Object.entries(tree).filter(([path]) => path !== mine && path !== "notes.txt");
    assert.deepEqual(besides(stands), besides(sample));
  }));
