import assert from "node:assert/strict";
import type { ChatRequest } from "../../src/ports/model_host.ts";
import type { HostStatus } from "../../src/ports/host_status.ts";
import { withPlainServer } from "../fakes/plain_server.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import { printedExamples } from "../plugin/printed_examples.ts";
import { type CrewRun, withCrew } from "./fixtures/crew_run.ts";

/** The kind of host that is printed in the documentation of the door, and on the page of plugins alike. */
async function printedKind(): Promise<string> {
  const [door, page] = await Promise.all(["src/plugin/mod.ts", "docs/plugins.md"].map(async (path) => {
    return (await printedExamples(path)).find((code) => code.includes("hosts:")) ?? "";
  }));
  assert.ok(door !== undefined && door !== "");
  assert.equal(page, door);
  return door;
}

/** Waits until a host is so; gives how it is. */
function hostIs(crew: CrewRun, name: string, is: (host: HostStatus) => boolean): Promise<HostStatus> {
  const { promise, resolve } = Promise.withResolvers<HostStatus>();
  const look = () => {
    const host = crew.fleet.status().find((one) => one.name === name);
    if (host !== undefined && is(host)) resolve(host);
  };
  const off = crew.fleet.onChange(look);
  look();
  return promise.finally(off);
}

Deno.test("a whole run is carried by the kind of host that is printed, as it is printed, in a process of its own", async () => {
  const kind = await printedKind();
  await withPlainServer((address) =>
    withCrew(async (crew) => {
      assert.deepEqual(crew.fleet.status().map(({ kind, state }) => [kind, state]), [["plain", "up"], ["plain", "up"]]);
      assert.equal((await crew.end())?.kind, "accepted");
      const placed = crew.facts().flatMap((fact) => fact.type === "ask_placed" ? [fact.host] : []);
      assert.deepEqual([...new Set(placed)].toSorted(), ["fast", "strong"]);
    }, { plugins: { "plain.ts": kind }, kind: "plain", address })
  );
});

Deno.test("a host comes up with the plugin that its kind is of, an ask ends on the version that it began with, and without the plugin the host is down", async () => {
  const kind = await printedKind();
  const second = kind.replace("return { models:", 'return { version: "2", models:');
  await withPlainServer((address) =>
    withCrew(async (crew) => {
      crew.wish({ kind: "pause" });
      const [fast] = crew.fleet.status();
      const url = address(fast!.url);
      await writeFiles(`${crew.configFile}/..`, {
        "config.jsonc": JSON.stringify({ hosts: { own: { url, kind: "plain" } } }),
      });
      const before = await hostIs(crew, "own", ({ state }) => state === "down");
      assert.match(before.reason, /There is no kind of host "plain" .*the kinds are ollama, openai\./);

      await writeFiles(crew.pluginFolder, { "plain.ts": kind });
      const up = await hostIs(crew, "own", ({ state }) => state === "up");
      assert.deepEqual(up.models.map(({ name }) => name), fast!.models.map(({ name }) => name));

      const request: ChatRequest = {
        model: up.models[0]!.name,
        messages: [{ role: "user", content: "Hello." }],
        window: 8192,
        answerLimit: 100,
        temperature: 0,
        seed: 1,
        bounds: { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 60_000 },
      };
      crew.fleet.begin("a", "own", request.model, request.window);
      const client = crew.fleet.host("own");
      await writeFiles(crew.pluginFolder, { "plain.ts": second });
      await hostIs(crew, "own", ({ version }) => version === "2");
      assert.notEqual(crew.fleet.host("own"), client);
      const { text } = await client.chat(request, new AbortController().signal);
      assert.notEqual(text, "");
      crew.fleet.end("a", { answered: false });

      await Deno.remove(`${crew.pluginFolder}/plain.ts`);
      await hostIs(crew, "own", ({ state }) => state === "down");
      const changes = crew.facts().flatMap((fact) => fact.type === "configuration_changed" ? [fact.changed] : []);
      assert.deepEqual(changes, [[]], "the configuration changed once");
    }, { live: true })
  );
});
