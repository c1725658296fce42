import assert from "node:assert/strict";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const never = new AbortController().signal;

/** How a server refuses a field, and which fields it is asked without then. */
type Row = readonly [server: string, status: number, refuses: (field: string) => unknown, fields: readonly string[]];

const said = (message: string) => ({ error: { message, type: "invalid_request_error" } });

const SERVERS: readonly Row[] = [
  [
    "OpenAI with a model that reasons",
    400,
    (field) =>
      said(
        field === "temperature"
          ? "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."
          : `Unsupported parameter: '${field}' is not supported with this model. Use 'max_completion_tokens' instead.`,
      ),
    ["max_tokens", "temperature", "stop"],
  ],
  ["Azure", 400, (field) => said(`Unrecognized request argument supplied: ${field}`), ["stream_options", "seed"]],
  ["Groq", 400, (field) => said(`property '${field}' is unsupported`), ["chat_template_kwargs"]],
  [
    "Mistral",
    422,
    (field) => ({
      object: "error",
      message: { detail: [{ type: "extra_forbidden", loc: ["body", field], msg: "Extra inputs are not permitted" }] },
    }),
    ["seed", "stream_options", "chat_template_kwargs"],
  ],
  [
    "LiteLLM",
    400,
    (field) => said(`litellm.UnsupportedParamsError: bedrock does not support parameters: ['${field}'], for model=m.`),
    ["seed"],
  ],
  [
    "Google",
    400,
    (field) => [said(`Invalid JSON payload received. Unknown name "${field}": Cannot find field.`)],
    ["seed", "chat_template_kwargs"],
  ],
];

for (const [server, status, refuses, fields] of SERVERS) {
  Deno.test(`${server} is asked again without the fields that it does not take, and without them from then on`, async () => {
    const asked: Readonly<Record<string, unknown>>[] = [];
    const handler = async (request: Request) => {
      const body = await request.json() as Readonly<Record<string, unknown>>;
      asked.push(body);
      const field = fields.find((one) => body[one] !== undefined);
      if (field !== undefined) return Response.json(refuses(field), { status });
      return Response.json({ choices: [{ message: { content: "Done." }, finish_reason: "stop" }] });
    };
    await withServer(handler, async (url) => {
      const host = openaiHost(url);
      const request = chatRequest({ think: false, stop: ["END"] });
      assert.equal((await host.chat(request, never)).text, "Done.");
      assert.equal(asked.length, fields.length + 1);
      assert.equal((await host.chat(request, never)).text, "Done.");
      assert.equal(asked.length, fields.length + 2, "the second ask is right at once");
      const [first = {}] = asked;
      const isBoundNew = fields.includes("max_tokens");
      assert.deepEqual(asked.at(-1), {
        ...Object.fromEntries(Object.entries(first).filter(([field]) => !fields.includes(field))),
        ...(isBoundNew ? { max_completion_tokens: 200 } : {}),
      });
      host.close();
    });
  });
}

Deno.test("a refusal that is about no field, or about one that an ask needs, is told as it is", async () => {
  const texts = [
    "This model is not supported in your region.",
    "max_tokens is too large: 200. This model takes at most 100.",
    "Unsupported parameter: 'messages' is not supported with this model.",
    "The seed must be a number of 32 bits.",
  ];
  let asks = 0;
  await withServer(() => Response.json(said(texts[asks++] ?? ""), { status: 400 }), async (url) => {
    const host = openaiHost(url);
    for (const text of texts) {
      const failure = await failureOf(host.chat(chatRequest({ model: "seed-oss" }), never));
      assert.equal(failure.failure, "bad_request");
      assert.ok(failure.message.includes(text), failure.message);
    }
    assert.equal(asks, texts.length);
    host.close();
  });
});

Deno.test("a server that refuses whatever it is asked without gets as many asks as there are fields, and no more", async () => {
  let asks = 0;
  const handler = async (request: Request) => {
    asks++;
    const fields = Object.keys(await request.json() as object);
    return Response.json(said(`Unsupported parameter: '${fields.at(-1)}'`), { status: 400 });
  };
  await withServer(handler, async (url) => {
    const host = openaiHost(url);
    assert.equal((await failureOf(host.chat(chatRequest({ stop: ["END"] }), never))).failure, "bad_request");
    assert.ok(asks <= 7, `asked ${asks} times`);
    host.close();
  });
});
