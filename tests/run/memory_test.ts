import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Trial } from "../../src/fleet/model_record.ts";
import { MEMORY_SCHEMA, MemoryError, openMemory, recalled } from "../../src/run/memory.ts";
import { inTemporaryFolder } from "./fixtures/temporary_folder.ts";

const way = (outcome: Trial["outcome"], digest = "d1"): Trial => ({
  digest,
  model: "qwen",
  what: { kind: "way", purpose: "work", way: "constrained" },
  outcome,
});

Deno.test("what was tried is added up by digest, purpose and way, and is there when the file is opened again", () =>
  inTemporaryFolder((folder) => {
    const path = `${folder}/memory.db`;
    const first = openMemory(path);
    assert.equal(first.record("d1"), null);
    first.add([way("right"), way("repaired"), way("failed")], 5);
    first.add([{ ...way("right"), what: { kind: "edit", form: "whole text" } }, way("right", "d2")], 9);
    first.add([{ ...way("failed"), what: { kind: "review", of: "answers" } }], 9);
    first.probed("d1", "qwen:7b", 7);
    first.close();
    const again = openMemory(path);
    assert.deepEqual(again.record("d1"), {
      digest: "d1",
      model: "qwen:7b",
      probedAt: 7,
      ways: { "work constrained": { asks: 3, right: 1, repaired: 1, failed: 1 } },
      edits: { "whole text": { asks: 1, right: 1, repaired: 0, failed: 0 } },
      reviews: { asks: 1, right: 0, repaired: 0, failed: 1 },
    });
    assert.deepEqual(again.records().map(({ digest }) => digest), ["d1", "d2"]);
    assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
    again.close();
    return Promise.resolve();
  }));

Deno.test("two programs that write at once lose nothing", () =>
  inTemporaryFolder((folder) => {
    const one = openMemory(`${folder}/memory.db`);
    const other = openMemory(`${folder}/memory.db`);
    for (let round = 0; round < 20; round++) {
      one.add([way("right")], round);
      other.add([way("failed")], round);
    }
    assert.deepEqual(one.record("d1")?.ways["work constrained"], { asks: 40, right: 20, repaired: 0, failed: 20 });
    one.close();
    other.close();
    return Promise.resolve();
  }));

Deno.test("a memory of a newer program, and a file that is none, are refused with what to do; nothing is lost", () =>
  inTemporaryFolder((folder) => {
    const path = `${folder}/memory.db`;
    openMemory(path).close();
    const newer = new DatabaseSync(path);
    newer.exec(`UPDATE meta SET value = '${MEMORY_SCHEMA + 1}' WHERE key = 'schema'`);
    newer.close();
    assert.throws(
      () => openMemory(path),
      (error) => error instanceof MemoryError && /newer Autonomy/.test(error.message),
    );
    Deno.writeTextFileSync(
      `${folder}/text`,
      "no database at all, but a text that is long enough to be read as one".repeat(20),
    );
    assert.throws(() => openMemory(`${folder}/text`), /Move the file away/);
    return Promise.resolve();
  }));

Deno.test("a memory that cannot be read is as one that knows nothing", () => {
  const memory = openMemory(":memory:");
  memory.close();
  assert.equal(recalled(memory, "d1"), null);
  assert.equal(recalled(null, "d1"), null);
  assert.throws(() => memory.add([way("right")], 1), MemoryError);
});
