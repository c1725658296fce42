import assert from "node:assert/strict";
import test from "node:test";
import { delayBefore } from "../src/delay.js";
import { retry } from "../src/retry.js";

const wait = () => Promise.resolve();

test("the first success counts", async () => {
  assert.equal(await retry(() => Promise.resolve("done"), { wait }), "done");
});

test("an error that is thrown at once leads to another attempt", async () => {
  const value = await retry((attempt) => {
    if (attempt === 1) throw new Error("busy");
    return attempt;
  }, { wait });
  assert.equal(value, 2);
});

test("a rejected promise leads to another attempt", async () => {
  const value = await retry(async (attempt) => {
    if (attempt < 3) throw new Error("busy");
    return attempt;
  }, { wait });
  assert.equal(value, 3);
});

test("the last error is told", async () => {
  const task = async (attempt) => {
    throw new Error(`failed ${attempt}`);
  };
  await assert.rejects(retry(task, { attempts: 2, wait }), /failed 2/);
});

test("each delay is twice the one before, up to a bound", () => {
  assert.deepEqual([2, 3, 4, 20].map(delayBefore), [100, 200, 400, 5000]);
});
