import assert from "node:assert/strict";
import type { Exchange } from "../../src/features/turns/slice.ts";
import { inline } from "../../src/kernel/text.ts";
import { compose } from "../../src/prompt/compose.ts";
import { fitExchange } from "../../src/prompt/exchange.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import type { Prompt } from "../../src/prompt/prompt.ts";
import { withoutAnalysis } from "../given/given.ts";
import { words } from "../given/given_prompt.ts";
import {
  askOf,
  called,
  FRAME,
  full,
  next,
  registry,
  summarised,
  SUMMARY,
  summaryIn,
  turnOf,
  working,
} from "../given/given_summary.ts";

Deno.test("the next ask after a compaction holds the summary of the specialist and says whose it is", () => {
  const before = full();
  const state = summarised(before);
  const ask = askOf(state);
  assert.equal(ask.purpose, "work");
  const { summarises } = askOf(before);
  const prompt = compose(state, registry, ask, FRAME);
  assert.ok(words(prompt).includes(`# So far in this turn (summary by analysis, to make room)\n${SUMMARY}`));
  assert.doesNotMatch(words(prompt), /by rules/);
  assert.deepEqual(prompt.leftOut, [`${summarises} messages of the turn, summarised by analysis`]);
  assert.equal(prompt.compacted, summarises);
  assert.equal(prompt.overflow, false);
});

Deno.test("without an analysis specialist the rules summarise, and nobody is asked", () => {
  const alone = withoutAnalysis(registry);
  let state = working("coding", {}, alone);
  for (let reads = 0; reads < 8; reads++) {
    state = called(state, 12_000, alone, reads % 2 === 0 ? "read_file" : "search_code");
    const prompt = compose(state, alone, askOf(state, alone), FRAME);
    assert.equal(/shortened by rules to make room/.test(words(prompt)), prompt.compacted > 0);
  }
  assert.ok(compose(state, alone, askOf(state, alone), FRAME).compacted > 0);
});

Deno.test("with summaries the prompt only grows, too, until the next compaction is needed", () => {
  let state = working();
  let compactions = 0;
  let before: Prompt | null = null;
  for (let reads = 0; reads < 18; reads++) {
    if (askOf(state).purpose === "summarise") state = summarised(state);
    const prompt = next(state);
    const grew = before !== null &&
      JSON.stringify(prompt.messages.slice(0, before.messages.length)) === JSON.stringify(before.messages);
    if (before !== null && !grew) {
      compactions++;
      assert.ok(prompt.compacted > before.compacted, "the prompt changed without a compaction");
    }
    before = prompt;
    state = called(state, 7_000, registry, reads % 2 === 0 ? "read_file" : "search_code");
  }
  assert.ok(compactions >= 2 && compactions <= 5, `${compactions} compactions in 18 asks`);
});

Deno.test("a call is never parted from its text and its result", () => {
  const call = (name: string) => [{ name, arguments: { path: "src/a.ts" } }];
  const reply = (chars: number, ...calls: { name: string; arguments: Record<string, unknown> }[]): Exchange => ({
    from: "model",
    text: { text: "y", chars },
    calls,
    way: "native",
  });
  const gave = (name: string, chars: number): Exchange => ({
    from: "tool",
    name,
    ok: true,
    text: { text: "y", chars },
  });
  const entries = [
    reply(20, ...call("read_file")),
    gave("read_file", 3_000),
    reply(20, ...call("rewrite_file")),
    reply(3_000),
    gave("rewrite_file", 40),
    reply(20, ...call("rewrite_file")),
    reply(3_000),
  ];
  for (const room of [900, 1_200, 1_700, 2_300, 3_000]) {
    const { compacted, messages } = fitExchange(entries, "native", room, meterOf({ ratio: 1 }), {});
    assert.ok([0, 2, 5].includes(compacted), `${compacted} of the entries are a summary in ${room}`);
    assert.equal(messages.length, entries.length - compacted + (compacted === 0 ? 0 : 1));
  }
  assert.equal(fitExchange(entries, "native", 1_200, meterOf({ ratio: 1 }), {}).compacted, 5);
});

Deno.test("where a summary has no room in a far smaller window the rules do with less", () => {
  const state = summarised(full(), { text: "z".repeat(1_400), chars: 1_400 });
  const { exchange } = turnOf(state);
  const { summary } = summaryIn(state);
  const last = exchange.findLastIndex((entry) => entry.from === "model");
  const short = [...exchange.slice(0, last), { ...exchange[last]! }, {
    from: "tool" as const,
    name: "read_file",
    ok: true,
    text: inline("one line"),
  }];
  const meter = meterOf({ ratio: 1 });
  const bare = fitExchange(short, "constrained", 300, meter, {}, null);
  assert.deepEqual(fitExchange(short, "constrained", 300, meter, {}, summary), bare);
  assert.notDeepEqual(fitExchange(short, "constrained", 2_000, meter, {}, summary), bare);
});
