import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FLEET_MODELS, startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import type { Player } from "../../src/rehearsal/play.ts";

const players = Object.fromEntries<Player>(
  Object.values(FLEET_MODELS).flat().map((name) => [name, () => `I am ${name}.`]),
);

Deno.test("the fleet's hosts hold all their models at once, with the windows that the crew asks for", async () => {
  const fleet = await startRehearsalFleet({ players, pace: 0 });
  try {
    for (const [host, window] of [["fast", 8192], ["strong", 16_384]] as const) {
      for (const model of FLEET_MODELS[host]) {
        const response = await fetch(`${fleet.hosts[host]}/api/chat`, {
          method: "POST",
          body: JSON.stringify({
            model,
            messages: [{ role: "user", content: "Who?" }],
            stream: false,
            options: { num_ctx: window },
          }),
        });
        assert.match(await response.text(), new RegExp(`I am ${model}`));
      }
      const loaded = await (await fetch(`${fleet.hosts[host]}/api/ps`)).json() as { models: { name: string }[] };
      assert.deepEqual(loaded.models.map(({ name }) => name).sort(), [...FLEET_MODELS[host]].sort());
    }
  } finally {
    await fleet.close();
  }
});

Deno.test("a model without a player is named when the fleet starts", async () => {
  await assert.rejects(async () => await startRehearsalFleet({ players: {}, pace: 0 }), /no player .* qwen2\.5:14b/);
});

const hasNode = spawnSync("node", ["--version"]).status === 0;

Deno.test({
  name: "the sample project starts with five failing tests and eleven passing ones",
  ignore: !hasNode,
  fn: () => {
    const cwd = fileURLToPath(new URL("../../src/rehearsal/sample/", import.meta.url));
    const { stdout, status } = spawnSync("node", ["--test"], { cwd, encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stdout, /# pass 11\n# fail 5\n|ℹ pass 11\nℹ fail 5\n/);
  },
});
