import assert from "node:assert/strict";
import { looksElsewhere, ordinalOf, piecesFor } from "../../src/strategies/attempt_scope.ts";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { Registry } from "../../src/features/registry.ts";
import { givenCall, repairForm } from "../../src/strategies/repair.ts";
import type { State } from "../../src/features/state.ts";
import { crew, largeCrew } from "../laws/crew.ts";
import { after, checked, prepared, replied, result, settled, started, task } from "./given.ts";
import { askOf, atWork, FAILING, FILES, over, planned, registry, textFor, WRITTEN } from "./given_attempt.ts";

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
  assert.equal(state.attempt?.number, 10, "four since the one that was kept");
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
  assert.equal(repairForm(state, registry, turn!), null);
  const [part] = turn!.prepared!.texts;
  const end = { ...turn!, prepared: { ...turn!.prepared!, texts: [{ ...part!, from: 400, to: 500 }] } };
  assert.equal(repairForm(state, registry, end), null, "the end of a file is not the whole");
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
  assert.deepEqual(wrote.attempt?.writes.map(({ path }) => path), ["src/a.ts", "src/a.ts", "new.txt"]);
  assert.ok("mine.txt" in wrote.files.byPath, "undoing the run knows it all the same");
});

Deno.test("an attempt after one that found nothing to change looks at what the task's file uses", () => {
  let state = atWork(planned());
  const [first] = Object.values(state.turns.open);
  state = settled(after(state, { type: "turn_closed", id: first!.id, ending: "capped", text: "nothing changed" }));
  assert.equal(state.attempt?.number, 2);
  const message = state.messages.list.at(-1)?.text ?? "";
  assert.match(message, /Changes of src\/a\.ts did not help: the fault may be in what it uses/);
  assert.equal(looksElsewhere(state), true);
  const [second] = Object.values(state.turns.open);
  const third = settled(after(state, { type: "turn_closed", id: second!.id, ending: "capped", text: "nothing" }));
  assert.equal(looksElsewhere(third), false, "by turns");
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
  const turn = { ...first!, exchange: [asked, asked] };
  state = { ...state, turns: { [turn.id]: turn } };
  assert.ok(!askOf(state).legal.includes("ask_specialist"));
  const third = replied(state, [{ name: "ask_specialist", arguments: { role: "analysis", question: "And?" } }]);
  const refused = due(third, registry, third.at).facts[0];
  assert.ok(refused?.type === "call_refused");
  assert.match(refused.reason, /called 2 times in this turn/);
});

/** The crew with a tool that writes one function anew. */
function withFunctions(): Registry {
  const tools = { ...registry.tools, rewrite_function: { ...registry.tools.rewrite_file!, name: "rewrite_function" } };
  const roles = Object.fromEntries(
    Object.entries(registry.roles).map(([name, one]) => [
      name,
      one.tools.includes("rewrite_file") ? { ...one, tools: [...one.tools, "rewrite_function"] } : one,
    ]),
  );
  return { ...registry, tools, roles };
}

Deno.test("the call that is given writes the task's file, and what that uses after an attempt that found nothing there", () => {
  const able = withFunctions();
  let state = atWork(planned(), able);
  const given: unknown[] = [];
  for (let number = 1; number <= 2; number++) {
    const effect = due(state, able, state.at).effects.find((one) => one.kind === "prepare");
    const text = { text: { text: "x", chars: 1 }, lines: 1, from: 1, to: 1 };
    state = settled(
      after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, {
        type: "effect_finished",
        key: effect!.key,
        result: {
          kind: "prepare",
          files: ["src/a.ts", "src/b.ts"],
          texts: ["src/a.ts", "src/b.ts"].map((path) => ({ path, ...text })),
          changes: null,
          definitions: { "src/a.ts": ["a"], "src/b.ts": ["b"] },
        },
      }),
      able,
    );
    const turn = Object.values(state.turns.open)[0]!;
    given.push(turn.calls[0]?.arguments);
    state = settled(after(state, { type: "turn_closed", id: turn.id, ending: "capped", text: "nothing" }), able);
  }
  assert.deepEqual(given, [{ path: "src/a.ts", function: "a" }, { path: "src/b.ts", function: "b" }]);
});

Deno.test("a small model repairs a function as it stands and anew by turns, and after each text that was not taken", () => {
  const texts = [{
    path: "src/a.ts",
    text: { text: "function a() {\n  return 2;\n}", chars: 30 },
    lines: 3,
    from: 1,
    to: 3,
  }];
  const able = withFunctions();
  let state = atWork(planned(), able);
  const said: string[] = [];
  for (let number = 1; number <= 5; number++) {
    const effect = due(state, able, state.at).effects.find((one) => one.kind === "prepare");
    state = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, {
      type: "effect_finished",
      key: effect!.key,
      result: { kind: "prepare", files: ["src/a.ts"], texts, changes: null, definitions: { "src/a.ts": ["a"] } },
    });
    for (let times = 0; times < 3; times++) {
      state = settled(state, able);
      const turn = Object.values(state.turns.open)[0]!;
      said.push(`${number} ${turn.calls[0]?.name} ${repairForm(state, able, turn)}`);
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

Deno.test("attempts are counted anew from one that was kept", () => {
  let state = atWork(planned(["t: a", "t: b"]));
  assert.equal(ordinalOf(state), 1);
  state = settled(after(state, ...over(state, "refuted")));
  assert.equal(ordinalOf(state), 2);
  state = settled(after(state, ...over(state, "kept")));
  assert.deepEqual([state.attempt?.number, ordinalOf(state)], [3, 1]);
});

Deno.test("a model that may do more than one thing, or is large, decides", () => {
  const state = prepared(atWork(planned()), FILES);
  const [turn] = Object.values(state.turns.open);
  assert.equal(givenCall(state, registry, turn!)?.name, "rewrite_file");
  assert.equal(givenCall(state, largeCrew(), turn!), null);
  const free = prepared(atWork(planned([])), FILES);
  assert.equal(givenCall(free, registry, Object.values(free.turns.open)[0]!), null);
});

Deno.test("a model that chose a function is asked for it in another way before it tries another, and later for one that was not tried", () => {
  const text = "function a() {\n  return 2;\n}\n\nfunction b() {\n  return 3;\n}";
  const texts = [{ path: "src/a.ts", text: { text, chars: text.length }, lines: 7, from: 1, to: 7 }];
  const tools = { ...registry.tools, rewrite_function: { ...registry.tools.rewrite_file!, name: "rewrite_function" } };
  const roles = Object.fromEntries(
    Object.entries(registry.roles).map(([name, one]) => [
      name,
      one.tools.includes("rewrite_file") ? { ...one, tools: [...one.tools, "rewrite_function"] } : one,
    ]),
  );
  const able: Registry = { ...registry, tools, roles };
  const shown = (state: State): State => {
    const effect = due(state, able, state.at).effects.find((one) => one.kind === "prepare");
    return settled(
      after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, {
        type: "effect_finished",
        key: effect!.key,
        result: { kind: "prepare", files: ["src/a.ts"], texts, changes: null, definitions: { "src/a.ts": ["a", "b"] } },
      }),
      able,
    );
  };
  const turnOf = (state: State) => Object.values(state.turns.open)[0]!;
  let state = shown(atWork(planned(), able));
  assert.equal(givenCall(state, able, turnOf(state)), null, "there are two: the model decides");
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
  assert.equal(repairForm(state, able, turnOf(state)), "anew", "what was chosen first is the likeliest: once more");
  fails("b");
  assert.deepEqual(piecesFor(state, turnOf(state)), { "src/a.ts": ["a"] });
  assert.equal(repairForm(state, able, turnOf(state)), "repair", "a function that was not tried is repaired first");
  fails("a");
  assert.deepEqual(piecesFor(state, turnOf(state)), { "src/a.ts": ["a"] });
});
