import assert from "node:assert/strict";
import { charsUpTo } from "../../../src/asks/summarise/chars_up_to.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { inline } from "../../../src/kernel/text.ts";
import { after, answer, opening } from "../../given/given.ts";
import { words } from "../../given/given_prompt.ts";
import { askOf, called, full, next, registry, summarised, summaryIn, turnOf } from "../../given/given_summary.ts";

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
