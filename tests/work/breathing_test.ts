import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { inSteps } from "../../src/work/breathing.ts";

/** Steps that each take longer than work may hold the program. */
function* longSteps(done: number[]): Generator<undefined, string> {
  for (let step = 0; step < 5; step++) {
    for (const end = performance.now() + 5; performance.now() < end;);
    done.push(step);
    yield;
  }
  return "all of it";
}

Deno.test("work of many steps lets the rest of the program go on in between, and gives what it found", async () => {
  const done: number[] = [];
  let seen = -1;
  setImmediate(() => seen = done.length);
  assert.equal(await inSteps(longSteps(done), new AbortController().signal), "all of it");
  assert.ok(seen >= 0 && seen < 5, `others went on after ${seen} of 5 steps`);
});

Deno.test("work of many steps ends between two of them once it is no longer wanted", async () => {
  const done: number[] = [];
  const controller = new AbortController();
  setImmediate(() => controller.abort(new Error("no longer wanted")));
  await assert.rejects(inSteps(longSteps(done), controller.signal), /no longer wanted/);
  assert.ok(done.length < 5);
});
