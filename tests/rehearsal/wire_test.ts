import assert from "node:assert/strict";
import { type RehearsalServer, startServer } from "../../src/rehearsal/server.ts";
import { recordedModels, type Recording, RECORDINGS } from "./recordings.ts";

const BUILT_IN = "the model has a built-in parser that no rehearsal model has";
const NATIVE = "the model runs in native mode, where llama.cpp renders and parses";
const OPENAI = "the OpenAI paths are not served";

/** Recordings that the rehearsal servers do not answer alike, and why. */
const EXCLUDED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/native/, NATIVE],
  [/qwen3|gptoss/, BUILT_IN],
  [/^openai-/, OPENAI],
  [/^generate-raw$/, "/api/generate is not served"],
  [/^chat-logprobs$/, "log probabilities are not played"],
];

/** Recordings with a test of their own: their answers depend on what came before, or on tokens of the recorded network. */
const APART = /^(tags|ps-.*|format-.*|reload-.*|keep-for-ever|unload)$/;

const YEAR_MS = 365.25 * 86_400_000;

const excluded = (name: string) => EXCLUDED.find(([pattern]) => pattern.test(name));

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** What of an answer must agree: everything but ids, times, counts and the borders of pieces. */
interface Substance {
  readonly status: number;
  readonly type: string | null;
  /** Keys of the last object and of all messages. */
  readonly keys: readonly string[];
  readonly messageKeys: readonly string[];
  readonly content: string;
  readonly thinking: string;
  readonly calls: readonly unknown[];
  /** Everything else that is neither id, nor time, nor count. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** Tokens of prompt and answer: one per byte with the recorded models, so that they agree too. */
  readonly counts: readonly unknown[];
}

async function send({ request }: Recording, server: RehearsalServer): Promise<Answer> {
  const response = await fetch(`${server.url}${request.path}`, {
    method: request.method,
    body: request.raw_body ?? (request.body === undefined ? undefined : JSON.stringify(request.body)),
  });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

function recorded({ response }: Recording): Answer {
  const text = response.lines.map(([, line]) => line.endsWith("\n") ? line : `${line}\n`).join("");
  return { status: response.status, type: response.headers["content-type"] ?? null, text: text.trimEnd() };
}

function substance(answer: Answer): Substance {
  const lines = answer.text.trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  const messages = lines.map((line) => (line.message ?? {}) as Record<string, unknown>);
  const last = lines.at(-1) ?? {};
  const rest = Object.entries(last).filter(([key]) => !/_duration$|_count$|^created_at$|^message$/.test(key));
  return {
    status: answer.status,
    type: answer.type,
    keys: Object.keys(last).sort(),
    messageKeys: [...new Set(messages.flatMap(Object.keys))].sort(),
    content: messages.map((message) => message.content ?? "").join(""),
    thinking: messages.map((message) => message.thinking ?? "").join(""),
    calls: messages.flatMap((message) => (message.tool_calls ?? []) as { function: unknown }[])
      .map((call) => call.function),
    rest: Object.fromEntries(rest),
    counts: [last.prompt_eval_count, last.eval_count],
  };
}

function withServer(test: (server: RehearsalServer) => Promise<void>, loadMs = 0): () => Promise<void> {
  return async () => {
    const server = await startServer({
      name: "recorded",
      memoryBytes: 1_000_000,
      models: recordedModels(),
      pace: { tokenMs: 0, promptTokenMs: 0, loadMs: () => loadMs },
    });
    try {
      await test(server);
    } finally {
      await server.close();
    }
  };
}

function recording(name: string): Recording {
  const found = RECORDINGS.get(name);
  assert.ok(found, `the recording ${name} is missing`);
  return found;
}

Deno.test("every recording is either replayed or left out for a reason", () => {
  assert.ok(RECORDINGS.size > 140);
  for (const [pattern] of EXCLUDED) {
    assert.ok([...RECORDINGS.keys()].some((name) => pattern.test(name)), String(pattern));
  }
  const replayed = [...RECORDINGS.keys()].filter((name) => !excluded(name));
  assert.ok(replayed.length >= 90, `only ${replayed.length} are replayed`);
});

for (const [name, each] of RECORDINGS) {
  if (excluded(name) || APART.test(name)) continue;
  Deno.test(
    `the rehearsal server answers ${name} as recorded (${each.about})`,
    withServer(async (server) => {
      const [found, wanted] = [await send(each, server), recorded(each)];
      if (!wanted.text.startsWith("{")) return assert.deepEqual(found, wanted);
      if (each.request.path === "/api/show" && wanted.status === 200) return sameCard(found, wanted);
      // One recorded network cuts characters in several tokens: its count of the answer is its own.
      const counts = name === "chat-utf8" ? { counts: [] } : {};
      assert.deepEqual({ ...substance(found), ...counts }, { ...substance(wanted), ...counts });
    }),
  );
}

function sameCard(found: Answer, wanted: Answer): void {
  const [ours, theirs] = [found, wanted].map(({ text }) => JSON.parse(text) as Record<string, Record<string, unknown>>);
  assert.ok(ours && theirs);
  assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
  assert.deepEqual(Object.keys(ours.details ?? {}), Object.keys(theirs.details ?? {}));
  for (const key of ["template", "parameters", "capabilities"]) assert.deepEqual(ours[key], theirs[key]);
  for (const key of ["general.architecture", "qwen2.context_length"]) {
    assert.deepEqual(ours.model_info?.[key], theirs.model_info?.[key]);
  }
  const withoutBlob = (card: Record<string, unknown>) => String(card.modelfile).replace(/sha256-\w+/, "");
  assert.equal(withoutBlob(ours), withoutBlob(theirs));
}

Deno.test(
  "tags lists every model with the recorded fields and abilities",
  withServer(async (server) => {
    const [found, wanted] = [await send(recording("tags"), server), recorded(recording("tags"))];
    assert.equal(found.type, wanted.type);
    type Listed = { name: string; details: object; capabilities: string[] };
    const [ours, theirs] = [found, wanted].map(({ text }) => (JSON.parse(text) as { models: Listed[] }).models);
    for (const model of ours ?? []) {
      if (excluded(model.name)) continue;
      const listed = theirs?.find((each) => each.name === model.name);
      if (listed === undefined) continue;
      assert.deepEqual(Object.keys(model), Object.keys(listed));
      assert.deepEqual(Object.keys(model.details), Object.keys(listed.details));
      assert.deepEqual(model.capabilities, listed.capabilities);
    }
    assert.ok(ours?.some((model) => model.name === "says-hello:latest"));
  }),
);

Deno.test(
  "ps lists what is loaded with the recorded fields, a model kept for ever first",
  withServer(async (server) => {
    assert.deepEqual(JSON.parse((await send(recording("ps-empty"), server)).text), { models: [] });
    await send(recording("tools-calls-once"), server);
    await send(recording("keep-for-ever"), server);
    const wanted = recorded(recording("ps-for-ever"));
    const found = await send(recording("ps-for-ever"), server);
    assert.equal(found.type, wanted.type);
    type Loaded = { name: string; details: object; expires_at: string; context_length: number };
    const [ours, theirs] = [found, wanted].map(({ text }) => (JSON.parse(text) as { models: Loaded[] }).models);
    assert.deepEqual(ours?.map((model) => model.name), ["says-hello:latest", "calls-once:latest"]);
    assert.deepEqual(Object.keys(ours?.[0] ?? {}), Object.keys(theirs?.[0] ?? {}));
    assert.deepEqual(Object.keys(ours?.[0]?.details ?? {}), Object.keys(theirs?.[0]?.details ?? {}));
    const { created_at } = JSON.parse(recorded(recording("keep-for-ever")).text) as { created_at: string };
    const years = (from: number, loaded?: Loaded) => Math.floor((Date.parse(loaded!.expires_at) - from) / YEAR_MS);
    assert.equal(years(Date.now(), ours?.[0]), years(Date.parse(created_at), theirs?.[0]));
    assert.equal(ours?.[0]?.context_length, 4096);
    const unloaded = await send(recording("unload"), server);
    assert.deepEqual(substance(unloaded), substance(recorded(recording("unload"))));
    const left = JSON.parse((await send(recording("ps-one"), server)).text) as { models: Loaded[] };
    assert.deepEqual(left.models.map((model) => model.name), ["calls-once:latest"]);
  }),
);

Deno.test(
  "a model is loaded again for another window, and only then",
  withServer(async (server) => {
    const loads: boolean[] = [];
    for (const name of ["reload-first", "reload-same", "reload-other", "reload-default"]) {
      const found = await send(recording(name), server);
      assert.deepEqual(substance(found), substance(recorded(recording(name))));
      loads.push((JSON.parse(found.text) as { load_duration: number }).load_duration >= 4_000_000);
    }
    assert.deepEqual(loads, [true, false, true, false]);
  }, 5),
);

/** White space in a constrained reply is the network's; so is where in a string the tokens end. */
function packed(json: string): string {
  return json.replace(/\s*([{}:,])\s*/g, "$1");
}

Deno.test(
  "format holds the reply to the schema, the text of the model in its strings, cut by num_predict",
  withServer(async (server) => {
    const [found, wanted] = [await send(recording("format-schema"), server), recorded(recording("format-schema"))];
    const [ours, theirs] = [substance(found), substance(wanted)];
    assert.deepEqual({ ...ours, content: "" }, { ...theirs, content: "" });
    const [shorter, longer] = [packed(ours.content), packed(theirs.content)].sort((left, right) =>
      left.length - right.length
    );
    assert.ok(longer?.startsWith(shorter ?? "?"), `${ours.content} is no beginning of ${theirs.content}`);
  }),
);

for (
  const [name, opening] of [
    ["format-and-tools", '{"decision":"consult_coding_specialist","reason":"'],
    ["format-bad", '{"x":"'],
  ] as const
) {
  Deno.test(
    `format wins over what the model wants to say (${name}); what its strings hold is the recorded network's own`,
    withServer(async (server) => {
      const each = recording(name);
      const [found, wanted] = [substance(await send(each, server)), substance(recorded(each))];
      assert.deepEqual([found.status, found.type, found.keys, found.messageKeys, found.calls], [
        wanted.status,
        wanted.type,
        wanted.keys,
        wanted.messageKeys,
        wanted.calls,
      ]);
      for (const { content } of [found, wanted]) assert.equal(packed(content).slice(0, opening.length), opening);
      assert.equal(found.rest.done_reason, wanted.rest.done_reason);
    }),
  );
}
