import assert from "node:assert/strict";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { auditRendering } from "../../src/fleet/audit.ts";
import { detectHost } from "../../src/fleet/detect_host.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { constrainedSchema } from "../../src/mediate/constrained.ts";
import { readReply } from "../../src/mediate/read_reply.ts";
import type { ChatPiece, ChatRequest, ModelHost } from "../../src/ports/model_host.ts";
import { chatRequest, failureOf } from "../fleet/replay.ts";
import { serverOf } from "./addresses.ts";
import { CALLED_TWICE, SERVED_MODELS, UNKNOWN_NAME } from "./scripted_models.ts";

const never = new AbortController().signal;

const tools: readonly ToolDeclaration[] = [{
  name: "read_file",
  describes: "Reads a file of the project.",
  parameters: {
    type: "object",
    properties: {
      path: { type: "string", description: "Path relative to the project.", minLength: 1 },
      start_line: { type: "integer", description: "First line, from 1.", minimum: 1 },
    },
    required: ["path"],
  },
}, {
  name: "run_command",
  describes: "Runs an allowed command.",
  parameters: {
    type: "object",
    properties: { command: { type: "string", enum: ["deno task test", "deno fmt"] } },
    required: ["command"],
  },
}];

/** Gives the client of a model's server to a test and closes it. */
async function withHost(model: string, use: (host: ModelHost) => Promise<void>): Promise<void> {
  const host = openaiHost(serverOf(model).url);
  try {
    await use(host);
  } finally {
    host.close();
  }
}

/** A request to a model; its answer outlasts any test of an endless one. */
function asked(model: string, changes: Partial<ChatRequest> = {}): ChatRequest {
  return chatRequest({ model, bounds: { firstTokenMs: 120_000, idleMs: 60_000, totalMs: 240_000 }, ...changes });
}

/** Begins an endless answer; `begun` resolves with the first piece. */
function begin(host: ModelHost, model: string, signal: AbortSignal) {
  const begun = Promise.withResolvers<ChatPiece>();
  const reply = host.chat(asked(model, { answerLimit: 100_000 }), signal, (piece) => begun.resolve(piece));
  reply.catch((error) => begun.reject(error));
  return { begun: begun.promise, reply };
}

/** What llama.cpp itself says of its first slot. */
async function slotOf(model: string): Promise<{ busy: boolean; written: number }> {
  const [slot] = await (await fetch(`${serverOf(model).url}/slots`)).json();
  return { busy: slot.is_processing, written: slot.next_token?.[0]?.n_decoded ?? 0 };
}

/** Waits until a model's slot is free; gives the tokens it wrote. */
async function freeSlot(model: string): Promise<number> {
  const bound = AbortSignal.timeout(60_000);
  while (true) {
    const { busy, written } = await slotOf(model);
    if (!busy) return written;
    bound.throwIfAborted();
  }
}

Deno.test("the server is known as one of the OpenAI wire, with its window per slot, its slots and its model", async () => {
  for (const plan of SERVED_MODELS) {
    const { url } = serverOf(plan.name);
    assert.equal((await detectHost(url, never)).kind, "openai");
    const host = openaiHost(url);
    const survey = await host.survey(never);
    assert.deepEqual(survey.models.map(({ name }) => name), [plan.name]);
    assert.deepEqual([survey.slots, survey.busySlots], [plan.slots, 0]);
    assert.equal((await host.abilities(plan.name, never)).fixedWindow, plan.window / plan.slots);
    host.close();
  }
});

Deno.test("two calls that the server streams in fragments arrive whole and in order", async () => {
  const { url } = serverOf("calls_twice");
  const streamed = await (await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify({
      messages: [{ role: "user", content: "Please look at src/main.ts." }],
      tools: tools.map(({ name, parameters }) => ({ type: "function", function: { name, parameters } })),
      stream: true,
      max_tokens: 200,
    }),
  })).text();
  const fragments = streamed.split("\n").filter((line) => line.includes('"tool_calls"')).length;
  assert.ok(fragments > CALLED_TWICE.length, `the server sent ${fragments} fragments: too few to join anything`);

  await withHost("calls_twice", async (host) => {
    const reply = await host.chat(asked("calls_twice", { tools }), never);
    assert.deepEqual(reply.calls, CALLED_TWICE);
    assert.deepEqual([reply.text, reply.endedBy, reply.forced], ["", "stop", true]);
  });
});

Deno.test("a name that no tool has is forced to a legal one by the server's grammar, and the call is marked so", async () => {
  await withHost("calls_unknown", async (host) => {
    const reply = await host.chat(asked("calls_unknown", { tools }), never);
    const [call] = reply.calls;
    assert.ok(call !== undefined && tools.some(({ name }) => name === call.name), JSON.stringify(reply));
    assert.equal(reply.forced, true);
    const reading = readReply({ ...reply, delivered: reply.calls, tools, way: "native" });
    assert.deepEqual(reading.calls.map(({ name, forced }) => [name, forced]), [[call.name, true]]);

    const plain = await host.chat(asked("calls_unknown"), never);
    assert.deepEqual([plain.calls, plain.forced, plain.text.includes(UNKNOWN_NAME)], [[], false, true]);
  });
});

Deno.test("a prompt over the window is refused with the window and the exact count of the prompt", async () => {
  await withHost("calls_twice", async (host) => {
    const long = asked("calls_twice", { messages: [{ role: "user", content: "0123456789 ".repeat(200) }] });
    const failure = await failureOf(host.chat(long, never));
    const rendered = await host.render(long, never);
    assert.ok(rendered !== null);
    const counted = await host.count("calls_twice", rendered, never);
    assert.equal(failure.failure, "window_exceeded", failure.message);
    assert.deepEqual(failure.details, { status: 400, promptTokens: counted, window: 1024 });
  });
});

Deno.test("a cancelled stream frees its slot before its answer is written, and the next request is served", async () => {
  await withHost("endless", async (host) => {
    const cancelling = new AbortController();
    const { begun, reply } = begin(host, "endless", cancelling.signal);
    assert.ok(((await begun).text ?? "").length > 0);
    assert.equal((await slotOf("endless")).busy, true);
    assert.equal((await host.survey(never)).busySlots, 1);
    cancelling.abort();
    const failure = await failureOf(reply);
    assert.equal(failure.failure, "cancelled");
    assert.match(failure.details.partial ?? "", /^And/);
    const written = await freeSlot("endless");
    assert.ok(written < 100_000, `the server wrote all ${written} tokens: nothing was cancelled`);
    const next = await host.chat(asked("endless", { answerLimit: 12 }), never);
    assert.deepEqual([next.endedBy, next.answerTokens, next.text.startsWith("And so")], ["length", 12, true]);
  });
});

Deno.test("a server that is killed in mid-stream fails the ask as cut off, keeps the text, and is unreachable then", async () => {
  await withHost("doomed", async (host) => {
    const { begun, reply } = begin(host, "doomed", never);
    await begun;
    Deno.kill(serverOf("doomed").pid, "SIGKILL");
    const failure = await failureOf(reply);
    assert.equal(failure.failure, "cut_off", failure.message);
    assert.match(failure.details.partial ?? "", /^It/);
    assert.equal((await failureOf(host.chat(asked("doomed"), never))).failure, "unreachable");
    assert.equal((await failureOf(host.survey(never))).failure, "unreachable");
  });
});

for (const model of ["calls_twice", "smollm2"]) {
  Deno.test(`a schema holds the reply of ${model}, whatever it would say`, async () => {
    await withHost(model, async (host) => {
      const schema = {
        type: "object",
        properties: { decision: { enum: ["consult_coding_specialist", "change_phase"] } },
        required: ["decision"],
        additionalProperties: false,
      };
      const reply = await host.chat(asked(model, { schema }), never);
      const { decision, ...rest } = JSON.parse(reply.text);
      assert.ok(["consult_coding_specialist", "change_phase"].includes(decision), reply.text);
      assert.deepEqual([rest, reply.endedBy, reply.forced, reply.calls], [{}, "stop", false, []]);
    });
  });
}

Deno.test("a constrained reply of a real model is read as a call of a legal tool", async () => {
  await withHost("smollm2", async (host) => {
    const schema = constrainedSchema(tools, { reasonLimit: 80 });
    const reply = await host.chat(asked("smollm2", { schema, answerLimit: 400 }), never);
    const reading = readReply({ ...reply, delivered: reply.calls, tools, way: "constrained" });
    // A small model may fill a string until its answer ends; then the fault must say so.
    if (reply.endedBy === "length") assert.ok(reading.calls.length === 0 && reading.fault !== null, reply.text);
    else assert.equal(reading.calls.length, 1, `${reply.text}: ${reading.fault}`);
  });
});

Deno.test("the rendered prompt has as many tokens as the server counts for the answer", async () => {
  for (const model of ["calls_twice", "smollm2"]) {
    await withHost(model, async (host) => {
      const request = asked(model, {
        messages: [{ role: "system", content: "You help." }, { role: "user", content: "Größe 3 µm, or not?" }],
        answerLimit: 8,
      });
      const rendered = await host.render(request, never);
      assert.ok(rendered !== null && rendered.includes("Größe 3 µm, or not?"), `${rendered}`);
      const reply = await host.chat(request, never);
      assert.equal(await host.count(model, rendered, never), reply.promptTokens);
    });
  }
});

Deno.test("the tokenizer counts exactly: one token per byte for a scripted model, fewer for a real one", async () => {
  await withHost(
    "calls_twice",
    async (host) => assert.equal(await host.count("calls_twice", "Hello there", never), 11),
  );
  await withHost("smollm2", async (host) => assert.equal(await host.count("smollm2", "Hello there", never), 2));
});

Deno.test("the audit sees the tools where the template shows them, and their lack where it does not", async () => {
  for (const [model, finding] of [["calls_twice", "shown"], ["smollm2", "broken"]] as const) {
    await withHost(model, async (host) => {
      const rendered = await host.render(asked(model, { tools }), never);
      const audit = auditRendering(rendered, tools, null);
      assert.equal(audit.finding, finding, `${audit.reason}\n${rendered}`);
      assert.equal((await host.abilities(model, never)).tools, finding === "shown");
    });
  }
});
