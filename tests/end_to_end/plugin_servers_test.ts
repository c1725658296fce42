import assert from "node:assert/strict";
import { Grants } from "../../src/plugin/host/grants.ts";
import { fakeCommand } from "../mcp/fixtures/fake_server.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import { type CrewRun, withCrew } from "./fixtures/crew_run.ts";
import { scriptedCoder } from "./fixtures/scripted_coder.ts";

/** A plugin that names a server, by a name, and a specialist who has its tools. */
const TRACKER = (server: string, more = "", way = "") =>
  `export default {
  name: "tracker",
  mcp: { ${server}: { command: ${JSON.stringify(fakeCommand(way))} } },
  specialists: [{
    role: "tracking", describes: "Knows what is tracked.", models: ["qwen2.5:14b"], window: 8192, temperature: 0.2,
    prompt: "analysis.md", tools: ["mcp:${server}", "answer"], phases: [],
  }],${more}
};
`;

/** A word that only the server of the first test is started with. */
const OWN_WAY = crypto.randomUUID();

/** Processes of that server. */
async function serversAlive(): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["axww", "-o", "args="], stdin: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line.includes(OWN_WAY)).length;
}

/** The question for what a plugin needs. */
async function permission(crew: CrewRun) {
  const { people } = await crew.state(({ people }) => people.questions.some(({ text }) => /wants more/.test(text)));
  return people.questions.find(({ text }) => /wants more/.test(text))!;
}

Deno.test("a specialist calls a server that a plugin names once a person has allowed what the server needs, which ends when that is taken back", () =>
  withCrew(async (crew) => {
    crew.wish({ kind: "pause" });
    const { id, text, context } = await permission(crew);
    assert.match(text, /^The plugin tracker wants more than its workspace: it starts \S*deno\. Allow it\?$/);
    assert.match(context, /Its MCP server fake: \S*deno run .*mcp_server\.ts/);
    assert.match(context, /A program that it may start can do all that you can\./);
    const { declaration } = crew.run.registry().tools.mcp_fake!;
    assert.match(declaration.describes, /Its tools are not known yet/, "nothing was started before the yes");
    crew.wish({ kind: "answer", question: id, approved: true, text: "" });
    const ready = await crew.fact("plugin_ready", ({ plugin }) => plugin === "mcp:fake");
    assert.deepEqual([ready.origin, ready.tools], ["user", ["mcp_fake"]]);
    assert.ok(crew.run.registry().roles.tracking?.tools.includes("mcp_fake"));
    crew.wish({ kind: "unpause" });
    const called = await crew.fact(
      "effect_opened",
      ({ effect }) => effect.kind === "tool" && effect.call.name === "mcp_fake",
    );
    assert.ok(called.effect.kind === "tool");
    const { key } = called.effect;
    const { result } = await crew.fact("effect_finished", (fact) => fact.key === key);
    assert.ok(result.kind === "tool" && result.text.text === "hello");
    assert.notEqual(await serversAlive(), 0);
    new Grants(crew.home).revoke(`${crew.pluginFolder}/tracker.ts`);
    for (let alive = 1, looks = 0; alive > 0; alive = await serversAlive()) assert.ok(looks++ < 1_000, "it goes on");
  }, {
    live: true,
    plugins: { "tracker.ts": TRACKER("fake", "", OWN_WAY) },
    config: { roles: { coding: { tools: ["mcp:fake"] } } },
    player: scriptedCoder([{ name: "mcp_fake", arguments: { tool: "echo", arguments: { text: "hello" } } }]),
    learnsMs: 0,
  }));

Deno.test("servers of a plugin come, change and go with it while a run is at work, and a name that is taken is refused", () =>
  withCrew(async (crew) => {
    crew.wish({ kind: "pause" });
    const save = (text: string) => writeFiles(crew.pluginFolder, { "tracker.ts": text });
    const tools = () => Object.keys(crew.run.registry().tools).filter((name) => name.startsWith("mcp_"));
    const facts = (type: string) =>
      crew.facts().filter((fact) => fact.type === type && "plugin" in fact && String(fact.plugin).startsWith("mcp:"));
    await save(TRACKER("fake"));
    await crew.fact("plugin_ready", ({ plugin }) => plugin === "mcp:fake");
    assert.deepEqual(tools(), ["mcp_own", "mcp_fake"]);
    assert.ok(crew.run.registry().roles.tracking?.tools.includes("mcp_fake"));
    const { id } = await permission(crew);
    crew.wish({ kind: "answer", question: id, approved: true, text: "" });
    await crew.fact("plugin_ready", ({ plugin, number }) => plugin === "mcp:fake" && number === 2);
    assert.match(crew.run.registry().tools.mcp_fake!.declaration.describes, /\nkeep: Keeps a text in a file\.\n/);

    await save(TRACKER("fake", " panes: [],"));
    await crew.fact("plugin_ready", ({ plugin, number }) => plugin === "tracker" && number === 2);
    await save(TRACKER("other"));
    await crew.fact("plugin_retired", ({ plugin }) => plugin === "mcp:fake");
    await crew.fact("plugin_ready", ({ plugin }) => plugin === "mcp:other");
    assert.deepEqual(facts("plugin_ready").length, 3, "a save that names the same server changes nothing of it");
    assert.deepEqual(tools(), ["mcp_own", "mcp_other"]);

    await save(TRACKER("own"));
    const { text } = await crew.fact("plugin_refused", ({ plugin }) => plugin === "tracker");
    assert.match(text, /it offers a name that is taken: .*MCP server "mcp:own" is offered by mcp:own/);

    await Deno.remove(`${crew.pluginFolder}/tracker.ts`);
    await crew.fact("plugin_retired", ({ plugin }) => plugin === "mcp:other");
    assert.deepEqual(tools(), ["mcp_own"]);
  }, { live: true, config: { mcp: { own: { url: "http://127.0.0.1:1/mcp" } } } }));

Deno.test("servers of the configuration come and go with its file while a run is at work; one whose name a plugin gave is told with its place", () =>
  withCrew(async (crew) => {
    crew.wish({ kind: "pause" });
    const save = (mcp: object) =>
      writeFiles(`${crew.configFile}/..`, { "config.jsonc": JSON.stringify({ limits: { turns: 500 }, mcp }) });
    const tools = () => Object.keys(crew.run.registry().tools).filter((name) => name.startsWith("mcp_"));
    await save({ own: { command: fakeCommand() } });
    await crew.fact("plugin_ready", ({ plugin }) => plugin === "mcp:own");
    assert.deepEqual(tools().toSorted(), ["mcp_fake", "mcp_own"]);

    await save({ fake: { command: fakeCommand() } });
    const { faults } = await crew.fact("configuration_changed", ({ faults }) => faults.length > 0);
    assert.match(faults[0]!.place, /config\.jsonc:1:\d+$/);
    assert.equal(faults[0]!.text, "mcp.fake is the name of a server of the plugin tracker. Give it another name.");
    assert.deepEqual(tools().toSorted(), ["mcp_fake", "mcp_own"], "what was before stays");

    await save({});
    await crew.fact("plugin_retired", ({ plugin }) => plugin === "mcp:own");
    assert.deepEqual(tools(), ["mcp_fake"]);
  }, { live: true, plugins: { "tracker.ts": TRACKER("fake") } }));
