import assert from "node:assert/strict";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { compose } from "../../../src/prompt/compose.ts";
import { after, answer, opening, withRoleLimits, withTurn } from "../../given/given.ts";
import { words } from "../../given/given_prompt.ts";
import { askOf, called, FRAME, full, next, registry, summarised, turnOf, working } from "../../given/given_summary.ts";

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

Deno.test("after three summaries in a row that came to nothing the rules make them alone, until the run is resumed", () => {
  let state = working();
  for (let miss = 1; miss <= 3; miss++) {
    state = full(state, 9_000);
    const ask = askOf(state);
    state = after(state, opening(ask), answer(ask.key, [], { fault: "The summary holds no text." }));
    assert.equal(state.summaries.misses, miss);
  }
  const resumed = () => after(state, { type: "run_resumed", headless: false });
  for (let reads = 0; askOf(resumed()).purpose === "work"; reads++) {
    assert.ok(reads < 10, "more never has to go");
    assert.equal(askOf(state).purpose, "work");
    state = called(state, 9_000, registry, reads % 2 === 0 ? "read_file" : "search_code");
  }
  assert.equal(askOf(state).purpose, "work");
  assert.ok(next(state).compacted > 0, "the rules shorten");
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

Deno.test("what another seat of a role reserves for a summary is its role's: none is asked for that its next ask could not be paid after", () => {
  const whole = full(working("analysis"), 6_000);
  const turn = turnOf(whole);
  const at = withTurn(whole, { ...turn, role: "analysis·2" });
  const summary = askOf(at);
  assert.equal(summary.purpose, "summarise");
  const work = askOf(after(at, opening(summary), answer(summary.key, []))).reserved;
  const spent = at.spending.byRole.analysis?.tokens ?? 0;
  const limited = (tokens: number) => withRoleLimits(at, { analysis: { tokens, turns: null, wallMs: null } });
  assert.equal(askOf(limited(spent + work + summary.reserved)).purpose, "summarise");
  assert.equal(askOf(limited(spent + work + summary.reserved - 1)).purpose, "work");
});
