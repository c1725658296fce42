import assert from "node:assert/strict";
import { Player } from "../../../src/cli/replay/player.ts";
import type { Fact, Stamped } from "../../../src/features/fact.ts";
import { EMPTY, fold } from "../../../src/features/features.ts";
import { ManualClock } from "../../fakes/manual_clock.ts";

/** Facts of a run whose phase changes now and then, so many milliseconds after its begin. */
function factsAt(...times: readonly number[]): readonly Stamped[] {
  return times.map((at, index): Stamped => {
    const fact: Fact = { type: "phase_changed", phase: `p${index + 1}`, reason: "", by: "rules" };
    return { ...fact, seq: index + 1, at: 1_000_000 + at };
  });
}

/** A player of such facts; the third and the fifth are decisions. */
function playerOf(facts: readonly Stamped[], speed = 1) {
  const clock = new ManualClock();
  let present = 0;
  const happenings = facts.map((_, index) => ({
    at: index + 1,
    says: `${index + 1} happened`,
    isDecision: index === 2 || index === 4,
  }));
  const player = new Player({ facts, begin: 1, happenings, speed, now: () => present, after: clock.timer });
  const pass = (ms: number) => {
    present += ms;
    clock.pass(ms);
  };
  return { player, pass };
}

Deno.test("facts come as fast as they came, and as many times faster as was asked for", () => {
  const facts = factsAt(0, 400, 800, 1_200, 1_600);
  const slow = playerOf(facts);
  slow.player.play("turn");
  slow.pass(399);
  assert.equal(slow.player.last(), 1);
  assert.equal(slow.player.now(), 1_000_399, "its clock goes on between them");
  slow.pass(1);
  assert.equal(slow.player.state().run.phase, "p2");
  const fast = playerOf(facts, 4);
  fast.player.play("turn");
  fast.pass(100);
  fast.pass(100);
  assert.equal(fast.player.last(), 3);
});

Deno.test("nobody waits long where nothing happened, and what came at once comes at once", () => {
  const { player, pass } = playerOf(factsAt(0, 3_600_000, 3_600_001, 3_600_002, 3_600_900));
  player.play("turn");
  pass(1_500);
  assert.equal(player.last(), 2);
  pass(20);
  assert.equal(player.last(), 4, "two facts a millisecond apart are one change of the screen");
});

Deno.test("it stands still and goes on, and at its end begins again", () => {
  const { player, pass } = playerOf(factsAt(0, 100, 200));
  player.play("turn");
  player.play("turn");
  pass(5_000);
  assert.deepEqual([player.last(), player.playing().goesOn], [1, false]);
  player.play("turn");
  pass(100);
  pass(100);
  assert.deepEqual([player.last(), player.playing().goesOn], [3, false], "nothing is waited for at the end");
  player.play("turn");
  assert.deepEqual([player.last(), player.playing().goesOn], [1, true]);
  player.close();
});

Deno.test("steps and jumps lead to what happened before and after, to decisions, to begin and end, and stand still there", () => {
  const { player } = playerOf(factsAt(0, 100, 200, 300, 400, 500));
  const after = (wish: Parameters<Player["play"]>[0]) => {
    player.play(wish);
    return player.last();
  };
  assert.deepEqual((["step", "step", "step_back", "decision", "decision", "decision_back"] as const).map(after), [
    2,
    3,
    2,
    3,
    5,
    3,
  ]);
  assert.deepEqual((["end", "step", "begin", "step_back"] as const).map(after), [6, 6, 1, 1]);
  assert.equal(player.playing().goesOn, false);
  assert.equal(player.playing().says, "1 happened");
});

Deno.test("wherever it is led the state is the fold of the facts so far, and only those are read", () => {
  const facts = factsAt(...Array.from({ length: 1_100 }, (_, index) => index));
  const { player } = playerOf(facts);
  for (const at of [900, 3, 1_100, 250, 249, 251, 600, 1]) {
    player.jump(at);
    assert.deepEqual(player.state(), fold(facts.slice(0, at), EMPTY), `at ${at}`);
    assert.equal([...player.read()].length, at);
    assert.deepEqual([...player.read(at)].map(({ seq }) => seq), [at]);
  }
});

Deno.test("faster and slower are bounded, and hold at once", () => {
  const { player, pass } = playerOf(factsAt(0, 1_000, 2_000));
  player.play("turn");
  for (const _ of Array.from({ length: 20 })) player.play("faster");
  assert.equal(player.playing().speed, 256);
  pass(20);
  assert.ok(player.last() > 1);
  for (const _ of Array.from({ length: 20 })) player.play("slower");
  assert.equal(player.playing().speed, 0.25);
  player.close();
});
