import assert from "node:assert/strict";
import fc from "fast-check";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { pastOf } from "../../src/cli/undone_part.ts";
import type { OwnedWrite, Owner } from "../../src/features/files/owned_writes.ts";
import { placeAt, stateAt } from "../../src/work/file_state.ts";
import { moveFiles } from "../../src/work/move_files.ts";
import { missingFolders, removeEmptyFolders } from "../../src/work/replace_file.ts";
import { carryOut } from "../../src/work/write_file.ts";
import { waysBack } from "../../src/work/ways.ts";
import { ASKED_FOR_ALL } from "../run/fixtures/asked_for_all.ts";
import { KeptWrites, MemoryBlobs } from "../run/fixtures/memory_blobs.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

const PATHS = ["a", "dir/b", "dir/sub/c"];
const lines = fc.array(fc.constantFrom("1", "2", "3", "x"), { minLength: 3, maxLength: 8 }).map((all) =>
  all.join("\n")
);
const content = fc.oneof(
  fc.record({ bytes: lines.map((text) => new TextEncoder().encode(text)), mode: fc.constantFrom(0o100644, 0o100755) }),
  fc.record({ bytes: fc.uint8Array({ maxLength: 3 }), mode: fc.constant(0o100600) }),
  fc.record({ bytes: fc.constant(new TextEncoder().encode("nowhere")), mode: fc.constant(0o120777) }),
  fc.constant(null),
);
const owner = fc.record({ task: fc.constantFrom("T1", "T2", "T3"), role: fc.constantFrom("coding", "debugging") });
const part = fc.record({
  task: fc.constantFrom("T1", "T2", "T3", null),
  role: fc.constantFrom("coding", "debugging", null),
}).filter(({ task, role }) => task !== null || role !== null);
const written = fc.record({ kind: fc.constant("write" as const), path: fc.constantFrom(...PATHS), content, owner });
const step = fc.oneof(
  { weight: 4, arbitrary: written },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("undo" as const), part }) },
  { weight: 1, arbitrary: fc.constant({ kind: "whole" as const }) },
);

function tree(root: string): Record<string, string> {
  return Object.fromEntries(PATHS.map((path) => {
    const place = join(root, path);
    const { kind } = placeAt(place);
    if (kind === "link") return [path, `link to ${readlinkSync(place)}`];
    if (kind !== "file") return [path, kind];
    return [path, `${lstatSync(place).mode.toString(8)} ${readFileSync(place).toString("hex")}`];
  }));
}

/** A run in which writes, undos of parts and of the whole come in any order; what it wrote is noted as the program notes it. */
class Played {
  readonly writes: OwnedWrite[] = [];
  readonly blobs = new MemoryBlobs();

  constructor(readonly root: string) {}

  write(path: string, content: { bytes: Uint8Array; mode: number } | null, owner: Owner | null): void {
    const now = stateAt(join(this.root, path));
    if (now === null && content === null) return;
    const recorder = new KeptWrites();
    const after = content === null ? null : this.blobs.putBlob(content.bytes);
    if (now !== null && after === now.hash && now.mode === content?.mode) return;
    carryOut(
      this.root,
      {
        ...{ path, before: now?.hash ?? null, after, modeBefore: now?.mode ?? null, modeAfter: content?.mode ?? null },
        createdFolders: content === null ? [] : missingFolders(this.root, path),
      },
      content?.bytes ?? null,
      content?.mode ?? null,
      recorder,
    );
    for (const write of recorder.writes) {
      if (owner !== null) {
        this.writes.push({ write: { ...write, createdFolders: [...write.createdFolders] }, ...owner, takes: null });
      }
    }
  }

  undo(part: Owner | null): ReturnType<typeof moveFiles> {
    const recorder = new KeptWrites();
    const ways = waysBack(pastOf(this.writes, part));
    const noted = part === null ? {} : { recorder };
    const report = moveFiles(this.root, ways, { blobs: this.blobs, merges: true, ...noted });
    for (const write of recorder.writes) {
      const own = { ...write, createdFolders: [...write.createdFolders] };
      this.writes.push({ write: own, task: null, role: null, takes: part });
    }
    return report;
  }
}

Deno.test("whatever parts were undone before, also twice: undo of the run gives each file as it was before, to the bit", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: PATHS.length, maxLength: PATHS.length }),
      fc.array(step, { maxLength: 10 }),
      (start, steps) =>
        inTemporaryFolder((root) => {
          const run = new Played(root);
          for (const [index, path] of PATHS.entries()) run.write(path, start[index] ?? null, null);
          const before = tree(root);
          removeEmptyFolders(root, ["dir/sub", "dir"]);
          for (const one of steps) {
            if (one.kind === "write") run.write(one.path, one.content, one.owner);
            else if (one.kind === "whole") run.undo(null);
            else {
              run.undo(one.part);
              const once = tree(root);
              run.undo(one.part);
              assert.deepEqual(tree(root), once, "twice is not once");
            }
          }
          const { left } = run.undo(null);
          assert.deepEqual(left, []);
          assert.deepEqual(tree(root), before);
        }),
    ),
    { numRuns: ASKED_FOR_ALL ? 300 : 100 },
  );
});

Deno.test("undo of the only task that wrote a file gives it as it was, whatever else was undone", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: PATHS.length, maxLength: PATHS.length }),
      fc.array(written, { maxLength: 8 }),
      (start, steps) =>
        inTemporaryFolder((root) => {
          const run = new Played(root);
          for (const [index, path] of PATHS.entries()) run.write(path, start[index] ?? null, null);
          const before = tree(root);
          // Each file has a task of its own here.
          for (const { path, content, owner: { role } } of steps) {
            run.write(path, content, { task: `T${PATHS.indexOf(path)}`, role });
          }
          for (const [index, path] of PATHS.entries()) {
            assert.deepEqual(run.undo({ task: `T${index}`, role: null }).left, []);
            assert.equal(tree(root)[path], before[path]);
          }
          assert.deepEqual(tree(root), before);
        }),
    ),
    { numRuns: ASKED_FOR_ALL ? 150 : 50 },
  );
});
