import assert from "node:assert/strict";
import { afterBegin, afterEnd, type Breaker, gateOf } from "../../src/fleet/breaker.ts";
import { classifyError } from "../../src/fleet/classify_error.ts";
import { place } from "../../src/fleet/place.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import type { HostFailure } from "../../src/ports/model_host.ts";
import { askFor, fleetOf, hostWith } from "./fleet_fixture.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const never = new AbortController().signal;
const json = (message: string, more: Record<string, unknown> = {}) => JSON.stringify({ error: { message, ...more } });

type Row = readonly [
  what: string,
  status: number,
  body: string,
  wanted: { readonly failure: string; readonly waits?: number; readonly away?: boolean },
  headers?: Readonly<Record<string, string>>,
];

const WAITS: readonly Row[] = [
  ["seconds", 429, json("Rate limit reached"), { failure: "rate_limited", waits: 2_000 }, { "retry-after": "2" }],
  ["parts of a second", 429, "{}", { failure: "rate_limited", waits: 1_500 }, { "retry-after": "1.5" }],
  ["milliseconds", 429, "{}", { failure: "rate_limited", waits: 250 }, { "retry-after-ms": "250", "retry-after": "1" }],
  [
    "a time of day, by the server's clock",
    503,
    "",
    { failure: "busy", waits: 7_000 },
    { "retry-after": "Wed, 21 Oct 2026 07:28:07 GMT", date: "Wed, 21 Oct 2026 07:28:00 GMT" },
  ],
  ["a time that is over", 503, "", { failure: "busy", waits: 0 }, { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }],
  ["a server that loads", 503, json("Loading model"), { failure: "busy", waits: 5_000 }, { "retry-after": "5" }],
  ["words in the message", 429, json("Please try again in 1m7.5s."), { failure: "rate_limited", waits: 67_500 }],
  ["words with a whole unit", 429, json("Please try again in 20 seconds."), { failure: "rate_limited", waits: 20_000 }],
  ["a field of the body", 429, json("Quota", { details: [{ retryDelay: "17s" }] }), {
    failure: "rate_limited",
    waits: 17_000,
  }],
  ["nothing", 429, json("Rate limit reached"), { failure: "rate_limited", away: true }],
  ["no number", 429, "{}", { failure: "rate_limited", away: true }, { "retry-after": "soon" }],
  ["an overloaded server of a gateway", 529, json("Overloaded"), { failure: "busy", away: true }],
  ["a gateway whose server is gone", 522, "", { failure: "unreachable", away: true }],
  ["a refusal that is no matter of time", 400, json("bad"), { failure: "bad_request", away: false }, {
    "retry-after": "2",
  }],
];

/** What servers say whose template does not take the messages; most of it read in their sources. */
const TEMPLATES: readonly Row[] = [
  [
    "llama.cpp with Devstral's template",
    500,
    json(
      "Error: Jinja Exception: After the optional system message, conversation roles must alternate user and assistant roles except for tool calls and results.",
      { code: 500, type: "server_error" },
    ),
    { failure: "template_refused" },
  ],
  ["vLLM", 400, json("Conversation roles must alternate user/assistant/user/assistant/..."), {
    failure: "template_refused",
  }],
  [
    "vLLM without a template",
    400,
    json("default chat template is no longer allowed, so you must provide a chat template"),
    { failure: "template_refused" },
  ],
  ["LM Studio", 400, JSON.stringify({ error: 'Error rendering prompt with jinja template: "Cannot apply filter".' }), {
    failure: "template_refused",
  }],
  [
    "text-generation-inference",
    422,
    JSON.stringify({ error: "Template error: invalid operation", error_type: "template_error" }),
    { failure: "template_refused" },
  ],
  ["Gemma's template", 500, json("System role not supported"), { failure: "template_refused" }],
  [
    "Mistral's template",
    400,
    json("Only user and assistant roles are supported, with the exception of an initial optional system message!"),
    { failure: "template_refused" },
  ],
  ["Mistral's template on identifiers", 400, json("Tool call IDs should be alphanumeric strings with length 9!"), {
    failure: "template_refused",
  }],
  [
    "Ollama's own templates",
    500,
    JSON.stringify({ error: 'template: :3:12: executing "" at <.Foo>: can\'t evaluate field Foo' }),
    { failure: "template_refused" },
  ],
  ["a template without tools, told apart", 400, json("tools param requires --jinja flag"), {
    failure: "tools_unsupported",
  }],
  ["a crash, told apart", 500, json("llama runner process has stopped"), { failure: "crashed" }],
];

/** What servers say of a model that they do not have, and of a prompt that is too long. */
const OTHERS: readonly Row[] = [
  [
    "LiteLLM without the model",
    400,
    json("/chat/completions: Invalid model name passed in model=x. Call `/v1/models`"),
    { failure: "model_missing" },
  ],
  ["llama-swap without the model", 400, "could not find suitable inference handler for x", {
    failure: "model_missing",
  }],
  ["OpenRouter without the model", 400, json("x is not a valid model ID", { code: 400 }), { failure: "model_missing" }],
  ["LiteLLM with a long prompt", 400, json("litellm.ContextWindowExceededError: too much"), {
    failure: "window_exceeded",
  }],
  [
    "Ollama with a model that is too large",
    500,
    json("model requires more system memory (9.1 GiB) than is available"),
    {
      failure: "out_of_memory",
    },
  ],
  ["a code for a long prompt", 400, json("too much", { code: "context_length_exceeded" }), {
    failure: "window_exceeded",
  }],
];

/** What servers say of a prompt of 5,000 tokens, in a window of 4,096 where they name it. */
const LONG_PROMPTS: Readonly<Record<string, readonly [status: number, text: string, counts: boolean]>> = {
  "SGLang": [400, "The input (5000 tokens) is longer than the model's context length (4096 tokens).", true],
  "TGI": [422, "Input validation error: `inputs` must have less than 4096 tokens. Given: 5000", true],
  "TGI, with the answer": [
    422,
    "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 20",
    false,
  ],
  "TabbyAPI": [400, "Prompt length 5000 is greater than max_seq_len 4096", true],
  "LM Studio": [400, "The number of tokens to keep from the initial prompt is greater than the context length.", false],
  "LM Studio, by numbers": [
    400,
    "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
    true,
  ],
  "vLLM": [
    400,
    "This model's maximum context length is 4096 tokens. However, you requested 5200 tokens (5000 in the messages, 200 in the completion).",
    true,
  ],
  "vLLM's decoder": [400, "The decoder prompt (length 5000) is longer than the maximum model length of 4096.", true],
  "Google": [400, "The input token count (5000) exceeds the maximum number of tokens allowed (4096).", true],
  "llama.cpp": [500, "Context size has been exceeded.", false],
  "llama.cpp, by numbers": [
    400,
    "request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it",
    true,
  ],
  "llama-cpp-python": [500, "Requested tokens (5000) exceed context window of 4096", true],
};

Deno.test("a prompt that does not fit is told as such, with its tokens and the window where the server counted them", () => {
  for (const [server, [status, text, counts]] of Object.entries(LONG_PROMPTS)) {
    for (const body of [json(text), JSON.stringify({ detail: text }), text]) {
      const { failure, promptTokens, window } = classifyError(status, body);
      assert.equal(failure, "window_exceeded", `${server}: ${body}`);
      if (counts) assert.deepEqual([promptTokens, window], [5_000, 4_096], `${server}: ${body}`);
    }
  }
});

for (
  const [about, rows] of Object.entries({
    "how long to wait": WAITS,
    "templates that refuse": TEMPLATES,
    "other refusals": OTHERS,
  })
) {
  Deno.test(`${about}: what a server refuses with is told apart, by both wires`, async (t) => {
    let current: Row = rows[0]!;
    const handler = () => new Response(current[2], { status: current[1], headers: current[4] });
    await withServer(handler, async (url) => {
      const hosts = [openaiHost(url), ollamaHost(url)];
      for (const row of rows) {
        await t.step(row[0], async () => {
          current = row;
          const { failure, waits, away } = row[3];
          for (const host of hosts) {
            const found: HostFailure = await failureOf(host.chat(chatRequest(), never));
            assert.equal(found.failure, failure, found.message);
            assert.equal(found.details.retryAfterMs, waits);
            if (waits !== undefined) {
              const said = waits > 0 ? `left alone for ${Math.ceil(waits / 1000)} s` : "again after some seconds";
              assert.match(found.message, new RegExp(`${said}\\.$`));
            }
            assert.equal(found.isAway, away ?? waits !== undefined);
          }
        });
      }
      for (const host of hosts) host.close();
    });
  });
}

const ended = (breakers: readonly Breaker[], key: string, now: number, retryAfterMs?: number) =>
  afterEnd(breakers, { key, model: "m", failure: "rate_limited", retryAfterMs }, now);

Deno.test("a host rests as long as it asks for, from the first refusal on, and at most ten minutes", () => {
  const asked = ended([], "a", 1_000, 2_000);
  assert.deepEqual(gateOf(asked, "m", 2_999), { state: "shut", cause: "rate_limited", until: 3_000, wishMs: 2_000 });
  assert.equal(gateOf(asked, "m", 3_000).state, "probe");
  const probing = afterBegin(asked, { key: "b", model: "m" }, 3_000);
  assert.deepEqual(gateOf(ended(probing, "b", 3_100, 500), "m", 3_200), {
    state: "shut",
    cause: "rate_limited",
    until: 3_600,
    wishMs: 500,
  });
  assert.equal(gateOf(ended([], "a", 0, 86_400_000), "m", 600_000).state, "probe");
  const later = ended(asked, "late", 1_500, 10_000);
  assert.equal(gateOf(later, "m", 11_499).state, "shut", "an ask that was under way knows better");
});

Deno.test("a host rests no longer because the clock was set back meanwhile", () => {
  for (const wish of [undefined, 20_000]) {
    const rests = ended([], "a", 3_600_000, wish);
    assert.equal(gateOf(rests, "m", 3_600_000).state, "shut");
    assert.equal(gateOf(rests, "m", 1_000).state, "probe");
    const again = ended(afterBegin(rests, { key: "b", model: "m" }, 1_000), "b", 2_000, wish);
    assert.equal(gateOf(again, "m", 2_500).state, "shut", "what begins then counts");
  }
});

Deno.test("a host that refuses for its rate and names no time rests at once all the same", () => {
  const once = ended([], "a", 0);
  assert.deepEqual(gateOf(once, "m", 4_999), { state: "shut", cause: "rate_limited", until: 5_000, wishMs: undefined });
});

Deno.test("a host that refuses and asks for no time at all, or for less and less, is not asked again without a pause", () => {
  const once = ended([], "a", 0, 0);
  assert.deepEqual(gateOf(once, "m", 4_999), { state: "shut", cause: "rate_limited", until: 5_000, wishMs: undefined });
  let breakers = ended([], "a", 0, 100);
  let now = 100;
  let asks = 0;
  for (; now < 60_000; asks++) {
    assert.equal(gateOf(breakers, "m", now).state, "probe");
    breakers = ended(afterBegin(breakers, { key: `${asks}`, model: "m" }, now), `${asks}`, now, 100);
    now = breakers[0]?.openUntil ?? Infinity;
  }
  assert.ok(asks < 15, `asked ${asks} times in a minute`);
});

Deno.test("an ask waits as long as its host asks for, and says so", () => {
  const host = hostWith("lab", ["m"], { breakers: ended([], "a", 0, 2_000) });
  const placing = place(fleetOf(host), [askFor("b", ["m"])], 500, {});
  assert.equal(placing.waiting[0]?.why, "waiting while lab rests for 2 s, as it asked, after failures (rate limited)");
  assert.equal(placing.wakeAt, 2_000);
});

Deno.test("a template that knows no system message gets what it says in the first message, at once and from then on", async () => {
  const roles: string[][] = [];
  const handler = async (request: Request) => {
    const { messages } = await request.json() as { messages: { role: string; content: string }[] };
    roles.push(messages.map(({ role }) => role));
    if (messages.some(({ role }) => role === "system")) {
      return Response.json({ error: { message: "System role not supported" } }, { status: 400 });
    }
    return Response.json({ choices: [{ message: { content: messages[0]?.content }, finish_reason: "stop" }] });
  };
  await withServer(handler, async (url) => {
    const host = openaiHost(url);
    const messages = [{ role: "system" as const, content: "You help." }, { role: "user" as const, content: "Begin." }];
    for (let times = 0; times < 2; times++) {
      assert.equal((await host.chat(chatRequest({ messages }), never)).text, "You help.\n\nBegin.");
    }
    assert.deepEqual(roles, [["system", "user"], ["user"], ["user"]]);
    const tools = [{
      name: "read_file",
      describes: "Reads.",
      parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
    }];
    const other = chatRequest({ model: "other", messages, tools });
    assert.equal(
      (await failureOf(host.chat(other, never))).failure,
      "template_refused",
      "natively another way is better",
    );
    host.close();
  });
});
