import { summaryOf } from "../../src/asks/summarise/slice.ts";
import type { Exchange } from "../../src/features/turns/slice.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { charsUpTo } from "../../src/asks/summarise/chars_up_to.ts";
import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import { compose } from "../../src/prompt/compose.ts";
import { fitExchange } from "../../src/prompt/exchange.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import type { Prompt, PromptFrame } from "../../src/prompt/prompt.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { inline, type Text } from "../../src/kernel/text.ts";
import { largeCrew } from "../laws/crew.ts";
import {
  after,
  answer,
  prepared,
  result,
  settled,
  started,
  task,
  withoutAnalysis,
  withRoleLimits,
  withTurn,
} from "../given/given.ts";

const registry: Registry = {
  ...largeCrew(),
  prompts: { ...largeCrew().prompts, "summary.md": { name: "summary", text: "Write it down.", placeholders: [] } },
};
const FAILING = [result("t: a", false, ["tests/a_test.ts", "src/a.ts"], "Expected 1, got 2")];
const SUMMARY = "- f1 was read: parse() is in line 40\n- open: why the sign is lost";

const FRAME: PromptFrame = {
  way: "constrained",
  window: 16_384,
  ratio: 1,
  declare: (tools) => JSON.stringify(tools),
};

/** A turn of a role in its first ask: an attempt at a task, or the answer to a question. */
function working(
  role = "coding",
  some: Parameters<typeof started>[0] = {},
  others: Registry = registry,
): State {
  const attempt = role === "coding";
  const begun = after(
    started(some, FAILING),
    { type: "tasks_planned", tasks: [task({ checks: ["t: a"], description: "Repair a" })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    {
      type: "decision_made",
      id: "d1",
      name: attempt ? "continue_current_phase" : `consult_${role}_specialist`,
      arguments: attempt ? {} : { query: "What is in a?" },
      reason: "",
      by: "arbiter",
      fingerprint: "f",
    },
  );
  return prepared(settled(begun, others), [{ path: "src/a.ts", text: "export const a = 2;\n" }], others);
}

function askOf(state: State, others: Registry = registry): AskEffect {
  const ask = due(state, others, state.at).effects.find((effect) => effect.kind === "ask" && effect.turn !== null);
  assert.ok(ask?.kind === "ask", "no ask of a turn is due");
  return ask;
}

const opening = (ask: AskEffect): Fact => ({ type: "effect_opened", effect: JSON.parse(JSON.stringify(ask)) });

/** The state after a turn's ask was answered by a call that gave so many characters. */
function called(state: State, chars: number, others: Registry = registry, name = "read_file"): State {
  const ask = askOf(state, others);
  assert.equal(ask.purpose, "work");
  const asked = after(state, opening(ask), answer(ask.key, [{ name, arguments: { path: `f${state.seq}` } }]));
  const tool = due(asked, others, asked.at).effects.find((effect) => effect.kind === "tool")!;
  return after(asked, { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) }, {
    type: "effect_finished",
    key: tool.key,
    result: { kind: "tool", text: { text: "y".repeat(50), chars, blob: "b" }, outcome: null, ms: 1 },
  });
}

/** The state in which a summary is due next. */
function full(state: State = working(), chars = 12_000): State {
  let now = state;
  for (let reads = 0; reads < 20; reads++) {
    if (askOf(now).purpose === "summarise") return now;
    now = called(now, chars, registry, reads % 2 === 0 ? "read_file" : "search_code");
  }
  throw new Error("Nothing is to be summarised.");
}

/** The state after the summary that is due was written. */
function summarised(state: State, summary: Text = inline(SUMMARY)): State {
  const ask = askOf(state);
  assert.equal(ask.purpose, "summarise");
  return after(state, opening(ask), answer(ask.key, [], { summary }));
}

const turnOf = (state: State) => state.turns.open[Object.keys(state.turns.open)[0]!]!;

const summaryIn = (state: State) => summaryOf(state, turnOf(state).id);

const words = (prompt: Prompt) =>
  prompt.messages.map((message) =>
    message.pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")
  ).join("\n---\n");

const next = (state: State) => compose(state, registry, askOf(state), FRAME);

Deno.test("before a window is full the analysis specialist is asked for a summary of what has to go, with no tool and at no temperature", () => {
  const state = full();
  const ask = askOf(state);
  assert.deepEqual(
    [ask.role, ask.turn, ask.purpose, ask.legal, ask.temperature],
    ["analysis", turnOf(state).id, "summarise", [], 0],
  );
  assert.ok(ask.answerLimit <= 400);
  assert.ok(ask.summarises! > 0 && ask.summarises! < turnOf(state).exchange.length);
  const opened = after(state, opening(ask));
  assert.equal(turnOf(opened).asks, turnOf(state).asks, "it costs the turn no ask");
  assert.deepEqual(due(opened, registry, opened.at).effects, [], "the turn waits for it");
});

Deno.test("the prompt of a summary holds the part with each result bounded, the goal and the task, and fits the window", () => {
  const state = full(working(), 3_000);
  const ask = askOf(state);
  const window = registry.roles.analysis!.window;
  const prompt = compose(state, registry, ask, { ...FRAME, window });
  assert.match(words(prompt), /^Write it down\.\n---\n# Goal\nMake the tests pass\n\n# Task of coding\nT1: Repair a/);
  const names = turnOf(state).exchange.slice(0, ask.summarises).flatMap((entry) =>
    entry.from === "tool" ? [entry.name] : []
  );
  assert.deepEqual(words(prompt).match(/^\w+(?= gave:)/gm), names, "no result is missing");
  assert.match(words(prompt), /It called read_file \{"path":"f\d+"\}/);
  assert.match(words(prompt), /Write down now what must be known to go on/);
  assert.deepEqual([prompt.legal, prompt.declared, prompt.overflow], [[], [], false]);
  assert.ok(prompt.estimate + ask.answerLimit <= window);
  const narrow = compose(state, registry, ask, { ...FRAME, window: 1_200 });
  assert.equal(narrow.overflow, false);
  assert.ok(narrow.estimate + ask.answerLimit <= 1_200);
});

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

const fruitless: Readonly<Record<string, (key: string, chars: number) => Fact>> = {
  "fails": (key) => ({ type: "effect_failed", key, failure: "unreachable", text: "gone", ms: 1 }),
  "is empty": (key) => answer(key, [], { fault: "The summary holds no text." }),
  "is not shorter than what it would stand for": (key, chars) => answer(key, [], { summary: { text: "z", chars } }),
  "is cancelled": (key) => ({ type: "effect_cancelled", key, by: "person", ms: 1 }),
};

for (const [what, close] of Object.entries(fruitless)) {
  Deno.test(`a summary that ${what} leaves those of the rules, and is not asked for again until more has to go`, () => {
    const before = full();
    const ask = askOf(before);
    let state = after(before, opening(ask), close(ask.key, charsUpTo(turnOf(before), null, ask.summarises!)));
    assert.deepEqual([summaryIn(state).summary, turnOf(state).failures], [null, 0]);
    assert.match(words(next(state)), /# So far in this turn \(shortened by rules to make room\)/);
    assert.equal(next(state).compacted, ask.summarises);
    for (let reads = 0; askOf(state).purpose === "work"; reads++) {
      assert.ok(next(state).compacted === ask.summarises, "what has to go is not summarised anew");
      state = called(state, 4_000, registry, reads % 2 === 0 ? "read_file" : "search_code");
    }
    assert.ok(askOf(state).summarises! > ask.summarises!);
  });
}

Deno.test("a summary that is a character shorter than what it stands for stands for it", () => {
  const before = full();
  const ask = askOf(before);
  const chars = charsUpTo(turnOf(before), null, ask.summarises!) - 1;
  const state = after(before, opening(ask), answer(ask.key, [], { summary: { text: "z", chars } }));
  assert.equal(summaryIn(state).summary?.upTo, ask.summarises);
});

Deno.test("after three summaries in a row that came to nothing the rules make them alone, until the run is resumed", () => {
  let state = working();
  for (let miss = 1; miss <= 3; miss++) {
    state = full(state, 9_000);
    const ask = askOf(state);
    state = after(state, opening(ask), answer(ask.key, [], { fault: "The summary holds no text." }));
    assert.equal(state.summaries.misses, miss);
  }
  let reads = 0;
  const compacted = summaryIn(state).asked;
  while (next(state).compacted <= compacted) {
    assert.equal(askOf(state).purpose, "work");
    state = called(state, 9_000, registry, reads++ % 2 === 0 ? "read_file" : "search_code");
  }
  assert.equal(askOf(state).purpose, "work");
  assert.equal(askOf(after(state, { type: "run_resumed", headless: false })).purpose, "summarise");
});

Deno.test("what comes after a summary is shortened by rules until it is summarised too, with the summary before it", () => {
  const first = summarised(full());
  const second = full(first, 9_000);
  const ask = askOf(second);
  const { upTo } = summaryIn(first).summary!;
  assert.ok(ask.summarises! > upTo);
  const asked = words(compose(second, registry, ask, FRAME));
  assert.ok(asked.includes(`# Summary so far\n${SUMMARY}`));
  const [gone] = turnOf(first).exchange.flatMap((entry) => entry.from === "model" ? entry.calls : []);
  assert.ok(!asked.includes(`"${gone!.arguments.path}"`), "what it stands for is not shown again");
  const failed = after(second, opening(ask), answer(ask.key, [], { fault: "The summary holds no text." }));
  assert.match(
    words(next(failed)),
    /summary by analysis, to make room\)\n- f1 was read[^#]*\n# After that in this turn \(shortened by rules to make room\)\n- you called/,
  );
  assert.deepEqual(next(failed).leftOut, [
    `${upTo} messages of the turn, summarised by analysis`,
    `${ask.summarises! - upTo} more messages of the turn, summarised by rules`,
  ]);
  const written = summarised(second, inline("- all of it"));
  assert.match(words(next(written)), /summary by analysis, to make room\)\n- all of it\n/);
  assert.doesNotMatch(words(next(written)), /f1 was read|by rules/);
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

Deno.test("a call in the reply of who summarises is never run", () => {
  const before = full();
  const ask = askOf(before);
  const text = inline('{"name":"rewrite_file","arguments":{"path":"src/a.ts"}}');
  const calls = [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }];
  for (const close of [answer(ask.key, calls, { summary: text }), answer(ask.key, calls)]) {
    const state = after(before, opening(ask), close);
    assert.deepEqual([turnOf(state).calls, turnOf(state).exchange], [[], turnOf(before).exchange]);
    const [owed] = due(state, registry, state.at).effects;
    assert.ok(owed?.kind === "ask" && owed.purpose === "work");
  }
});

Deno.test("no summary is asked for that the analysis specialist or the next ask could not be paid after", () => {
  const at = full();
  const summary = askOf(at);
  const spent = at.spending.run.tokens;
  const work = askOf(after(at, opening(summary), answer(summary.key, []))).reserved;
  const limited = (state: State, tokens: number): State =>
    after(state, {
      type: "limits_raised",
      limits: { tokens, turns: null, wallMs: null },
    });
  assert.equal(askOf(limited(at, spent + work + summary.reserved)).purpose, "summarise");
  const tight = limited(at, spent + work + summary.reserved - 1);
  assert.equal(askOf(tight).purpose, "work");
  assert.deepEqual(due(tight, registry, tight.at).facts, []);
  const own = { analysis: { tokens: summary.reserved - 1, turns: null, wallMs: null } };
  const poor = withRoleLimits(at, own);
  assert.equal(askOf(poor).purpose, "work");
});

Deno.test("a turn of the analysis specialist is summarised likewise", () => {
  const state = full(working("analysis"), 6_000);
  const ask = askOf(state);
  assert.deepEqual([ask.role, turnOf(state).role, ask.purpose], ["analysis", "analysis", "summarise"]);
  assert.match(words(compose(summarised(state), registry, askOf(summarised(state)), FRAME)), /summary by analysis/);
});

Deno.test("a place that is known to hold less than the role's window has its turns summarised by what it holds", () => {
  const roomy = called(called(working(), 5_000), 5_000, registry, "search_code");
  assert.equal(askOf(roomy).purpose, "work");
  const ask = askOf(roomy);
  const placed = after(roomy, opening(ask), {
    type: "ask_placed",
    key: ask.key,
    host: "fast",
    model: "m",
    way: "constrained",
    window: 4_096,
    estimated: 100,
    reason: "resident",
  }, { type: "effect_cancelled", key: ask.key, by: "person", ms: 1 });
  assert.equal(askOf(placed).purpose, "summarise");
  assert.ok(askOf(placed).answerLimit <= 4_096 / 8);
});

Deno.test("a summary takes no more than a part of the analysis specialist's own window, where that is the smaller one", () => {
  const analysis = { ...registry.roles.analysis!, window: 2_048 };
  const small: Registry = { ...registry, roles: { ...registry.roles, analysis } };
  const ask = askOf(full(), small);
  assert.deepEqual([ask.purpose, ask.answerLimit], ["summarise", 2_048 / 8]);
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

Deno.test("words to other roles are no part of what is summarised: they go only as messages", () => {
  const state = full();
  const turn = turnOf(state);
  const args = { role: "analysis", question: "Is the SECRET in b?" };
  const said: Exchange = {
    from: "model",
    text: inline(JSON.stringify(args)),
    calls: [{ name: "ask_specialist", arguments: args }],
    way: "constrained",
  };
  const sent: Exchange = { from: "tool", name: "ask_specialist", ok: true, text: inline("Asked: Is the SECRET in b?") };
  const asking = withTurn(state, { ...turn, exchange: [said, sent, ...turn.exchange] });
  const ask = { ...askOf(state), summarises: askOf(state).summarises! + 2 };
  const text = words(compose(asking, registry, ask, FRAME));
  assert.match(text, /It called ask_specialist\n/);
  assert.doesNotMatch(text, /SECRET/);
});

Deno.test("a summary that the analysis specialist cannot be paid beside another one waits, and ends no turn", () => {
  const state = full();
  const turn = turnOf(state);
  const other = { ...turn, id: "t9", role: "reasoning", attempt: null, purpose: "consult" as const };
  const { reserved } = askOf(state);
  const roleLimits = { analysis: { tokens: reserved + 10, turns: null, wallMs: null } };
  const both = withTurn(withRoleLimits(state, roleLimits), other);
  const owed = due(both, registry, both.at);
  assert.deepEqual(owed.facts, []);
  assert.deepEqual(owed.effects.map((one) => one.kind === "ask" && [one.purpose, one.turn]), [["summarise", turn.id]]);
});

Deno.test("a summary counts as a right reply and an empty one as a failed one, and neither is a slip or mends one", () => {
  const slips = { analysis: [{ kind: "call", tool: null, wrong: "x", fault: "No call.", count: 1 }] };
  const state: State = { ...full(), slips };
  const ask = askOf(state);
  const written = summarised(state);
  const empty = after(state, opening(ask), answer(ask.key, [], { fault: "The summary holds no text." }));
  const counts = ({ statistics }: State) => {
    const { right, failed } = statistics.asks["analysis m"]!;
    return { right, failed };
  };
  assert.deepEqual([counts(written), counts(empty)], [{ right: 1, failed: 0 }, { right: 0, failed: 1 }]);
  assert.deepEqual([written.slips, empty.slips], [slips, slips]);
});
