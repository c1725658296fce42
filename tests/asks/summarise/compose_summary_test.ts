import assert from "node:assert/strict";
import type { Exchange } from "../../../src/features/turns/slice.ts";
import { inline } from "../../../src/kernel/text.ts";
import { compose } from "../../../src/prompt/compose.ts";
import { after, answer, opening, withTurn } from "../../given/given.ts";
import { words } from "../../given/given_prompt.ts";
import {
  askOf,
  FRAME,
  full,
  next,
  registry,
  summarised,
  SUMMARY,
  summaryIn,
  turnOf,
  working,
} from "../../given/given_summary.ts";

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
  const { compacted, leftOut } = next(failed);
  assert.ok(compacted > upTo);
  assert.deepEqual(leftOut, [
    `${upTo} messages of the turn, summarised by analysis`,
    `${compacted - upTo} more messages of the turn, summarised by rules`,
  ]);
  const written = summarised(second, inline("- all of it"));
  assert.match(words(next(written)), /summary by analysis, to make room\)\n- all of it\n/);
  assert.doesNotMatch(words(next(written)), /f1 was read|by rules/);
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
