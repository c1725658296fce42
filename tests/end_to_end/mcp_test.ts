import { copyPlainSample } from "../rehearsal/plain_sample.ts";
import assert from "node:assert/strict";
import { HANGING_MS } from "../fakes/hanging.ts";
import { fakeCommand } from "../mcp/fixtures/fake_server.ts";
import { type CrewRun, type CrewStart, withCrew } from "./fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder } from "./fixtures/scripted_coder.ts";

/** A configuration in which the coding specialist has the tools of the fake server. */
const config = (more: object = {}) => ({
  mcp: { fake: { command: fakeCommand(), ...more } },
  roles: { coding: { tools: ["mcp:fake"] } },
});

const calls = (tool: string, args: Record<string, unknown>): ScriptedCall => ({
  name: "mcp_fake",
  arguments: { tool, arguments: args },
});

/** Calls of the server so far, each with how it ended and what the model was told. */
function ends(crew: CrewRun): readonly (readonly [how: string, text: string])[] {
  const opened = new Set(
    crew.facts().flatMap((fact) =>
      fact.type === "effect_opened" && "call" in fact.effect && fact.effect.call.name === "mcp_fake"
        ? [fact.effect.key]
        : []
    ),
  );
  return crew.facts().flatMap((fact): [string, string][] => {
    if (!("key" in fact) || !opened.has(fact.key)) return [];
    if (fact.type === "effect_finished" && fact.result.kind === "tool") return [["finished", fact.result.text.text]];
    if (fact.type === "effect_failed") return [["failed", fact.text]];
    return fact.type === "effect_refused" ? [["refused", fact.reason]] : [];
  });
}

/** Lets a scripted coding specialist work to the end of the run. */
const whole = (script: readonly ScriptedCall[], start: CrewStart, test: (crew: CrewRun) => Promise<void>) =>
  withCrew(test, { sample: copyPlainSample, player: scriptedCoder(script), learnsMs: HANGING_MS, ...start });

Deno.test("a specialist calls the tools of a server: what reads at once, what does not once a person has seen it", () =>
  whole(
    [
      calls("echo", { text: "hello" }),
      calls("keep", { file: "kept.txt" }),
      calls("keep", { file: "kept.txt", text: "so" }),
      calls("much", { megabytes: 1 }),
    ],
    { config: config() },
    async (crew) => {
      const asked = await crew.fact("question_asked", ({ kind }) => kind === "call");
      assert.equal(asked.text, "May coding call mcp_fake: keep");
      assert.match(asked.shows?.text ?? "", /^tool: keep\narguments:\n[^]*"file": "kept\.txt"/);
      const [echoed, unfit] = ends(crew);
      assert.deepEqual(echoed, ["finished", "hello"]);
      assert.match(unfit!.join(" "), /^failed .*text.* is missing.*The arguments of keep: \{"type":"object"/);
      await assert.rejects(Deno.stat(`${crew.project}/kept.txt`), Deno.errors.NotFound);
      crew.wish({ kind: "answer", question: asked.id, approved: true, text: "" });
      await crew.state(() => ends(crew).length === 4);
      assert.equal(await Deno.readTextFile(`${crew.project}/kept.txt`), "so");
      assert.deepEqual(ends(crew)[2], ["finished", "kept"]);
      const much = await crew.fact(
        "effect_finished",
        ({ result }) => result.kind === "tool" && result.text.text.startsWith("aaa"),
      );
      assert.ok(much.result.kind === "tool" && much.result.text.chars <= 16_000, "what is too much for a model is cut");
      const prompts = crew.facts().flatMap((fact) =>
        fact.type === "effect_finished" && fact.result.kind === "ask" ? [crew.prompt(fact.key)] : []
      ).filter((prompt) => prompt.includes("keep: Keeps a text in a file."));
      const schemas = prompts.map((prompt) => prompt.includes("The arguments of keep"));
      assert.deepEqual([schemas[0], schemas.at(-1)], [false, true], "a schema is told where it is needed");
    },
  ));

Deno.test("where nobody is at the keyboard what does not only read is refused, unless it is free by the configuration", async () => {
  const script = [calls("keep", { file: "kept.txt", text: "so" }), calls("echo", { text: "on" })];
  const begun = { headless: true };
  await whole(script, { config: config(), begun }, async (crew) => {
    await crew.state(() => ends(crew).length === 1);
    assert.deepEqual(ends(crew), [["finished", "on"]]);
    await assert.rejects(Deno.stat(`${crew.project}/kept.txt`), Deno.errors.NotFound);
  });
  await whole(script, { config: config({ free: ["keep"] }), begun }, async (crew) => {
    await crew.state(() => ends(crew).length === 2);
    assert.deepEqual(ends(crew), [["finished", "kept"], ["finished", "on"]]);
  });
});

Deno.test("a server that is not known at the start of a run is found out while it is at work, and is offered with its tools from then on", () =>
  whole(
    [calls("echo", {}), calls("echo", { text: "on" })],
    { config: config(), learnsMs: undefined, live: true },
    async (crew) => {
      await crew.state(() => ends(crew).length === 2);
      const [unfit, echoed] = ends(crew);
      assert.match(unfit!.join(" "), /^failed .*The arguments of echo: /);
      assert.deepEqual(echoed, ["finished", "on"]);
      const ready = await crew.fact("plugin_ready", ({ plugin }) => plugin === "mcp:fake");
      assert.deepEqual([ready.tools, ready.origin], [["mcp_fake"], "user"]);
      const { declaration } = crew.run.registry().tools.mcp_fake!;
      assert.match(declaration.describes, /\nkeep: Keeps a text in a file\.\n/);
    },
  ));

Deno.test("a server that does not start costs its calls and never the run", () =>
  whole(
    [calls("echo", { text: "hello" })],
    { config: config({ command: fakeCommand("dies") }), live: true },
    async (crew) => {
      const refused = await crew.fact("plugin_refused");
      assert.deepEqual([refused.path, refused.place], ["mcp:fake", "mcp:fake"]);
      assert.match(refused.text, /The MCP server fake does not start: .*no luck today \(exit code 3\)/);
      const asked = await crew.fact("question_asked", ({ kind }) => kind === "call");
      crew.wish({ kind: "answer", question: asked.id, approved: true, text: "" });
      await crew.state(() => ends(crew).length === 1);
      assert.match(ends(crew)[0]!.join(" "), /^failed The MCP server fake does not start: /);
      assert.equal((await crew.end())?.kind !== "failed", true);
    },
  ));
