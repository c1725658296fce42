import { attemptAtWork } from "../given/attempt_at_work.ts";
import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import type { FailureClass } from "../../src/kernel/failure.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { crew } from "../laws/crew.ts";
import { after, checked, opening, replied, result, settled, started, task } from "../given/given.ts";

/** A run that is trusted and whose checks were not executed yet. */
function unchecked(): State {
  const state = started();
  return { ...state, checks: { ...state.checks, first: null, latest: null } };
}

/** The state after the effect of a kind that is due was opened; with its key. */
function opened(state: State, kind: string): readonly [State, string] {
  const effect = due(state, crew(), state.at).effects.find((one) => one.kind === kind);
  assert.ok(effect !== undefined, `no ${kind} is due`);
  return [after(state, opening(effect)), effect.key];
}

function cancelled(key: string): Fact {
  return { type: "effect_cancelled", key, by: "the screen was left", ms: 5 };
}

function timedOut(key: string): Fact {
  return { type: "effect_failed", key, failure: "total_timeout", text: "The checks took too long.", ms: 5 };
}

/** An attempt at a task whose turn is over and whose write is not checked yet. */
function attempted(): State {
  const write = { path: "src/a.ts", before: "a", after: "b", modeBefore: null, modeAfter: null, createdFolders: [] };
  const begun = after(
    started({ mode: "off" }, [result("a works", false, ["src/a.ts"])]),
    { type: "tasks_planned", tasks: [task({ checks: ["a works"] })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
  const turned = settled(begun);
  const turn = Object.values(turned.turns.open)[0];
  assert.ok(turn !== undefined && attemptAtWork(turned)?.turn === turn.id);
  const key = "write1";
  return after(
    turned,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key,
        turn: turn.id,
        role: turn.role,
        access: "writes",
        call: { name: "rewrite_file", arguments: { path: "src/a.ts" } },
      },
    },
    { type: "write_opened", key, write },
    { type: "write_closed", key, write, done: true },
    {
      type: "effect_finished",
      key,
      result: { kind: "tool", text: { text: "Written.", chars: 8 }, outcome: null, ms: 1 },
    },
    { type: "turn_closed", id: turn.id, ending: "finished", text: "done" },
  );
}

Deno.test("the first checks that were cut short by leaving are due again and count as nothing", () => {
  const [open, key] = opened(unchecked(), "check");
  const left = after(open, cancelled(key));
  assert.equal(left.checks.first, null);
  assert.equal(left.checks.latest, null);
  const [again] = opened(left, "check");
  assert.notEqual(again, open);
});

Deno.test("an attempt whose checks were cut short by leaving is checked again, not taken back", () => {
  const [open, key] = opened(settled(attempted()), "check");
  const left = after(open, cancelled(key));
  assert.equal(attemptAtWork(left)?.after, null);
  assert.deepEqual(due(left, crew(), left.at).effects.map(({ kind }) => kind), ["check"]);
});

/** An attempt that the checks refute, its take-back opened; with the key of that. */
function takenBack(): readonly [State, string] {
  const [checking, check] = opened(settled(attempted()), "check");
  const refuted = after(checking, {
    type: "effect_finished",
    key: check,
    result: {
      kind: "check",
      results: [result("a works", false, ["src/a.ts"])],
      commands: [],
      output: { text: "", chars: 0 },
      ms: 1,
    },
  });
  return opened(settled(refuted), "take_back");
}

Deno.test("after a take-back that left a file the checks are executed again, and after one that left none they are known", () => {
  const [open, key] = takenBack();
  const next = (left: { path: string; reason: string }[]) => {
    const state = settled(
      after(open, {
        type: "effect_finished",
        key,
        result: { kind: "take_back", restored: [], left },
      }),
    );
    return due(state, crew(), state.at).effects.map(({ kind }) => kind);
  };
  assert.deepEqual(next([{ path: "src/a.ts", reason: "someone changed it since" }]), ["check"]);
  assert.deepEqual(next([]), ["prepare"]);
});

Deno.test("a take-back that was cut short is due again", () => {
  const [open, key] = takenBack();
  const left = after(open, cancelled(key));
  assert.equal(attemptAtWork(left)?.takenBack, false);
  assert.deepEqual(due(left, crew(), left.at).effects.map(({ kind }) => kind), ["take_back"]);
});

Deno.test("the files of a turn are read again where leaving cut the reading short", () => {
  const consulted = settled(replied(started(), [{
    name: "consult_analysis_specialist",
    arguments: { query: "What is this?" },
  }]));
  const [open, key] = opened(consulted, "prepare");
  const left = after(open, cancelled(key));
  assert.deepEqual(due(left, crew(), left.at).effects.map(({ kind }) => kind), ["prepare"]);
});

Deno.test("a turn whose host has no room or asks for rest has all of its steps left, and one whose host breaks off comes to an end", () => {
  const consulted = settled(replied(started(), [{
    name: "consult_analysis_specialist",
    arguments: { query: "What is this?" },
  }]));
  const [reading, prepared] = opened(consulted, "prepare");
  const files = { kind: "prepare" as const, files: [], texts: [], changes: null };
  const begun = settled(after(reading, { type: "effect_finished", key: prepared, result: files }));
  const [turn] = Object.values(begun.turns.open);
  const endingAfter = (failure: FailureClass) => {
    let state = begun;
    for (let asks = 0; asks < 100; asks++) {
      const [open, key] = opened(state, "ask");
      state = after(open, { type: "effect_failed", key, failure, text: "Not now.", ms: 5, away: true });
      const closed = due(state, crew(), state.at).facts.find(({ type }) => type === "turn_closed");
      if (closed?.type === "turn_closed") return closed.ending;
    }
    return Object.keys(state.turns.open);
  };
  assert.deepEqual(endingAfter("busy"), [turn?.id]);
  assert.deepEqual(endingAfter("rate_limited"), [turn?.id]);
  assert.equal(endingAfter("cut_off"), "capped");
});

Deno.test("first checks that could not be executed are tried once more and never become what the run is measured by", () => {
  const [open, key] = opened(unchecked(), "check");
  const once = after(open, timedOut(key));
  assert.equal(once.checks.first, null);
  const [second, next] = opened(once, "check");
  const found = checked(after(second, timedOut(next)), [result("a works", true)]);
  assert.deepEqual(found.checks.first, []);
  assert.deepEqual(found.checks.latest, [result("a works", true)]);
  const [third, last] = opened(once, "check");
  const real = [result("a works", false)];
  const recovered = after(third, {
    type: "effect_finished",
    key: last,
    result: { kind: "check", results: real, commands: [], output: { text: "", chars: 0 }, ms: 1 },
  });
  assert.deepEqual(recovered.checks.first, real);
});
