import { bucketsOf } from "../buckets_of.ts";
import assert from "node:assert/strict";
import { openAttempt } from "../../../src/features/attempts/open_attempt.ts";
import type { CheckFact } from "../../../src/effects/check/check_effect.ts";
import { pieceOf } from "../../../src/features/attempts/piece.ts";
import { stepOf } from "../../../src/features/attempts/strategy_of.ts";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import type { Turn } from "../../../src/features/turns/slice.ts";
import { due } from "../../../src/kernel/due.ts";
import { BUILT_IN } from "../../../src/plugin/built_in.ts";
import { attemptAtWork } from "../../given/attempt_at_work.ts";
import { after, checked, CONTINUED, opening, result, settled, started, wished } from "../../given/given.ts";
import { defined, planned, textFor, withFunctions } from "../../given/given_attempt.ts";
import { crew } from "../../laws/crew.ts";

/** A crew whose roles all have the models of one list. */
function played(...models: readonly string[]): Registry {
  const base = crew();
  const roles = Object.entries(base.roles).map(([name, role]) => [name, { ...role, models: [...models] }]);
  return { ...base, strategies: BUILT_IN.strategies, roles: Object.fromEntries(roles) };
}

const SMALL = played("qwen2.5-coder:1.5b");
const FAILING = [result("t: a", false, ["tests/a_test.ts", "src/a.ts"]), result("t: b", true)];

const begun = (registry: Registry, checks: readonly CheckFact[] = FAILING): State =>
  settled(started({}, checks, registry), registry);

const asks = (state: State, registry: Registry) =>
  due(state, registry, state.at).effects.flatMap((effect) => effect.kind === "ask" ? [effect.purpose] : []);

/** Who planned, how many tasks. */
const planOf = ({ tasks, decisions }: State) => [tasks.list.length, decisions.past.at(0)?.by];

Deno.test("one small model with checks that name their files is asked for neither decision nor plan: the first thing is an attempt", () => {
  const state = begun(SMALL);
  assert.deepEqual(planOf(state), [1, "rules"]);
  assert.deepEqual(state.tasks.list.map(({ target, checks }) => [target, checks]), [["src/a.ts", ["t: a"]]]);
  assert.equal(Object.values(state.turns.open)[0]?.purpose, "work");
});

Deno.test("a crew of two models, one of a larger model, and one whose size nobody knows are asked as ever", () => {
  const base = played("qwen2.5-coder:1.5b");
  const two: Registry = {
    ...base,
    roles: { ...base.roles, reasoning: { ...base.roles.reasoning!, models: ["qwen2.5:3b"] } },
  };
  for (const registry of [two, played("qwen2.5-coder:14b"), played("somebody")]) {
    assert.deepEqual(asks(begun(registry), registry), ["decide"]);
  }
});

Deno.test("without a failing check that names its file a small model is asked for a plan, and words of the person reach it", () => {
  for (const checks of [[], [result("t: a", false)]]) {
    const state = begun(SMALL, checks);
    assert.equal(Object.values(state.turns.open)[0]?.purpose, "plan");
  }
  const said = settled(wished(begun(SMALL), { kind: "say", to: "arbiter", text: "Why?" }), SMALL);
  assert.ok(asks(said, SMALL).includes("decide"));
});

Deno.test("work of one small model that its checks show is not reviewed by the model that wrote it", () => {
  const review = (checks: readonly string[]) =>
    settled(
      after(
        checked(planned(checks), [result("t: a", true), result("t: b", true)]),
        { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
        { type: "task_changed", id: "T1", status: "in_review", reason: "" },
        { type: "phase_changed", phase: "qa", reason: "", by: "rules" },
      ),
      SMALL,
    );
  const shown = review(["t: a"]);
  assert.deepEqual(shown.tasks.list.map(({ status }) => status), ["done"]);
  assert.match(shown.tasks.list[0]!.reason, /would review its own work/);
  assert.equal(Object.keys(shown.turns.open).length, 0);
  const unshown = review([]);
  assert.deepEqual(Object.values(unshown.turns.open).map(({ purpose }) => purpose), ["review"]);
});

/** The texts that a crew asks for while each is what stands there already, by attempt and tool, and the state after that. */
function inVain(registry: Registry): { readonly texts: readonly string[]; readonly state: State } {
  const able = withFunctions(registry);
  let state = settled(after(planned(["t: a", "t: b"]), CONTINUED), able);
  const texts: string[] = [];
  for (let steps = 0; steps < 40; steps++) {
    const [owed] = due(state, able, state.at).effects;
    if (owed?.kind === "prepare") state = defined(state, { "src/a.ts": ["a"] }, able);
    else if (owed?.kind === "ask" && owed.purpose === "text") {
      texts.push(`${attemptAtWork(state)?.number} ${Object.values(state.turns.open)[0]?.calls[0]?.name}`);
      state = after(state, opening(owed), textFor(owed.key));
    } else if (owed?.kind === "tool") {
      const text = `nothing was changed at ${texts.length}`;
      state = after(state, opening(owed), { type: "effect_failed", key: owed.key, failure: "tool_error", text, ms: 1 });
    } else break;
    state = settled(state, able);
  }
  return { texts, state };
}

Deno.test("a lone small model is asked again for the function whose new text helped, then for those that it was not asked for", () => {
  const able = withFunctions(SMALL);
  const code = "function a() {\n  return 2;\n}\n\nfunction b() {\n  return 3;\n}";
  const begun = settled(after(planned(["t: a"]), CONTINUED), able);
  const shown = defined(begun, { "src/a.ts": ["a", "b"] }, able, code);
  const [turn] = Object.values(shown.turns.open);
  const attempt = attemptAtWork(shown)!;
  const over = { number: 1, role: "coding", verdict: "refuted", seq: 0, summary: "", writes: [], texts: 1 } as const;
  const next = (piece: string, helped: true | undefined) => {
    const pieces = [pieceOf({ arguments: { path: "src/a.ts", function: piece } })!];
    const past = bucketsOf({ T1: [{ ...over, pieces, ...(helped === true ? { helped } : {}) }] });
    const attempts = { open: { "T1.1": { ...attempt, pastBefore: 1 } }, past };
    const leading = { ...turn!, calls: [], prepared: { ...turn!.prepared!, reached: ["a", "b"] } };
    return stepOf({ ...shown, attempts }, able, leading).given?.arguments.function;
  };
  assert.deepEqual([next("a", undefined), next("b", undefined)], ["b", "a"]);
  assert.deepEqual([next("a", true), next("b", true)], ["a", "b"]);
});

Deno.test("a lone small model that races with itself is asked for something else in each seat", () => {
  const able = withFunctions(SMALL);
  const code = "function a() {\n  return 2;\n}\n\nfunction b() {\n  return 3;\n}";
  const shown = defined(settled(after(planned(["t: a"]), CONTINUED), able), { "src/a.ts": ["a", "b"] }, able, code);
  const [first] = Object.values(shown.turns.open);
  const attempt = attemptAtWork(shown)!;
  const asked = (name: string) => ({ name: "rewrite_function", arguments: { path: "src/a.ts", function: name } });
  const whole = { name: "rewrite_file", arguments: { path: "src/a.ts" } };
  const prepared = { ...first!.prepared!, reached: ["a", "b"] };
  const second = { ...first!, id: "t2", attempt: "T1.2", calls: [], prepared };
  const over = { number: 1, role: "coding", verdict: "refuted", seq: 0, summary: "", writes: [], texts: 1 } as const;
  const next = (beside: Partial<Turn>, task = attempt.task, tried: readonly string[] = [], texts = 1) => {
    const pieces = tried.map((name) => pieceOf(asked(name))!);
    const past = tried.length === 0 ? shown.attempts.past : bucketsOf({ [attempt.task]: [{ ...over, pieces, texts }] });
    const before = { pastBefore: Math.min(1, tried.length) };
    const open = { "T1.1": { ...attempt, task }, "T1.2": { ...attempt, ...before, number: 2 } };
    const turns = { ...shown.turns, open: { [first!.id]: { ...first!, calls: [], ...beside }, t2: second } };
    const state = { ...shown, turns, attempts: { ...shown.attempts, open, past } };
    const { given } = stepOf(state, able, second);
    return given?.name === whole.name ? given.name : given?.arguments.function;
  };
  const told = { from: "model" as const, text: "", calls: [asked("a")] };
  assert.deepEqual([next({}), next({ calls: [asked("a")] }), next({ calls: [asked("b")] })], ["a", "b", "a"]);
  assert.equal(next({ exchange: [told as never] }), "b", "it was asked for it before in its turn");
  assert.equal(next({ calls: [asked("a")] }, "T2"), "a", "another task is no race");
  assert.equal(next({ calls: [asked("a")] }, attempt.task, ["a", "b"]), "a", "both were tried: the likeliest is again");
  assert.equal(next({ calls: [asked("a")] }, attempt.task, ["a", "b"], 3), whole.name, "the file has its try");
  assert.equal(next({ calls: [whole] }, attempt.task, ["a", "b"], 3), "a", "the other seat is asked for the file");
  assert.equal(next({ calls: [whole] }, "T2", ["a", "b"], 3), whole.name);
});

Deno.test("a lone small model that repairs nothing is asked for six texts at most, two an attempt, and nobody decides after that", () => {
  const { texts, state } = inVain(SMALL);
  const [byFunction, whole] = ["rewrite_function", "rewrite_file"];
  assert.deepEqual(texts, [
    ...[1, 1, 2, 2].map((number) => `${number} ${byFunction}`),
    ...[3, 3].map((number) => `${number} ${whole}`),
  ], "the file has its try: the fault may stand outside of all functions");
  assert.deepEqual(state.tasks.list.map(({ status }) => status), ["parked"]);
  assert.deepEqual(asks(state, SMALL), []);
  assert.equal(state.run.ending?.kind, "failed");
  const { texts: many } = inVain(played("somebody"));
  assert.equal(many.length, 15, "a crew of which nobody knows that it is small makes all of its attempts");
});

Deno.test("what no check shows is not given up for its texts: adding takes one for each definition", () => {
  const last = {
    number: 1,
    role: "coding",
    verdict: "refuted",
    seq: 0,
    summary: "",
    writes: [],
    pieces: [],
    texts: 8,
  } as const;
  const next = (checks: readonly string[]) => {
    const begun = settled(after(planned(checks), CONTINUED), SMALL);
    const state = { ...begun, attempts: { open: {}, past: bucketsOf({ T1: [last] }) } };
    const [decision] = Object.values(state.decisions.open);
    const [task] = state.tasks.list;
    return openAttempt(state, SMALL, { ...decision!, attempts: 1 }, task!, null).facts.map(({ type }) => type);
  };
  assert.deepEqual(next([]), ["attempt_opened"]);
  assert.deepEqual(next(["t: a"]), ["task_changed", "decision_closed"]);
});
