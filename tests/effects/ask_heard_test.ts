import assert from "node:assert/strict";
import { paceOf } from "../../src/rehearsal/pace.ts";
import { startServer } from "../../src/rehearsal/server.ts";
import { due } from "../../src/kernel/due.ts";
import type { Way } from "../../src/kernel/call.ts";
import type { Effect } from "../../src/effects/effect.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { type ChatReply, HostFailure, type ModelAbilities } from "../../src/ports/model_host.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { askHeard, type Heard } from "../../src/effects/ask/ask_heard.ts";
import { after, CONTINUED, settled, started, task } from "../given/given.ts";
import { largeCrew } from "../laws/crew.ts";
import { MemoryBlobs } from "../run/fixtures/memory_blobs.ts";

const MODEL = "m:32b";
const registry = largeCrew();

/** What a model says, as a rehearsal server plays it. */
const CALL = '{"reason":"So.","name":"read_file","arguments":{"path":"src/a.ts"}}';

/** What is asked otherwise than usual. */
interface Otherwise {
  /** What the model thinks first. */
  readonly thinking?: string;
  /** What is so when it is asked. */
  readonly state?: (state: State, ask: AskEffect) => State;
  readonly left?: number;
  /** Says no to a request for so long an answer, as a server does whose window is smaller than it says. */
  readonly longest?: number;
  /** What it says besides. */
  readonly refusing?: ConstructorParameters<typeof HostFailure>[2];
  readonly abilities?: Partial<ModelAbilities>;
}

/** Asks a model of a window of 16,384 about a file, and gives the reply with the estimate that its prompt was sent with. */
async function heard(
  file: string,
  way: Way = "prompted",
  sent: (reply: ChatReply) => ChatReply = (reply) => reply,
  otherwise: Otherwise = {},
): Promise<{
  readonly heard: Heard;
  readonly estimated: number;
  readonly streamed: readonly string[];
  readonly notes: readonly Fact[];
}> {
  const begun = after(
    started(),
    { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    CONTINUED,
  );
  const working = settled(begun, registry);
  const effect = due(working, registry, working.at).effects[0];
  assert.ok(effect?.kind === "prepare");
  const lines = file.split("\n").length - 1;
  const shown = { path: "src/a.ts", text: { text: file, chars: file.length }, lines, from: 1, to: lines };
  const state = after(working, { type: "effect_opened", effect: structuredClone(effect) as Effect }, {
    type: "effect_finished",
    key: effect.key,
    result: { kind: "prepare", files: ["src/a.ts"], texts: [shown], changes: null },
  });
  const ask = due(state, registry, state.at).effects[0];
  assert.ok(ask?.kind === "ask");
  const server = await startServer({
    name: "one",
    memoryBytes: 64e9,
    models: [{
      name: MODEL,
      template: "hermes-json",
      bytes: 20e9,
      digest: "a".repeat(64),
      family: "llama",
      parameterSize: "32B",
      trainedWindow: 32_768,
      thinks: otherwise.thinking !== undefined,
      say: () => ({ text: CALL, thinking: otherwise.thinking }),
    }],
    pace: paceOf(1, 1, 0),
  });
  const host = ollamaHost(server.url);
  const chat = host.chat.bind(host);
  host.chat = async (...given) => {
    if (given[0].answerLimit <= (otherwise.longest ?? Infinity)) return sent(await chat(...given));
    throw new HostFailure(
      "window_exceeded",
      "The prompt and the answer do not fit into the context.",
      otherwise.refusing,
    );
  };
  const signal = new AbortController().signal;
  const notes: Fact[] = [];
  const streamed: string[] = [];
  try {
    const reply = await askHeard(
      ask,
      otherwise.state?.(state, ask) ?? state,
      {
        host,
        hostName: "one",
        hostVersion: "1",
        model: MODEL,
        digest: "a".repeat(64),
        window: 16_384,
        reason: "",
        abilities: { ...await host.abilities(MODEL, signal), ...otherwise.abilities },
      },
      { way, from: "config", why: "wanted" },
      { without: null, inJson: false, why: "wanted" },
      {
        blobs: new MemoryBlobs(),
        registry,
        left: () => otherwise.left ?? Infinity,
        ways: {},
        refusing: new Map(),
        probing: new Map(),
        memory: null,
        note: (fact) => void notes.push(fact),
        show: () => {},
        restart: () => {},
        stream: (_key, piece) => void streamed.push(piece.text ?? ""),
        now: () => 0,
      },
      signal,
    );
    const placed = notes.find((fact) => fact.type === "ask_placed");
    assert.ok(placed?.type === "ask_placed");
    return { heard: reply, estimated: placed.estimated, streamed, notes };
  } finally {
    host.close();
    await server.close();
  }
}

const WORDS = "The sum of all parts is what the whole comes to.\n";

Deno.test("the tokens of a prompt far from its window are estimated by its characters", async () => {
  const { heard: { measure, prompt }, estimated } = await heard(WORDS.repeat(40));
  assert.deepEqual([measure, prompt.estimate], ["characters", estimated]);
});

Deno.test("the tokens of a prompt that holds a table of numbers are counted, however short it is", async () => {
  const { heard: { measure, prompt }, estimated } = await heard("3.14159, 27.1828, 1.41421, 17.3205\n".repeat(60));
  assert.deepEqual([measure, prompt.estimate], ["tokens", estimated]);
});

Deno.test("the tokens of a prompt that is near its window are counted before it is sent", async () => {
  const { heard: { measure, prompt }, estimated } = await heard(WORDS.repeat(540));
  assert.ok(prompt.leftOut.length === 0 && estimated > 6_000 && estimated < 15_000, String(estimated));
  assert.deepEqual([measure, prompt.estimate], ["tokens", estimated]);
});

Deno.test("a constrained reply streams in pieces that can be read as they are", async () => {
  const { streamed } = await heard(WORDS, "constrained");
  assert.ok(streamed.length > 2, "it comes in pieces");
  assert.equal(streamed.join(""), "So.\n→ read_file");
});

Deno.test("runs of blanks and signs that only a stuck model writes are cut before anybody reads a reply", async () => {
  const long = `Well${" \n".repeat(600)}so${"~".repeat(600)}`;
  const cut = `Well${" \n".repeat(250)}so${"~".repeat(500)}`;
  const calls = (text: string) => [{ name: "read_file", arguments: { path: text, more: [{ text }] } }];
  const { heard: { reply } } = await heard(
    WORDS,
    "prompted",
    (reply) => ({ ...reply, text: long, thinking: long, calls: calls(long) }),
  );
  assert.deepEqual([reply.text, reply.thinking, reply.calls], [cut, cut, calls(cut)]);
});

/** The state of an ask whose turn had replies without a call in a row. */
const faulty = (state: State, { turn }: AskEffect): State => {
  const open = state.turns.open[turn!]!;
  return { ...state, turns: { ...state.turns, open: { ...state.turns.open, [turn!]: { ...open, faults: 1 } } } };
};

Deno.test("what a model thinks has room beside its answer, and none of the budget of others", async () => {
  const thinking = Array.from({ length: 2_000 }, (_, number) => `${number}`.padStart(4, " ")).join("");
  const reply = async (otherwise: Otherwise) =>
    (await heard(WORDS, "constrained", undefined, { thinking, ...otherwise })).heard.reply;
  const { text, endedBy } = await reply({});
  assert.deepEqual([text, endedBy], [CALL, "stop"]);
  const poor = await reply({ left: 100 });
  assert.deepEqual([poor.text, poor.endedBy], ["", "length"]);
});

Deno.test("after a reply without a call a model is asked for one without thinking", async () => {
  const thinking = "Well. ".repeat(40);
  const { heard: { reply } } = await heard(WORDS, "constrained", undefined, { thinking, state: faulty });
  assert.deepEqual([reply.thinking, reply.text], ["", CALL]);
  assert.equal((await heard(WORDS, "constrained", undefined, { thinking })).heard.reply.thinking, thinking);
});

Deno.test("a model whose host does not say that it thinks has room for it once it was seen to", async () => {
  const thinking = Array.from({ length: 2_000 }, (_, number) => `${number}`.padStart(4, " ")).join("");
  const abilities = { thinking: false };
  const asked = async (state?: Otherwise["state"]) =>
    (await heard(WORDS, "constrained", undefined, { thinking, abilities, state })).heard.reply.text;
  assert.equal(await asked(), "");
  const seen = (state: State) => ({ ...state, models: { [MODEL]: { ratios: {}, hosts: { one: { thinks: true } } } } });
  assert.equal(await asked(seen), CALL);
});

Deno.test("a server that has no room for thinking beside the prompt is asked without it, as it was before", async () => {
  const { heard: { reply } } = await heard(WORDS, "constrained", undefined, { thinking: "Well. ", longest: 1_200 });
  assert.equal(reply.text, CALL);
});

Deno.test("what a model was found to hold is not less for the room that its thinking had", async () => {
  const refusing = { promptTokens: 1_000, window: 8_192 };
  const { notes } = await heard(WORDS, "constrained", undefined, { thinking: "Well. ", longest: 1_200, refusing });
  const doubt = notes.find((fact) => fact.type === "prompt_doubted");
  assert.equal(doubt?.type === "prompt_doubted" && doubt.holds, 8_192 - 1_200 - 96);
});

Deno.test("an ask without thinking has room for it only where the model was seen to think all the same", async () => {
  const room = async (found: { readonly thinks?: true; readonly thinksUnasked?: true }) => {
    const seen = (state: State, ask: AskEffect): State => ({
      ...faulty(state, ask),
      models: { [MODEL]: { ratios: {}, hosts: { one: found } } },
    });
    const { notes } = await heard(WORDS, "constrained", undefined, { thinking: "Well. ", state: seen });
    const placed = notes.find((fact) => fact.type === "ask_placed");
    return placed?.type === "ask_placed" ? placed.thinking : null;
  };
  assert.equal(await room({ thinks: true }), undefined);
  assert.equal(await room({ thinks: true, thinksUnasked: true }), 4_096);
});
