import assert from "node:assert/strict";
import { openQueue } from "../../src/run/queue_store.ts";
import { JournalBusy, JournalError } from "../../src/run/journal_error.ts";
import { inTemporaryFolder } from "./fixtures/temporary_folder.ts";

const GOAL = { goal: "Add a flag.", branch: null, acceptTests: false };

/** Path of the one queue below a state folder. */
async function pathOf(folder: string): Promise<string> {
  for await (const { name } of Deno.readDir(`${folder}/queues`)) {
    if (name.endsWith(".jsonl")) return `${folder}/queues/${name}`;
  }
  throw new Error("there is no queue");
}

Deno.test("a queue holds the goals of its project in their order, with what became of them", () =>
  inTemporaryFolder((folder) => {
    const queue = openQueue(folder, "/p");
    assert.deepEqual(queue.read(), []);
    assert.deepEqual([queue.add(GOAL), queue.add({ ...GOAL, branch: "own" })].map(({ id }) => id), ["g1", "g2"]);
    queue.begin("g1", "20260101-000000-0000");
    queue.end("g1", { kind: "accepted", cause: "1 task done.", needs: null, branch: { name: "b", commits: 1 } });
    queue.remove("g2");
    assert.equal(queue.add(GOAL).id, "g3", "an id is given once");
    const [first, third, ...more] = openQueue(folder, "/p").read();
    assert.deepEqual([first?.run, first?.ending?.kind, first?.ending?.branch], [
      "20260101-000000-0000",
      "accepted",
      { name: "b", commits: 1 },
    ]);
    assert.deepEqual([third?.id, third?.run, third?.ending, more], ["g3", null, null, []]);
    assert.deepEqual(openQueue(folder, "/other").read(), []);
    return Promise.resolve();
  }));

Deno.test("a line that a kill tore never happened; a damaged one is named with its place", () =>
  inTemporaryFolder(async (folder) => {
    const queue = openQueue(folder, "/p");
    queue.add(GOAL);
    const path = await pathOf(folder);
    assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
    await Deno.writeTextFile(path, '{"type":"removed","id":"g', { append: true });
    assert.deepEqual(queue.read().map(({ id }) => id), ["g1"]);
    queue.add(GOAL);
    assert.deepEqual(queue.read().map(({ id }) => id), ["g1", "g2"]);
    await Deno.writeTextFile(path, '{"type":"dance"}\n', { append: true });
    assert.throws(() => queue.read(), (error) => error instanceof JournalError && /at line 4/.test(error.message));
  }));

Deno.test("who works a queue off holds it, while goals can be added", () =>
  inTemporaryFolder((folder) => {
    const queue = openQueue(folder, "/p");
    const hold = queue.hold();
    assert.throws(() => openQueue(folder, "/p").hold(), JournalBusy);
    queue.add(GOAL);
    hold.release();
    queue.hold().release();
    return Promise.resolve();
  }));
