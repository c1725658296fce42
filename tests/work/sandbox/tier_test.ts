import assert from "node:assert/strict";
import { enclosed } from "../../../src/work/sandbox/enclosure.ts";
import { findTier, holdsOf, lacksOf, TIERS } from "../../../src/work/sandbox/tier.ts";
import { enclosedTest, inEnclosedFolder } from "./enclosed_folder.ts";

Deno.test("whoever wants no sandbox gets none, and each tier says what it holds and what not", async () => {
  assert.deepEqual(await findTier("none"), { tier: "none", why: "The configuration wants none." });
  for (const tier of TIERS) {
    assert.notEqual(holdsOf(tier).length, 0);
    assert.notEqual(lacksOf(tier).length, 0);
  }
});

enclosedTest("the tier that is wanted is found where it works", async () => {
  assert.deepEqual(await findTier("bubblewrap"), { tier: "bubblewrap", why: null });
  assert.equal((await findTier("bubblewrap-shared-network")).tier, "bubblewrap-shared-network");
});

Deno.test("a tier of another system is none here, with a reason", async () => {
  const other = Deno.build.os === "darwin" ? "bubblewrap-shared-network" : "sandbox-exec";
  const { tier, why } = await findTier(other);
  assert.equal(tier, Deno.build.os === "darwin" ? "sandbox-exec" : "none");
  assert.notEqual(why, null);
});

Deno.test("without a sandbox a command is unchanged and runs in its place", () =>
  inEnclosedFolder(({ enclosure }) => {
    const started = enclosed(["a", "b"], { ...enclosure, tier: "none" }, { OWN: "mine" });
    assert.deepEqual(started, { command: ["a", "b"], folder: enclosure.place, environment: { OWN: "mine" } });
    return Promise.resolve();
  }));
