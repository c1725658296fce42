import assert from "node:assert/strict";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import type { FailureClass } from "../../src/kernel/failure.ts";
import { attemptsAt } from "../../src/features/attempts/attempts_at.ts";
import { pieceOf } from "../../src/features/attempts/piece.ts";
import type { PastAttempt } from "../../src/features/attempts/slice.ts";
import { bucketsOf } from "../features/buckets_of.ts";
import { after, checked, opening, prepared, replied, settled } from "../given/given.ts";
import {
  askOf,
  atWork,
  defined,
  FAILING,
  FILES,
  over,
  planned,
  registry,
  textFor,
  withFunctions,
} from "../given/given_attempt.ts";
import { able, atRepair } from "../given/given_repair.ts";
import { largeCrew } from "../laws/crew.ts";

Deno.test("a small model that is to repair the one file it sees is asked for its text alone; what no check shows leaves it all its tools", () => {
  const state = settled(prepared(atWork(planned()), FILES));
  const ask = askOf(state);
  assert.deepEqual([ask.purpose, ask.legal, ask.temperature], ["text", [], 0]);
  assert.deepEqual(Object.values(state.turns.open)[0]?.calls.map(({ name, arguments: given }) => [name, given]), [
    ["rewrite_file", { path: "src/a.ts" }],
  ]);
  assert.ok(askOf(prepared(atWork(planned([])), FILES)).legal.includes("read_file"));
  assert.ok(askOf(prepared(atWork(planned(["t: a"], "src/unseen.ts")), FILES)).legal.includes("read_file"));
});

/** The state after a turn was prepared with parts of its file. */
function shownInParts(state: State): State {
  const effect = due(state, registry, state.at).effects.find((one) => one.kind === "prepare");
  const part = (from: number, to: number, chars: number) => ({
    path: "src/a.ts",
    text: { text: "x", chars },
    lines: 500,
    from,
    to,
  });
  return after(state, opening(effect), {
    type: "effect_finished",
    key: effect!.key,
    result: { kind: "prepare", files: ["src/a.ts"], texts: [part(1, 3, 90), part(400, 460, 9_000)], changes: null },
  });
}

Deno.test("a model that does not see whole what it would rewrite keeps all its tools, and is asked for the text in its turn", () => {
  const parts = shownInParts(atWork(planned()));
  assert.ok(askOf(parts).legal.includes("read_file"));
  const state = replied(parts, [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }]);
  const [turn] = Object.values(state.turns.open);
  assert.equal(stepOf(state, registry, turn!).form, null);
  const [part] = turn!.prepared!.texts;
  const end = { ...turn!, prepared: { ...turn!.prepared!, texts: [{ ...part!, from: 400, to: 500 }] } };
  assert.equal(stepOf(state, registry, end).form, null, "the end of a file is not the whole");
});

Deno.test("an ask that failed by its model is asked again with chance, one whose host was away as before", () => {
  for (const checks of [["t: a"], []]) {
    const state = settled(prepared(atWork(planned(checks)), FILES));
    const ask = askOf(state);
    const warmth = (failure: FailureClass, away?: true) => {
      const failed = { type: "effect_failed" as const, key: ask.key, failure, text: "No.", ms: 1 };
      return askOf(after(state, opening(ask), { ...failed, ...(away && { away }) })).temperature;
    };
    assert.equal(ask.temperature, 0);
    assert.equal(warmth("silent"), 0.5);
    assert.equal(warmth("cut_off"), 0.5);
    assert.equal(warmth("busy", true), 0);
  }
});

Deno.test("writes that fail are tried warmer with another seed, and three in a row end the attempt", () => {
  let state = settled(prepared(atWork(planned()), FILES));
  assert.equal(askOf(state).temperature, 0);
  const seeds = new Set<number>();
  for (let times = 0; times < 3; times++) {
    const text = askOf(state);
    seeds.add(text.seed);
    state = after(state, opening(text), textFor(text.key));
    const tool = due(state, registry, state.at).effects[0];
    assert.equal(tool?.kind, "tool");
    state = after(
      state,
      opening(tool),
      { type: "effect_failed", key: tool!.key, failure: "tool_error", text: `nothing was changed at ${times}`, ms: 1 },
    );
    if (times < 2) {
      state = settled(state);
      assert.equal(askOf(state).temperature, 0.8);
    }
  }
  assert.equal(seeds.size, 3, "with the same seed a server writes the same again");
  const [turn] = Object.values(state.turns.open);
  const closed = due(state, registry, state.at).facts[0];
  assert.ok(closed?.type === "turn_closed" && closed.id === turn!.id);
  assert.match(closed.text, /3 writes in a row failed; the last: .*nothing was changed/);
});

Deno.test("the call that is given writes the task's file, and what that uses after an attempt that found nothing there", () => {
  const able = withFunctions();
  let state = atWork(planned(), able);
  const given: unknown[] = [];
  for (let number = 1; number <= 2; number++) {
    state = settled(defined(state, { "src/a.ts": ["a"], "src/b.ts": ["b"] }, able), able);
    const turn = Object.values(state.turns.open)[0]!;
    given.push(turn.calls[0]?.arguments);
    state = settled(after(state, { type: "turn_closed", id: turn.id, ending: "capped", text: "nothing" }), able);
  }
  assert.deepEqual(given, [{ path: "src/a.ts", function: "a" }, { path: "src/b.ts", function: "b" }]);
});

Deno.test("a small model repairs a function as it stands and anew by turns, and after each text that was not taken", () => {
  const able = withFunctions();
  let state = atWork(planned(), able);
  const said: string[] = [];
  for (let number = 1; number <= 5; number++) {
    state = defined(state, { "src/a.ts": ["a"] }, able);
    for (let times = 0; times < 3; times++) {
      state = settled(state, able);
      const turn = Object.values(state.turns.open)[0]!;
      said.push(`${number} ${turn.calls[0]?.name} ${stepOf(state, able, turn).form}`);
      if (times < 2) {
        state = after(state, { type: "call_refused", turn: turn.id, name: "rewrite_function", reason: "the same" });
      }
    }
    state = settled(after(state, ...over(state, "refuted")), able);
  }
  assert.deepEqual(said, [
    "1 rewrite_function repair",
    "1 rewrite_function anew",
    "1 rewrite_function repair",
    "2 rewrite_function anew",
    "2 rewrite_function repair",
    "2 rewrite_function anew",
    "3 rewrite_function anew",
    "3 rewrite_function repair",
    "3 rewrite_function anew",
    "4 rewrite_file repair",
    "4 rewrite_file repair",
    "4 rewrite_file repair",
    "5 rewrite_function repair",
    "5 rewrite_function anew",
    "5 rewrite_function repair",
  ]);
});

Deno.test("attempts are counted anew from one that was kept: the round of forms begins again", () => {
  const able = withFunctions();
  let state = atWork(planned(["t: a", "t: b"]), able);
  const forms: unknown[] = [];
  for (const verdict of ["refuted", "kept", "refuted", "refuted", "refuted", "refuted"] as const) {
    state = settled(defined(state, { "src/a.ts": ["a"] }, able), able);
    forms.push(Object.values(state.turns.open)[0]!.calls[0]?.name);
    state = settled(after(state, ...over(state, verdict)), able);
  }
  const [byFunction, whole] = ["rewrite_function", "rewrite_file"];
  assert.deepEqual(forms, [byFunction, byFunction, byFunction, byFunction, byFunction, whole]);
});

Deno.test("a model that may do more than one thing, or is large, decides", () => {
  const state = prepared(atWork(planned()), FILES);
  const [turn] = Object.values(state.turns.open);
  assert.equal(stepOf(state, registry, turn!).given?.name, "rewrite_file");
  assert.equal(stepOf(state, largeCrew(), turn!).given, null);
  const free = prepared(atWork(planned([])), FILES);
  assert.equal(stepOf(free, registry, Object.values(free.turns.open)[0]!).given, null);
});

Deno.test("a model that chose a function is asked for it in another way before it tries another, and later for one that was not tried", () => {
  const text = "function a() {\n  return 2;\n}\n\nfunction b() {\n  return 3;\n}";
  const able = withFunctions();
  const shown = (state: State) => settled(defined(state, { "src/a.ts": ["a", "b"] }, able, text), able);
  const turnOf = (state: State) => Object.values(state.turns.open)[0]!;
  let state = shown(atWork(planned(), able));
  assert.equal(stepOf(state, able, turnOf(state)).given, null, "there are two: the model decides");
  state = replied(state, [{ name: "rewrite_function", arguments: { path: "src/a.ts", function: "b" } }], able);
  state = settled(
    after(state, { type: "call_refused", turn: turnOf(state).id, name: "rewrite_function", reason: "the same" }),
    able,
  );
  assert.deepEqual(turnOf(state).calls[0]?.arguments, { path: "src/a.ts", function: "b" });
  const fails = (name: string) => {
    assert.deepEqual(turnOf(state).calls[0]?.arguments, { path: "src/a.ts", function: name });
    state = after(state, {
      type: "call_refused",
      turn: turnOf(state).id,
      name: "rewrite_function",
      reason: "the same",
    });
    state = shown(settled(after(state, ...over(state, "refuted")), able));
  };
  state = shown(settled(after(state, ...over(state, "refuted")), able));
  assert.equal(stepOf(state, able, turnOf(state)).form, "anew", "what was chosen first is the likeliest: once more");
  fails("b");
  assert.deepEqual(stepOf(state, able, turnOf(state)).pieces, { "src/a.ts": ["a"] });
  assert.equal(stepOf(state, able, turnOf(state)).form, "repair", "a function that was not tried is repaired first");
  fails("a");
  assert.deepEqual(stepOf(state, able, turnOf(state)).pieces, { "src/a.ts": ["a"] });
});

Deno.test("of the functions of its file a small model repairs those to which the failing tests lead", () => {
  const text = "function a() {\n  return 2;\n}\n\nfunction b() {\n  return 3;\n}";
  const able = withFunctions();
  const state = defined(atWork(planned(), able), { "src/a.ts": ["a", "b"] }, able, text);
  const [turn] = Object.values(state.turns.open);
  const leading = (...reached: string[]) => ({ ...turn!, prepared: { ...turn!.prepared!, reached } });
  assert.deepEqual(stepOf(state, able, leading("b")).given?.arguments, { path: "src/a.ts", function: "b" });
  assert.deepEqual(stepOf(state, able, leading("b")).pieces, { "src/a.ts": ["b"] });
  for (const all of [leading("a", "b"), leading()]) {
    assert.equal(stepOf(state, able, all).given, null, "there are two: the model decides");
    assert.deepEqual(stepOf(state, able, all).pieces, { "src/a.ts": ["a", "b"] });
  }
});

Deno.test("a function whose new text had something pass that failed is tried once more than others, and before them", () => {
  const text = "function a() {\n  return 2;\n}\n\nfunction b() {\n  return 3;\n}";
  const able = withFunctions();
  const shown = (state: State) => defined(state, { "src/a.ts": ["a", "b"] }, able, text);
  const first = shown(atWork(planned(), able));
  const once = settled(
    after(checked(first, [{ ...FAILING[0]!, passed: true }, FAILING[1]!]), ...over(first, "refuted")),
    able,
  );
  const [helping] = attemptsAt(once, "T1");
  assert.equal(helping?.helped, true, "t: a passes");
  const inVain = settled(after(checked(first, FAILING), ...over(first, "refuted")), able);
  assert.equal(attemptsAt(inVain, "T1")[0]?.helped, undefined);
  const state = shown(once);
  const piece = pieceOf({ arguments: { path: "src/a.ts", function: "b" } })!;
  const left = (tries: number, helped: true | undefined) => {
    const past = Array.from({ length: tries }, () => ({ ...helping!, helped, pieces: [piece] }) as PastAttempt);
    const open = Object.entries(state.attempts.open).map(([key, one]) => [key, { ...one, pastBefore: tries }]);
    const attempts = { open: Object.fromEntries(open), past: bucketsOf({ T1: past }) };
    return stepOf({ ...state, attempts }, able, Object.values(state.turns.open)[0]!).pieces?.["src/a.ts"];
  };
  assert.deepEqual([1, 2, 3].map((tries) => left(tries, true)), [["b", "a"], ["b", "a"], ["a"]]);
  assert.deepEqual([1, 2].map((tries) => left(tries, undefined)), [["a", "b"], ["a"]]);
});

Deno.test("a function that stands whole in what is shown is asked for by itself, also where the rest of its file is not shown", () => {
  const text = "function a() {\n  return 2;\n}";
  const able = withFunctions();
  const state = settled(defined(atWork(planned(), able), { "src/a.ts": ["a"] }, able, text), able);
  const [turn] = Object.values(state.turns.open);
  const [file] = turn!.prepared!.texts;
  const part = { ...file!, from: 200, to: 202, lines: 900 };
  const shown = (definitions: Record<string, string[]>) => ({
    ...turn!,
    prepared: { ...turn!.prepared!, texts: [part], definitions },
  });
  assert.equal(turn!.calls[0]?.name, "rewrite_function");
  assert.equal(stepOf(state, able, shown({ "src/a.ts": ["a"] })).form, "repair");
  assert.equal(stepOf(state, able, shown({ "src/a.ts": ["b"] })).form, null, "of that one a part is left out");
  const whole = { ...turn!.calls[0]!, name: "rewrite_file", arguments: { path: "src/a.ts" } };
  assert.equal(stepOf(state, able, { ...shown({ "src/a.ts": ["a"] }), calls: [whole] }).form, null);
});

Deno.test("a file that no rule lets a small model write is no call that is given: the model decides", () => {
  const state = atRepair();
  const [turn] = Object.values(state.turns.open);
  const fresh = { ...turn!, calls: [], exchange: [] };
  assert.equal(stepOf(state, able, fresh).given?.name, "rewrite_function");
  const guarded = { ...able, rules: [() => ({ verdict: "refuse" as const, reason: "not this one" })] };
  assert.equal(stepOf(state, guarded, fresh).given, null);
  assert.ok(stepOf(state, guarded, fresh).legal.includes("read_file"));
  const throwing = () => {
    throw new TypeError("old_text is missing");
  };
  const picky = { ...able, rules: [throwing] };
  assert.equal(
    stepOf(state, picky, fresh).given?.name,
    "rewrite_function",
    "a rule that throws judges the whole call later",
  );
});
