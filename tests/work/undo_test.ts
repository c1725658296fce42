import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { contentHash } from "../../src/work/content_hash.ts";
import { placeAt } from "../../src/work/file_state.ts";
import { leadsElsewhere } from "../../src/work/project_path.ts";
import { temporaryPath } from "../../src/work/replace_file.ts";
import { Snapshots } from "../../src/work/snapshot.ts";
import { settleOpenWrite, undoWrites } from "../../src/work/undo.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import type { WriteRecord } from "../../src/work/write_record.ts";
import { ASKED_FOR_ALL } from "../run/fixtures/asked_for_all.ts";
import { KeptWrites, MemoryBlobs } from "../run/fixtures/memory_blobs.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

/** Every file and link under a folder, as text that says all of it. */
function tree(root: string, folder = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const stat = lstatSync(join(root, path));
    if (stat.isDirectory()) Object.assign(found, tree(root, path));
    else if (stat.isSymbolicLink()) found[path] = `link to ${readlinkSync(join(root, path))}`;
    else found[path] = `${stat.mode.toString(8)} ${readFileSync(join(root, path)).toString("hex")}`;
  }
  return found;
}

/** Removes what stands at a path and whatever above it is no folder, then makes the folders. */
function clear(root: string, path: string): string {
  const place = join(root, path);
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth += 1) {
    const above = join(root, ...parts.slice(0, depth));
    if (!["folder", "nothing"].includes(placeAt(above).kind)) rmSync(above);
  }
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  return place;
}

const path = fc.constantFrom("a", "b.txt", "dir/c", "dir/d.bin", "dir/sub/e", "f/g", "dir", "f");
const content = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.constantFrom("one\r\ntwo\r\n", "one\ntwo", "\uFEFFmark", "é\n", "").map((text) => new TextEncoder().encode(text)),
);
const mode = fc.constantFrom(0o644, 0o600, 0o755, 0o444);
const text = fc.constantFrom("new\r\n", "new\n", "", "é\uFEFF", "other");

/** What a command may do to the tree. */
const deed = fc.oneof(
  fc.record({ kind: fc.constant("file" as const), path, content, mode }),
  fc.record({ kind: fc.constant("link" as const), path, target: fc.constantFrom("a", "../b.txt", "nowhere", "dir") }),
  fc.record({ kind: fc.constant("remove" as const), path }),
  fc.record({ kind: fc.constant("mode" as const), path, mode }),
);

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function perform(root: string, deed: Deed): void {
  if (deed.kind === "file") {
    const place = clear(root, deed.path);
    writeFileSync(place, deed.content);
    chmodSync(place, deed.mode);
  } else if (deed.kind === "link") symlinkSync(deed.target, clear(root, deed.path));
  else {
    const place = join(root, deed.path);
    if (placeAt(place).kind === "nothing") return;
    if (deed.kind === "remove") rmSync(place, { recursive: true });
    else if (placeAt(place).kind === "file") chmodSync(place, deed.mode);
  }
}

/** Steps of a run: a write by a tool, or a command that does several things. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("write" as const), path, text: fc.option(text) }),
  fc.record({ kind: fc.constant("command" as const), deeds: fc.array(deed, { minLength: 1, maxLength: 4 }) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Does the steps and gives the writes they were recorded as. */
async function run(root: string, steps: readonly Step[], blobs: MemoryBlobs): Promise<WriteRecord[]> {
  const recorder = new KeptWrites();
  const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
  const snapshots = new Snapshots(root, blobs, () => false);
  for (const step of steps) {
    // A write where a folder stands, or below a file, is refused and must change nothing.
    if (step.kind === "write") await workspace.write(step.path, step.text).catch(() => undefined);
    else {
      const before = snapshots.load(snapshots.store(await snapshots.take()));
      for (const deed of step.deeds) perform(root, deed);
      recorder.writes.push(...(await snapshots.differences(before)).writes);
    }
  }
  return recorder.writes;
}

Deno.test("undo gives every file back byte for byte, with modes, links and deletions", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 8 }),
      fc.array(step, { maxLength: 8 }),
      (start, steps) =>
        inTemporaryFolder(async (root) => {
          for (const deed of start) perform(root, deed);
          const wanted = tree(root);
          const blobs = new MemoryBlobs();
          const writes = await run(root, steps, blobs);
          const report = undoWrites(root, writes, blobs);
          assert.deepEqual(tree(root), wanted);
          assert.deepEqual(report.left, []);
          // Once more does nothing.
          undoWrites(root, writes, blobs);
          assert.deepEqual(tree(root), wanted);
        }),
    ),
    { numRuns: ASKED_FOR_ALL ? 150 : 50 },
  );
});

Deno.test("taking back the last writes alone gives the state before them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 6 }),
      fc.array(step, { maxLength: 5 }),
      fc.array(step, { maxLength: 5 }),
      (start, kept, taken) =>
        inTemporaryFolder(async (root) => {
          for (const deed of start) perform(root, deed);
          const blobs = new MemoryBlobs();
          await run(root, kept, blobs);
          const wanted = tree(root);
          const writes = await run(root, taken, blobs);
          undoWrites(root, writes, blobs);
          assert.deepEqual(tree(root), wanted);
        }),
    ),
    { numRuns: ASKED_FOR_ALL ? 75 : 25 },
  );
});

/** Whether writes of one file left it as it was before them. */
function ledNowhere(writes: readonly WriteRecord[]): boolean {
  const [first, last] = [writes[0]!, writes.at(-1)!];
  return first.before === last.after && first.modeBefore === last.modeAfter;
}

Deno.test("what a person changed since is left and named, all else is put back", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      (steps, choice) =>
        inTemporaryFolder(async (root) => {
          writeFiles(root, { "a": "a", "b.txt": "b", "dir/c": "c", "f/g": "g" });
          const wanted = tree(root);
          const blobs = new MemoryBlobs();
          const writes = await run(root, steps, blobs);
          const files = writes.filter((write) =>
            !leadsElsewhere(root, write.path) && placeAt(join(root, write.path)).kind === "file"
          );
          const chosen = files[choice % files.length]?.path;
          if (chosen === undefined) return;
          writeFileSync(join(root, chosen), "a person's own work");
          const report = undoWrites(root, writes, blobs);
          assert.equal(readFileSync(join(root, chosen), "utf8"), "a person's own work");
          // Of what the run itself had brought back there is nothing to take back, and so nothing to name.
          const isNamed = report.left.some(({ path, reason }) => path === chosen && /someone/.test(reason));
          assert.equal(isNamed, !ledNowhere(writes.filter((write) => write.path === chosen)), chosen);
          // What had to make way for their file cannot come back; everything else does.
          const now = tree(root);
          for (const [path, state] of Object.entries(wanted)) {
            if (path === chosen || report.left.some((left) => left.path === path)) continue;
            assert.equal(now[path], state, path);
          }
        }),
    ),
    { numRuns: ASKED_FOR_ALL ? 100 : 40 },
  );
});

Deno.test("a mode that a person set since stays, and the content comes back", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "deploy.sh": "first" });
    const blobs = new MemoryBlobs();
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
    await workspace.write("deploy.sh", "second");
    chmodSync(`${root}/deploy.sh`, 0o700);
    assert.deepEqual(undoWrites(root, recorder.writes, blobs).restored, ["deploy.sh"]);
    assert.equal(readFileSync(`${root}/deploy.sh`, "utf8"), "first");
    assert.equal(lstatSync(`${root}/deploy.sh`).mode & 0o777, 0o700);
  }));

Deno.test("a file that a person deleted since stays deleted and is named, one that the run made is gone anyway", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "a.ts": "first" });
    const blobs = new MemoryBlobs();
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
    await workspace.write("a.ts", "second");
    await workspace.write("b.ts", "made");
    rmSync(`${root}/a.ts`);
    rmSync(`${root}/b.ts`);
    const report = undoWrites(root, recorder.writes, blobs);
    assert.deepEqual(readdirSync(root), []);
    assert.deepEqual(report.left, [{ path: "a.ts", reason: "someone deleted it since" }]);
  }));

Deno.test("folders made for a file go with it, unless something else is in them", () =>
  inTemporaryFolder(async (root) => {
    const blobs = new MemoryBlobs();
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
    mkdirSync(`${root}/was_there`);
    await workspace.write("new/deep/a.ts", "a");
    await workspace.write("new/b.ts", "b");
    await workspace.write("was_there/c.ts", "c");
    await workspace.write("kept/d.ts", "d");
    writeFileSync(`${root}/kept/own.txt`, "own");
    const report = undoWrites(root, recorder.writes, blobs);
    assert.deepEqual(report.removed, ["kept/d.ts", "new/b.ts", "new/deep/a.ts", "was_there/c.ts"]);
    assert.deepEqual(readdirSync(root).sort(), ["kept", "was_there"]);
    assert.deepEqual(readdirSync(`${root}/kept`), ["own.txt"]);
  }));

Deno.test("a change by a person between two writes is what undo goes back to", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "a.ts": "first" });
    const blobs = new MemoryBlobs();
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
    await workspace.write("a.ts", "second");
    writeFileSync(`${root}/a.ts`, "a person's");
    await workspace.write("a.ts", "third");
    const report = undoWrites(root, recorder.writes, blobs);
    assert.equal(readFileSync(`${root}/a.ts`, "utf8"), "a person's");
    assert.match(report.left[0]?.reason ?? "", /put back to their version/);
  }));

Deno.test("undo does not write through a folder that became a link out of the project", () =>
  inTemporaryFolder(async (folder) => {
    const root = `${folder}/project`;
    writeFiles(root, { "dir/a.ts": "first" });
    writeFiles(`${folder}/outside`, { "a.ts": "second" });
    const blobs = new MemoryBlobs();
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
    await workspace.write("dir/a.ts", "second");
    rmSync(`${root}/dir`, { recursive: true });
    symlinkSync("../outside", `${root}/dir`);
    const report = undoWrites(root, recorder.writes, blobs);
    assert.equal(readFileSync(`${folder}/outside/a.ts`, "utf8"), "second");
    assert.match(report.left[0]?.reason ?? "", /is now a link/);
  }));

Deno.test("a write that was open is settled by what is on the disk", () =>
  inTemporaryFolder((root) => {
    const write = (path: string, before: string | null, after: string | null): WriteRecord => ({
      path,
      before: before === null ? null : contentHash(before),
      after: after === null ? null : contentHash(after),
      modeBefore: before === null ? null : 0o100644,
      modeAfter: null,
      createdFolders: [],
    });
    writeFiles(root, { "a": "new", "b": "old", "c": "something else" });
    assert.equal(settleOpenWrite(root, write("a", "old", "new")).state, "done");
    assert.equal(settleOpenWrite(root, write("a", "old", "new")).write.modeAfter, lstatSync(`${root}/a`).mode);
    assert.equal(settleOpenWrite(root, write("b", "old", "new")).state, "not done");
    assert.equal(settleOpenWrite(root, write("c", "old", "new")).state, "conflict");
    assert.equal(settleOpenWrite(root, write("gone", "old", null)).state, "done");
    assert.equal(settleOpenWrite(root, write("b", "old", null)).state, "not done");
    assert.equal(settleOpenWrite(root, write("gone", null, "new")).state, "not done");
    mkdirSync(`${root}/made/for`, { recursive: true });
    writeFileSync(temporaryPath(`${root}/made/for/it`), "half");
    const settled = settleOpenWrite(root, {
      ...write("made/for/it", null, "new"),
      createdFolders: ["made", "made/for"],
    });
    assert.equal(settled.state, "not done");
    assert.deepEqual(readdirSync(root).sort(), ["a", "b", "c"]);
  }));
