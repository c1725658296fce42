import assert from "node:assert/strict";
import { countsRight, limitsAfterCut, proofOf } from "../../src/prompt/proof.ts";

Deno.test("counts prove a prompt, or show that it was cut, and say nothing where they are impossible or not believed", () => {
  const what = {
    estimated: 2_000,
    counted: 1_950,
    window: 8_192,
    calibrated: true,
    leftOut: false,
    disbelieved: false,
  };
  assert.equal(proofOf(what).proof, "proven");
  assert.equal(proofOf({ ...what, leftOut: true }).proof, "handled");
  assert.equal(proofOf({ ...what, counted: null }).proof, "estimated");
  assert.equal(proofOf({ ...what, counted: 900 }).proof, "mismatch");
  assert.equal(proofOf({ ...what, counted: 1_250, calibrated: false }).proof, "proven");
  assert.equal(proofOf({ ...what, estimated: 7_900, counted: 4_098 }).proof, "mismatch", "half of the window and two");
  assert.deepEqual(proofOf({ ...what, counted: 90_000 }), { proof: "estimated", impossible: true });
  assert.equal(proofOf({ ...what, counted: 10, disbelieved: true }).proof, "estimated");
  assert.deepEqual(limitsAfterCut(1_026, 2_048), [1_949, 1_024, 974]);
  assert.deepEqual([countsRight(800, 850), countsRight(800, 10), countsRight(800, null)], [true, false, false]);
});

Deno.test("a prompt of prose after one of numbers is not taken for cut, and one that was cut still is", () => {
  const what = { estimated: 3_100, window: 8_192, calibrated: true, ratio: 1.6, leftOut: false, disbelieved: false };
  assert.equal(proofOf({ ...what, counted: 1_950 }).proof, "proven");
  assert.equal(proofOf({ ...what, counted: 1_000 }).proof, "mismatch");
});
