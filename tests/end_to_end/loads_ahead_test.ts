import assert from "node:assert/strict";
import { withCrew } from "./fixtures/crew_run.ts";

Deno.test("while one host is asked, an idle one loads what comes next, and its first ask finds it there with the same window", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const facts = crew.facts();
    const begun = facts.flatMap((fact) => fact.type === "load_begun" ? [fact] : []);
    assert.deepEqual(begun.map(({ host, model }) => `${model}@${host}`), ["qwen2.5-coder:32b@strong"]);
    const [load] = begun;
    assert.match(load!.reason, /^\w+ comes next, no host has its model loaded, and strong is idle/);
    const ended = facts.find((fact) => fact.type === "load_ended");
    assert.ok(ended?.type === "load_ended" && ended.failure === null);
    const asked = facts.find((fact) => fact.type === "ask_placed" && fact.model === load!.model);
    assert.ok(asked?.type === "ask_placed" && asked.seq > load!.seq);
    assert.deepEqual([asked.host, asked.loads, asked.window], ["strong", false, load!.window]);
    assert.equal(crew.run.state().ledger.hosts.strong?.[load!.model]?.unplanned, 0);
  }, { models: { coding: ["qwen2.5-coder:32b"], reasoning: ["qwen2.5-coder:32b"], analysis: ["qwen2.5-coder:32b"] } }));

Deno.test("a load ahead that fails is told and hurts nobody: the ask loads by itself", () =>
  withCrew(async (crew) => {
    const ended = await crew.fact("load_ended");
    assert.match(ended.failure ?? "", /500|busy|load/i);
    assert.equal((await crew.end())?.kind, "accepted");
    assert.equal(crew.facts().filter(({ type }) => type === "load_begun").length, 1, "it is not tried again");
  }, {
    models: { coding: ["qwen2.5-coder:32b"], reasoning: ["qwen2.5-coder:32b"], analysis: ["qwen2.5-coder:32b"] },
    faults: {
      strong: [{ kind: "status", code: 500, text: "llama runner process has terminated", requests: 1 }],
    },
  }));

Deno.test("a load ahead that is at work when the run ends is called off, and the ending stays the last fact", () =>
  withCrew(async (crew) => {
    await crew.fact("load_begun");
    await crew.end();
    const types = crew.facts().map(({ type }) => type);
    assert.ok(types.includes("load_begun"));
    assert.equal(types.at(-1), "run_ended");
  }, {
    begun: { limits: { tokens: null, turns: 1, wallMs: null } },
    models: { coding: ["qwen2.5-coder:32b"], reasoning: ["qwen2.5-coder:32b"], analysis: ["qwen2.5-coder:32b"] },
    faults: { strong: [{ kind: "slow_load", ms: 30_000, requests: 9 }] },
  }));
