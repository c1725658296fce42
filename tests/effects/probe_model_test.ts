import assert from "node:assert/strict";
import type { Player, RehearsalModel } from "../../src/rehearsal/play.ts";
import { startServer } from "../../src/rehearsal/server.ts";
import { paceOf } from "../../src/rehearsal/pace.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { probeModel, sayTrials } from "../../src/effects/ask/probe_model.ts";
import { EDIT_FILE, isWantedEdit } from "../../src/fleet/probe_cases.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import type { Fault } from "../../src/rehearsal/faults.ts";

const WORK = { name: "read_file", arguments: { path: "src/duration.js" } };
const DECISION = { name: "change_phase", arguments: { phase: "coding", reason: "The plan is made." } };

/** Writes the wanted call as the request wants it; where nothing holds the reply, as `free` says. */
function calls(free: (call: typeof WORK | typeof DECISION) => string): Player {
  return ({ format, messages }) => {
    const call = messages.some(({ content }) => content.includes("duration")) ? WORK : DECISION;
    return format === null ? free(call) : JSON.stringify({ reason: "So.", ...call });
  };
}

async function probed(
  say: Player,
  some: {
    readonly ways?: Parameters<typeof probeModel>[1];
    readonly whole?: boolean;
    readonly faults?: Fault[];
    now?: () => number;
  } = {},
) {
  const model: RehearsalModel = {
    name: "unknown:1b",
    template: "hermes-json",
    bytes: 1e9,
    digest: "a".repeat(64),
    family: "llama",
    parameterSize: "1B",
    trainedWindow: 8192,
    say,
  };
  const asked: Player = (request) => {
    requests += 1;
    return say(request);
  };
  let requests = 0;
  const server = await startServer({
    name: "one",
    memoryBytes: 8e9,
    models: [{ ...model, say: asked }],
    pace: paceOf(1, 1, 0),
    faults: some.faults,
  });
  const host = ollamaHost(server.url);
  try {
    const signal = new AbortController().signal;
    const abilities = await host.abilities(model.name, signal);
    const result = await probeModel(
      { host, model: model.name, digest: model.digest, window: 4096, abilities },
      some.ways ?? ["constrained", "prompted", "native"],
      { whole: some.whole, now: some.now ?? (() => 0) },
      signal,
    );
    return { ...result, tried: sayTrials(result.trials), requests };
  } finally {
    host.close();
    await server.close();
  }
}

const tagged = (call: unknown) => `<tool_call>\n${JSON.stringify(call)}\n</tool_call>`;

Deno.test("a model that calls well in the first way is asked two short questions and no more", async () => {
  const { tried, requests, tokens, ended } = await probed(calls(tagged));
  assert.deepEqual(tried, ["decision constrained: right", "work constrained: right"]);
  assert.deepEqual([requests, ended], [2, null]);
  assert.ok(tokens > 100 && tokens < 1500, `${tokens} tokens`);
});

Deno.test("each way is tried until one gives both calls, and what had to be mended is told apart", async () => {
  const broken = calls((call) => JSON.stringify(call).replaceAll('"', "'"));
  const { tried, requests } = await probed(broken, { ways: ["prompted", "native", "constrained"] });
  assert.deepEqual(tried, [
    "decision prompted: repaired",
    "work prompted: repaired",
    "decision native: repaired",
    "work native: repaired",
    "decision constrained: right",
    "work constrained: right",
  ]);
  assert.equal(requests, 6);
});

Deno.test("prose is no call, and neither is a call of another tool", async () => {
  const { tried } = await probed(calls(() => "I would read the file."), { ways: ["prompted"] });
  assert.deepEqual(tried, ["decision prompted: failed", "work prompted: failed"]);
  const other = await probed(calls(() => tagged({ name: "search_code", arguments: { pattern: "x" } })), {
    ways: ["prompted"],
  });
  assert.deepEqual(other.tried, ["decision prompted: failed", "work prompted: failed"]);
});

Deno.test("a person who asks has every way tried, and a small edit in each form", async () => {
  const { requests, tried } = await probed(calls(tagged), { whole: true });
  assert.equal(requests, 10);
  assert.deepEqual(tried.slice(6), [
    "whole text: failed",
    "replace text: failed",
    "whole json: failed",
    "replace json: failed",
  ]);
  const honest = understudies()["qwen2.5:14b"]!;
  const edits = (await probed(honest, { whole: true })).tried.slice(6);
  assert.deepEqual(edits, ["whole text: right", "replace text: right", "whole json: right", "replace json: right"]);
});

for (
  const [form, written, wanted] of [
    ["whole text", EDIT_FILE.wanted, true],
    ["whole text", EDIT_FILE.text, false],
    ["whole text", `${EDIT_FILE.wanted}// more\n`, false],
    ["replace text", '  return "Goodbye, " + name;\n', true],
    ["replace text", EDIT_FILE.wanted, false],
    ["whole json", { path: "greet.js", content: EDIT_FILE.wanted }, true],
    ["replace json", { old_text: "Hello", new_text: "Goodbye" }, true],
    ["replace json", { old_text: "", new_text: EDIT_FILE.wanted }, false],
    ["replace json", { old_text: "Hallo", new_text: "Goodbye" }, false],
  ] as const
) {
  Deno.test(`${JSON.stringify(written)} ${wanted ? "is" : "is not"} the edit that was wanted as ${form}`, () => {
    assert.equal(isWantedEdit(form, written), wanted);
  });
}

Deno.test("a model that is still thinking when its answer has to end has shown nothing of how it calls", async () => {
  const thought = `<think>\n${"I wonder what is wanted here. ".repeat(200)}`;
  const { tried, ended, requests, tokens } = await probed(() => thought, { ways: ["prompted", "native"] });
  assert.deepEqual([tried, ended, requests], [[], "it thinks for more than 120 tokens", 1]);
  assert.ok(tokens > 120, `${tokens} tokens`);
  const short = await probed(() => "<think>\nHm.\n</think>\nI would read it.", { ways: ["prompted"] });
  assert.deepEqual(short.tried, ["decision prompted: failed", "work prompted: failed"]);
});

Deno.test("a probe ends when its host fails, and after 20 seconds of answers", async () => {
  const busy = await probed(calls(tagged), { faults: [{ kind: "busy", requests: Infinity }] });
  assert.deepEqual(busy.tried, []);
  assert.match(busy.ended ?? "", /busy/);
  let now = 0;
  const slow = await probed(calls(() => "Hm."), { ways: ["prompted", "native"], now: () => now += 15_000 });
  assert.equal(slow.ended, "it answers slowly");
  assert.ok(slow.requests < 4);
});
