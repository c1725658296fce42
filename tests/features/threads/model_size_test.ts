import { variantOf } from "../../../src/prompt/variant_of.ts";
import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { parametersIn, sizeOf } from "../../../src/features/threads/model_size.ts";
import { after, started } from "../../given/given.ts";
import { able, atRepair } from "../../given/given_repair.ts";

Deno.test("sizes are read from what hosts and names say; 14b is small, 32b is large, and what nobody knows is small", () => {
  const sizes = ["14.8B", "qwen2.5-coder:7b", "smollm-135M-instruct", "mixtral:8x7b", "phi4", "32.8B"].map(
    parametersIn,
  );
  assert.deepEqual(sizes, [14.8, 7, 0.135, 56, null, 32.8]);
  assert.deepEqual(sizes.map(variantOf), ["small", "small", "small", "large", "small", "large"]);
});

Deno.test("the size of a model is what its host says, before the first ask what was planned", () => {
  const sized = (plays?: { model: string; billions: number | null }) =>
    after(started({}, [], able), {
      type: "crew_assembled",
      roles: [{ role: "coding", describes: "", models: ["first:32b"], window: 8192, temperature: 0, plays }],
      tools: [],
      reason: "",
    });
  assert.equal(sizeOf(sized(), { ...able, roles: {} }, "coding"), null);
  assert.equal(sizeOf(sized({ model: "devstral", billions: 24 }), able, "coding"), 24);
  assert.equal(sizeOf(sized({ model: "own:7b", billions: null }), able, "coding"), 7);
  const thread = { ...sized({ model: "devstral", billions: 24 }) };
  const asked: State = {
    ...thread,
    threads: { coding: { ...atRepair().threads.coding!, model: "other", billions: 3 } },
  };
  assert.equal(sizeOf(asked, able, "coding"), 3);
});
