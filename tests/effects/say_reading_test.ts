import assert from "node:assert/strict";
import { sayReading } from "../../src/effects/ask/say_reading.ts";

Deno.test("what a server had of a prompt and what it read again is said as far as it counts it", () => {
  const told = (promptTokens: number | null, heldTokens?: number | null, promptMs?: number | null) =>
    sayReading({ promptTokens, heldTokens, promptMs });
  assert.equal(told(1_200, 206, 19_000), "206 held, 994 read again: 19 s");
  assert.equal(told(1_200, 0, 19_000), "none held: 19 s");
  assert.equal(told(1_200, 206), "206 held, 994 read again");
  assert.equal(told(1_200, null, 2_400), "read in 2.4 s");
  assert.equal(told(null, 206, null), "");
});
