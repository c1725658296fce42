import { attemptAtWork } from "../../src/features/attempts/slice.ts";
import assert from "node:assert/strict";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import { crew, largeCrew } from "../laws/crew.ts";
import { after, checked, prepared, replied, result, settled, started, task, withTurn } from "../given/given.ts";
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
  WRITTEN,
} from "../given/given_attempt.ts";

Deno.test("a task whose checks pass already goes to review without a model", () => {
  const green = checked(planned(), [result("t: a", true), result("t: b", false)]);
  const state = atWork(green);
  assert.equal(state.tasks.list[0]?.status, "in_review");
  assert.equal(state.tasks.list[0]?.reason, "its checks pass already");
  assert.equal(state.turns.count, 0);
});

Deno.test("an attempt is a failure under the name of its verdict; documents with nothing to change are none", () => {
  const closing = (kind: "work" | "documentation", verdict: "refuted" | "empty" | "failed") => {
    const some = after(started(), { type: "tasks_planned", tasks: [task({ kind })], refused: [], by: "rules" });
    const close: Fact = { type: "attempt_closed", task: "T1", number: 1, verdict, passed: [], broke: [], summary: "" };
    return after(some, close).failures.map(({ failure }) => failure);
  };
  assert.deepEqual(closing("work", "refuted"), ["refuted"]);
  assert.deepEqual(closing("work", "empty"), ["empty"]);
  assert.deepEqual(closing("documentation", "failed"), ["failed"]);
  assert.deepEqual(closing("documentation", "empty"), []);
});

Deno.test("attempts are counted from the last that helped, so that progress never ends for their number", () => {
  const two = ["t: a", "t: b"];
  let state = atWork(planned(two));
  const verdicts = [
    "refuted",
    "refuted",
    "refuted",
    "refuted",
    "kept",
    "refuted",
    "refuted",
    "refuted",
    "refuted",
  ] as const;
  for (const verdict of verdicts) state = settled(after(state, ...over(state, verdict)));
  assert.equal(attemptAtWork(state)?.number, 10, "four since the one that was kept");
  state = settled(after(state, ...over(state, "refuted")));
  assert.equal(state.tasks.list[0]?.status, "parked");
  assert.match(state.tasks.list[0]?.reason ?? "", /5 attempts after the last that helped did not do it/);
});

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

Deno.test("a tool that was called twice in a row with the same arguments is not legal at the next ask", () => {
  let state = prepared(atWork(planned([])), FILES);
  for (let times = 0; times < 2; times++) {
    assert.ok(askOf(state).legal.includes("search_code"));
    state = replied(state, [{ name: "search_code", arguments: { pattern: "a" } }]);
    const tool = due(state, registry, state.at).effects[0];
    assert.equal(tool?.kind, "tool");
    state = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) }, {
      type: "effect_finished",
      key: tool!.key,
      result: { kind: "tool", text: { text: "src/a.ts:1", chars: 10 }, outcome: null, ms: 1 },
    });
  }
  assert.ok(!askOf(state).legal.includes("search_code"));
  assert.ok(askOf(state).legal.includes("read_file"));
});

Deno.test("an attempt executes the checks only after something was written", () => {
  const fresh = prepared(atWork(planned([])), FILES);
  assert.ok(!askOf(fresh).legal.includes("run_checks"));
  const [turn] = Object.values(fresh.turns.open);
  const wrote = after(
    fresh,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key: "w",
        turn: turn!.id,
        role: turn!.role,
        access: "writes",
        call: { name: "rewrite_file", arguments: { path: "src/a.ts" } },
      },
    },
    {
      type: "write_opened",
      key: "w",
      write: WRITTEN,
    },
    { type: "write_closed", key: "w", write: WRITTEN, done: true },
    {
      type: "effect_finished",
      key: "w",
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
  );
  assert.ok(askOf(wrote).legal.includes("run_checks"));
});

Deno.test("a task that no failing check is known of is shown the files of all that fail", () => {
  const effect = due(atWork(planned([], null)), registry, 9).effects.find((one) => one.kind === "prepare");
  assert.deepEqual(effect?.kind === "prepare" && effect.paths, ["tests/a_test.ts", "src/a.ts"]);
});

Deno.test("a call that the rules refuse is refused before its text is asked for", () => {
  const state = replied(prepared(atWork(planned([])), FILES), [{
    name: "rewrite_file",
    arguments: { path: "src/a.ts" },
  }]);
  const guarded = { ...registry, rules: [() => ({ verdict: "refuse" as const, reason: "not this one" })] };
  const owed = due(state, guarded, state.at);
  assert.deepEqual(owed.effects, []);
  assert.ok(owed.facts[0]?.type === "call_refused" && owed.facts[0].reason === "not this one");
  assert.equal(askOf(state).purpose, "text");
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
  return after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, {
    type: "effect_finished",
    key: effect!.key,
    result: { kind: "prepare", files: ["src/a.ts"], texts: [part(1, 3, 90), part(400, 460, 9_000)], changes: null },
  });
}

Deno.test("the text of a call has room for all that was shown of its file, and for more where only parts were", () => {
  const parts = replied(shownInParts(atWork(planned())), [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }]);
  assert.equal(askOf(parts).purpose, "text");
  assert.equal(askOf(parts).answerLimit, 9_090 / 3 * 1.5 + 300);
  const whole = settled(prepared(atWork(planned()), FILES));
  assert.ok(askOf(whole).answerLimit < 400, "a stuck model must not fill more than a short file needs");
});

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

Deno.test("the claim of a small reviewer does not stand for a check that does not pass", () => {
  const reviewed = (checks: readonly string[]) => {
    let state = after(
      checked(planned(checks), [result("t: a", true), result("t: c", true)]),
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T1", status: "in_review", reason: "" },
      { type: "phase_changed", phase: "qa", reason: "", by: "rules" },
    );
    state = prepared(atWork(state), FILES);
    state = replied(state, [{ name: "report_issue", arguments: { description: "It may be slow" } }]);
    const tool = due(state, registry, state.at).effects[0];
    return settled(
      after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) }, {
        type: "effect_finished",
        key: tool!.key,
        result: {
          kind: "tool",
          text: { text: "Reported", chars: 8 },
          outcome: { kind: "issue_reported", severity: "low", description: "It may be slow" },
          ms: 1,
        },
      }),
    );
  };
  const proven = reviewed(["t: a"]).tasks.list;
  assert.deepEqual(proven.map(({ kind, status }) => [kind, status]), [["work", "done"], ["issue", "dropped"]]);
  const missing = reviewed(["t: a", "t: b"]).tasks.list;
  assert.deepEqual(missing.map(({ kind, status }) => [kind, status]), [["work", "in_review"], ["issue", "ready"]]);
});

Deno.test("writes that fail are tried warmer with another seed, and three in a row end the attempt", () => {
  let state = settled(prepared(atWork(planned()), FILES));
  assert.equal(askOf(state).temperature, 0);
  const seeds = new Set<number>();
  for (let times = 0; times < 3; times++) {
    const text = askOf(state);
    seeds.add(text.seed);
    state = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(text)) }, textFor(text.key));
    const tool = due(state, registry, state.at).effects[0];
    assert.equal(tool?.kind, "tool");
    state = after(
      state,
      { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) },
      { type: "effect_failed", key: tool!.key, failure: "tool_error", text: "nothing was changed", ms: 1 },
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

Deno.test("checks of which one hung are no slow ones: the next write is checked at once", () => {
  const begun = planned();
  const hung = after(
    begun,
    { type: "effect_opened", effect: { kind: "check", key: "h", cause: "test" } },
    {
      type: "effect_finished",
      key: "h",
      result: {
        kind: "check",
        results: FAILING,
        commands: ["npm test"],
        output: { text: "", chars: 0 },
        ms: 120_000,
        hung: true,
      },
    },
  );
  const state = settled(prepared(atWork(hung), FILES));
  const text = askOf(state);
  const called = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(text)) }, textFor(text.key));
  const tool = due(called, registry, called.at).effects[0];
  const written = after(
    called,
    { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) },
    { type: "write_opened", key: tool!.key, write: WRITTEN },
    { type: "write_closed", key: tool!.key, write: WRITTEN, done: true },
    {
      type: "effect_finished",
      key: tool!.key,
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
  );
  assert.deepEqual(due(written, registry, written.at).effects.map(({ kind }) => kind), ["check"]);
});

Deno.test("the text of the last call that the steps allow may come, and a reply full of calls gets no further", () => {
  const short = crew({ steps: 1 });
  const call = { name: "rewrite_file", arguments: { path: "src/a.ts" } };
  let state = replied(prepared(atWork(planned([]), short), FILES, short), [call, call], short);
  const text = due(state, short, state.at).effects[0];
  assert.ok(text?.kind === "ask" && text.purpose === "text");
  state = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(text)) }, textFor(text.key));
  const tool = due(state, short, state.at).effects[0];
  assert.equal(tool?.kind, "tool");
  state = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) }, {
    type: "effect_finished",
    key: tool!.key,
    result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
  });
  const closed = due(state, short, state.at).facts[0];
  assert.ok(closed?.type === "turn_closed" && closed.ending === "capped");
  assert.match(closed.text, /No closing tool was called in 2 replies/);
});

Deno.test("what a check writes into an attempt's own or a new file is the attempt's, what else changed meanwhile is not", () => {
  const write = (path: string, before: string | null) => ({
    path,
    before,
    after: "h",
    modeBefore: before === null ? null : 420,
    modeAfter: 420,
    createdFolders: [],
  });
  const state = prepared(atWork(planned()), FILES);
  const [turn] = Object.values(state.turns.open);
  const effect = {
    kind: "tool" as const,
    key: "k",
    turn: turn!.id,
    role: "coding",
    access: "writes" as const,
    call: { name: "rewrite_file", arguments: { path: "src/a.ts" } },
  };
  const wrote = after(
    state,
    { type: "effect_opened", effect },
    { type: "write_closed", key: "k", write: write("src/a.ts", "g"), done: true },
    {
      type: "effect_finished",
      key: "k",
      result: { kind: "tool", text: { text: "ok", chars: 2 }, outcome: null, ms: 1 },
    },
    { type: "effect_opened", effect: { kind: "check", key: "c", cause: "T1.1" } },
    {
      type: "command_closed",
      key: "c",
      writes: [write("src/a.ts", "h"), write("new.txt", null), write("mine.txt", "m")],
      excepted: [],
    },
  );
  assert.deepEqual(attemptAtWork(wrote)?.writes.map(({ path }) => path), ["src/a.ts", "src/a.ts", "new.txt"]);
  assert.ok("mine.txt" in wrote.files.byPath, "undoing the run knows it all the same");
});

Deno.test("an attempt after one that found nothing to change looks at what the task's file uses", () => {
  let state = atWork(planned());
  const [first] = Object.values(state.turns.open);
  state = settled(after(state, { type: "turn_closed", id: first!.id, ending: "capped", text: "nothing changed" }));
  assert.equal(attemptAtWork(state)?.number, 2);
  const message = state.messages.list.at(-1)?.text ?? "";
  assert.match(message, /Changes of src\/a\.ts did not help: the fault may be in what it uses/);
  assert.equal(attemptAtWork(state)?.elsewhere, true);
  const [second] = Object.values(state.turns.open);
  const third = settled(after(state, { type: "turn_closed", id: second!.id, ending: "capped", text: "nothing" }));
  assert.equal(attemptAtWork(third)?.elsewhere, false, "by turns");
});

Deno.test("a turn whose calls fail eight times in a row is over", () => {
  let state = prepared(atWork(planned([])), FILES);
  for (let times = 0; times < 8; times++) {
    state = replied(state, [{ name: "read_file", arguments: { path: `missing${times}.ts` } }]);
    const tool = due(state, registry, state.at).effects[0];
    state = after(
      state,
      { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) },
      { type: "effect_failed", key: tool!.key, failure: "tool_error", text: "There is no such file.", ms: 1 },
    );
  }
  const closed = due(state, registry, state.at).facts[0];
  assert.ok(closed?.type === "turn_closed" && closed.ending === "capped");
  assert.match(closed.text, /8 calls in a row failed; the last: .*no such file/);
});

Deno.test("a turn asks two questions of others and no third, by the schema and by refusal", () => {
  let state = prepared(atWork(planned([])), FILES);
  const [first] = Object.values(state.turns.open);
  const asked = { from: "tool" as const, name: "ask_specialist", ok: true, text: { text: "Asked", chars: 5 } };
  assert.ok(askOf(state).legal.includes("ask_specialist"));
  state = withTurn(state, { ...first!, exchange: [asked, asked] });
  assert.ok(!askOf(state).legal.includes("ask_specialist"));
  const third = replied(state, [{ name: "ask_specialist", arguments: { role: "analysis", question: "And?" } }]);
  const refused = due(third, registry, third.at).facts[0];
  assert.ok(refused?.type === "call_refused");
  assert.match(refused.reason, /called 2 times in this turn/);
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
    "1 rewrite_function repair",
    "1 rewrite_function anew",
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
    "5 rewrite_function repair",
    "5 rewrite_function anew",
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
