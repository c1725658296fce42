import assert from "node:assert/strict";
import { namedServers } from "../../src/cli/known_servers.ts";
import { unionOf } from "../../src/plugin/host/permissions.ts";
import type { Offer } from "../../src/plugin/offer.ts";

Deno.test("a key for a server of a plugin is taken out of the environment once a person allowed it, and not before", () => {
  // No other test knows this variable.
  const variable = "AUTONOMY_TEST_KNOWN_SERVERS_KEY";
  let granted = unionOf([]);
  const offer: Offer = {
    plugin: "docs",
    path: "/plugins/docs.ts",
    origin: "user",
    version: "1",
    specialists: [],
    tools: [],
    hosts: [],
    rules: [],
    panes: [],
    commands: [],
    mcp: { docs: { url: "https://docs.example/mcp", headers_from: { Authorization: variable } } },
    settings: null,
    contained: { hash: "", granted: () => granted },
  };
  Deno.env.set(variable, "Bearer s3cret");
  try {
    const [before] = namedServers({ config: { mcp: {} }, project: "/project" }, [offer]);
    assert.match(before!.refusal!() ?? "", /connects to docs\.example:443; knows the variables AUTONOMY_TEST_/);
    assert.equal(Deno.env.get(variable), "Bearer s3cret");
    granted = unionOf([{ net: ["docs.example:443"], env: [variable] }]);
    const [after] = namedServers({ config: { mcp: {} }, project: "/project" }, [offer]);
    assert.equal(after!.refusal!(), null);
    assert.equal(Deno.env.get(variable), undefined);
  } finally {
    Deno.env.delete(variable);
  }
});
