import type { Placed } from "../../src/effects/ask/models.ts";
import { EMPTY } from "../../src/features/features.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import assert from "node:assert/strict";
import { paceOf } from "../../src/rehearsal/pace.ts";
import type { Player } from "../../src/rehearsal/play.ts";
import { startServer } from "../../src/rehearsal/server.ts";
import type { Way } from "../../src/kernel/call.ts";
import type { Fact } from "../../src/features/fact.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import type { ChatRequest } from "../../src/ports/model_host.ts";
import { openMemory } from "../../src/run/memory.ts";
import { wayOfAsk, type WayPorts } from "../../src/effects/ask/way_of_ask.ts";
import { crew } from "../laws/crew.ts";

const ASK: AskEffect = {
  kind: "ask",
  key: "t1.ask1",
  role: "coding",
  turn: "t1",
  purpose: "work",
  legal: ["read_file"],
  temperature: 0,
  seed: 1,
  answerLimit: 100,
  reserved: 100,
};

const callsUnderSchema: Player = ({ format, messages }) =>
  format === null
    ? "I would do it."
    : messages.some(({ content }) => content.includes("duration"))
    ? '{"reason":"So.","name":"read_file","arguments":{"path":"src/duration.js"}}'
    : '{"reason":"So.","name":"change_phase","arguments":{"phase":"coding","reason":"Planned."}}';

/** A model that nobody knows on a server, which calls well under a schema only; and a program with a memory. */
async function withModel(
  name: string,
  test: (placed: Placed, ports: WayPorts & { readonly notes: Fact[]; readonly shown: string[] }) => Promise<void>,
  ways: Readonly<Record<string, Way>> = {},
  say: Player = callsUnderSchema,
) {
  const server = await startServer({
    name: "one",
    memoryBytes: 8e9,
    models: [{
      name,
      template: "hermes-json",
      bytes: 1e9,
      digest: "a".repeat(64),
      family: "llama",
      parameterSize: "1B",
      trainedWindow: 8192,
      say,
    }],
    pace: paceOf(1, 1, 0),
  });
  const host = ollamaHost(server.url);
  const memory = openMemory(":memory:");
  const notes: Fact[] = [];
  const shown: string[] = [];
  const ports = {
    ways,
    refusing: new Map(),
    probing: new Map(),
    memory,
    left: () => Infinity,
    registry: crew(),
    notes,
    shown,
    note: (fact: Fact) => void notes.push(fact),
    show: (status: string) => void shown.push(status),
    now: () => 0,
  };
  try {
    const abilities = await host.abilities(name, new AbortController().signal);
    const placed = {
      host,
      hostName: "one",
      hostVersion: "1",
      model: name,
      digest: "a".repeat(64),
      window: 4096,
      reason: "",
      abilities,
    };
    await test(placed, ports);
  } finally {
    memory.close();
    host.close();
    await server.close();
  }
}

const shownWhole = () => Promise.resolve({ finding: "shown", reason: "" } as const);
const never = new AbortController().signal;
const choose = (placed: Placed, ports: WayPorts, ask = ASK, signal = never) =>
  wayOfAsk(ask, EMPTY, placed, ports, shownWhole, signal);

Deno.test("a model that nobody knows is probed once, visibly, however many asks wait for it, and then called as it calls best", () =>
  withModel("unknown:1b", async (placed, ports) => {
    const chosen = await Promise.all([choose(placed, ports), choose(placed, ports, { ...ASK, key: "t2.ask1" })]);
    assert.deepEqual(chosen.map(({ way }) => way), ["constrained", "constrained"]);
    const probes = ports.notes.filter(({ type }) => type === "model_probed");
    assert.equal(probes.length, 1);
    assert.ok(ports.shown.some((status) => status === "probing how it calls: work constrained"));
    assert.ok(ports.shown.some((status) => status === "waiting until it is known how it calls"));
    assert.notEqual(ports.memory?.record("a".repeat(64))?.probedAt, null);
    await choose(placed, ports);
    assert.equal(ports.notes.length, 1, "what is remembered is not probed again");
  }));

Deno.test("a model that thinks longer than a probe has room is not probed again, and nothing is held against it", () => {
  const thinks: Player = () => `<think>${"Well. ".repeat(500)}`;
  const test = async (placed: Placed, ports: WayPorts & { readonly notes: Fact[] }) => {
    // A host that holds no reply to a schema.
    const free = Object.assign(Object.create(placed.host), {
      chat: ({ schema: _not, ...request }: ChatRequest, signal: AbortSignal) => placed.host.chat(request, signal),
    });
    for (let times = 0; times < 2; times++) await choose({ ...placed, host: free }, ports);
    assert.deepEqual(ports.notes.map((fact) => fact.type === "model_probed" && fact.tried), [[
      "it thinks for more than 120 tokens",
    ]]);
    assert.deepEqual(ports.memory?.record("a".repeat(64))?.ways, {});
  };
  return withModel("unknown:1b", test, {}, thinks);
});

Deno.test("an unknown model is not probed on a budget that could not pay for it, nor beside probes that use it up", () =>
  withModel("unknown:1b", async (placed, ports) => {
    const left = { ...ports, left: () => 5_000 };
    const { way } = await choose(placed, { ...left, left: () => 900 });
    assert.equal(way, "constrained");
    left.probing.set("of another model", Promise.resolve());
    await choose(placed, left);
    assert.equal(ports.notes.length, 0);
    left.probing.delete("of another model");
    await choose(placed, left);
    assert.equal(ports.notes.length, 1);
    const [probed] = ports.notes;
    assert.ok(probed?.type === "model_probed" && probed.tokens > 0 && probed.tokens <= 4_000);
  }));

Deno.test("another digest of the same name is another model: it is probed anew", () =>
  withModel("unknown:1b", async (placed, ports) => {
    await choose(placed, ports);
    await choose({ ...placed, digest: "b".repeat(64) }, ports);
    assert.deepEqual(ports.notes.map((fact) => fact.type === "model_probed" ? fact.digest[0] : fact.type), ["a", "b"]);
  }));

Deno.test("a model of a known family starts at once in its way, and so does one whose way is configured", async () => {
  await withModel("qwen2.5-coder:1.5b", async (placed, ports) => {
    const { way, from } = await choose(placed, ports);
    assert.deepEqual([way, from, ports.notes, ports.shown], ["constrained", "family", [], []]);
  });
  await withModel("unknown:1b", async (placed, ports) => {
    const { way, from } = await choose(placed, ports);
    assert.deepEqual([way, from, ports.notes], ["prompted", "config", []]);
  }, { coding: "prompted" });
});

Deno.test("a probe ends with the ask that began it", () =>
  withModel("unknown:1b", async (placed, ports) => {
    const signal = AbortSignal.abort("interrupted");
    await assert.rejects(choose(placed, ports, ASK, signal), (error) => error === "interrupted");
    assert.equal(ports.probing.size, 0);
    assert.deepEqual(ports.notes, []);
  }));

Deno.test("where plain text is wanted and no call nothing is probed and nothing audited, whatever is configured", async () => {
  await withModel("unknown:1b", async (placed, ports) => {
    const ask: AskEffect = { ...ASK, purpose: "summarise", legal: [] };
    const audit = () => assert.fail("the model was audited");
    const { way } = await wayOfAsk(ask, EMPTY, placed, ports, audit, never);
    assert.deepEqual([way, ports.notes, ports.shown], ["prompted", [], []]);
  }, { coding: "native" });
});
