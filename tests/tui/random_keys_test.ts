import assert from "node:assert/strict";
import { typeRandomKeys } from "./random_keys.ts";
import { screenTest } from "./screen_session.ts";

screenTest(
  "whatever is typed and pasted in whatever window, the screen stands, answers, and passes nothing through",
  async () => {
    for (const seed of [1, 2, 3]) {
      assert.deepEqual(await typeRandomKeys(seed, 1_000), { keys: 1_000, failure: null }, `seed ${seed}`);
    }
  },
);
