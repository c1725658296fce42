import { heldArguments, inventedIn } from "../../src/asks/interpret/held_arguments.ts";
import { flatDeclaration } from "../../src/asks/interpret/flat_declaration.ts";
import type { Meant } from "../../src/effects/ask/ask_effect.ts";
import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import { compose } from "../../src/prompt/compose.ts";
import type { State } from "../../src/features/state.ts";
import { inline } from "../../src/kernel/text.ts";
import { crew } from "../laws/crew.ts";
import { after, started } from "../given/given.ts";

const EXCERPT = "I will call read_file with path src/a.ts now.";

function meant(excerpt: string, ...tools: string[]): Meant {
  return { tools, excerpt, why: "It names them." };
}

/** A specialist's turn that has just said something that holds no call. */
function said(some: { readonly meant?: Meant; readonly interpreter?: string | null; readonly role?: string }): State {
  const role = some.role ?? "coding";
  const model = some.interpreter === undefined ? "interpreter-model" : some.interpreter;
  const begun = after(
    started(),
    { type: "interpreter_changed", host: model === null ? null : "fast", model, reason: "" },
    {
      type: "decision_made",
      id: "d1",
      name: `consult_${role}_specialist`,
      arguments: { query: "What?" },
      reason: "",
      by: "arbiter",
      fingerprint: "f",
    },
    {
      type: "turn_opened",
      id: "t1",
      role,
      message: "m1",
      purpose: "consult",
      tools: ["read_file", "answer", "create_task_plan"],
      temperature: 0,
      seed: 1,
    },
  );
  const prepared = opened(begun, "prepare", (key) => ({
    type: "effect_finished",
    key,
    result: { kind: "prepare", files: ["src/a.ts"], texts: [], changes: null },
  }));
  return opened(prepared, "ask", (key) => reply(key, { fault: "Wanted: a call.", meant: some.meant }));
}

/** The state after the effect of a kind that is due was opened and closed. */
function opened(state: State, kind: string, close: (key: string) => Fact): State {
  const effect = due(state, crew(), state.at).effects.find((one) => one.kind === kind);
  assert.ok(effect !== undefined, `no ${kind} is due`);
  return after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, close(effect.key));
}

function reply(
  key: string,
  some: {
    readonly fault?: string | null;
    readonly meant?: Meant;
    readonly calls?: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[];
    readonly model?: string;
  },
): Fact {
  return {
    type: "effect_finished",
    key,
    result: {
      kind: "ask",
      text: inline(EXCERPT),
      calls: [...some.calls ?? []],
      fault: some.fault ?? null,
      step: "any format",
      content: null,
      ...(some.meant === undefined ? {} : { meant: some.meant }),
      way: "prompted",
      host: "strong",
      model: some.model ?? "coding-model",
      prompt: "blob",
      estimated: 10,
      promptTokens: 10,
      answerTokens: 10,
      proof: "proven",
      endedBy: "stop",
      ms: 1,
      loadMs: null,
    },
  };
}

const told = (state: State) =>
  state.turns.open.t1!.exchange.flatMap((entry) => entry.from === "application" ? [entry.text.text] : []);

Deno.test("a reply that may mean a call goes to the interpreter before its model is told anything", () => {
  const state = said({ meant: meant(EXCERPT, "read_file") });
  assert.deepEqual(told(state), []);
  const [ask] = due(state, crew(), state.at).effects;
  assert.ok(ask?.kind === "ask");
  assert.deepEqual([ask.purpose, ask.role, ask.turn, ask.legal], ["interpret", "interpreter", "t1", ["read_file"]]);
  assert.equal(ask.temperature, 0);
  const { messages } = compose(state, crew(), ask, { way: "native", window: 8192, ratio: 1, declare: () => "" });
  assert.deepEqual(messages.map((one) => one.role), ["system", "user"]);
  assert.match(
    String(messages[1]!.pieces[0]),
    /^Call the one function .*: I will call read_file with path src\/a\.ts now\.$/,
  );
});

Deno.test("the interpreter's call takes the place of the reply, and no fault is counted", () => {
  const call = { name: "read_file", arguments: { path: "src/a.ts" } };
  const state = opened(said({ meant: meant(EXCERPT, "read_file") }), "ask", (key) => reply(key, { calls: [call] }));
  const turn = state.turns.open.t1!;
  assert.deepEqual([turn.calls, turn.faults, turn.unread, told(state)], [[call], 0, null, []]);
  assert.deepEqual(turn.exchange.map((entry) => entry.from === "model" ? entry.calls : entry.from), [[call]]);
  assert.equal(turn.asks, 1, "the interpreter's ask is none of the turn's steps");
  assert.ok(due(state, crew(), state.at).effects.some((one) => one.kind === "tool"));
});

Deno.test("what the interpreter cannot read is a fault: the model is told it once and asked again", () => {
  const state = opened(said({ meant: meant(EXCERPT, "read_file") }), "ask", (key) => reply(key, { fault: "nothing" }));
  assert.deepEqual([state.turns.open.t1!.faults, told(state), state.interpreter?.misses], [1, ["Wanted: a call."], 1]);
  const [ask] = due(state, crew(), state.at).effects;
  assert.ok(ask?.kind === "ask" && ask.purpose === "work");
});

Deno.test("an interpreter that fails is as one that reads nothing, and ends no run", () => {
  const state = opened(said({ meant: meant(EXCERPT, "read_file") }), "ask", (key) => ({
    type: "effect_failed",
    key,
    failure: "unreachable",
    text: "gone",
    ms: 1,
  }));
  assert.deepEqual([state.turns.open.t1!.faults, state.turns.open.t1!.failures, told(state)], [1, 0, [
    "Wanted: a call.",
  ]]);
  assert.equal(state.run.ending, null);
});

for (
  const [why, given, reason] of [
    ["no host has an interpreter", { interpreter: null }, /No host has a model/],
    ["the interpreter's model wrote it", { interpreter: "coding-model" }, /wrote the reply itself/],
    ["it means only what wants nested values", { tools: ["create_task_plan"] }, /create_task_plan: not legal now/],
    ["it is the interpreter's own", { role: "interpreter" }, null],
  ] as const
) {
  Deno.test(`a reply is not interpreted where ${why}`, () => {
    const nested = crew();
    const plan = nested.tools.create_task_plan!.declaration;
    const registry = {
      ...nested,
      tools: {
        ...nested.tools,
        create_task_plan: {
          ...nested.tools.create_task_plan!,
          declaration: {
            ...plan,
            parameters: { type: "object", properties: { tasks: { type: "array" } }, required: ["tasks"] },
          },
        },
      },
    };
    const tools = "tools" in given ? given.tools : ["read_file"];
    const state = said({ ...given, meant: meant(EXCERPT, ...tools) });
    const owed = due(state, registry, state.at);
    assert.ok(!owed.effects.some((one) => one.kind === "ask" && one.purpose === "interpret"));
    if (reason === null) return assert.deepEqual(told(state), ["Wanted: a call."]);
    const skipped = owed.facts[0];
    assert.ok(skipped?.type === "interpretation_skipped");
    assert.match(skipped.reason, reason);
    assert.deepEqual(told(after(state, skipped)), ["Wanted: a call."]);
  });
}

Deno.test("an interpreter that read nothing three times in a row is passed over", () => {
  let state = said({ meant: meant(EXCERPT, "read_file") });
  for (let miss = 0; miss < 3; miss++) {
    state = after(state, { type: "effect_opened", effect: ask(state) }, reply(ask(state).key, { fault: "nothing" }));
    state = {
      ...state,
      turns: {
        ...state.turns,
        open: {
          t1: { ...state.turns.open.t1!, unread: said({ meant: meant(EXCERPT, "read_file") }).turns.open.t1!.unread },
        },
      },
    };
  }
  const [skipped] = due(state, crew(), state.at).facts;
  assert.ok(skipped?.type === "interpretation_skipped");
  assert.match(skipped.reason, /could not read the last 3/);
});

function ask(state: State) {
  const effect = due(state, crew(), state.at).effects.find((one) => one.kind === "ask" && one.purpose === "interpret");
  assert.ok(effect?.kind === "ask");
  return { ...effect, key: `${effect.key}.${state.seq}` };
}

Deno.test("an interpreter whose host goes down is waited for no longer", () => {
  const state = said({ meant: meant(EXCERPT, "read_file") });
  const at = after(state, { type: "effect_opened", effect: ask(state) });
  const gone = after(at, { type: "interpreter_changed", host: null, model: null, reason: "down" });
  assert.deepEqual(due(gone, crew(), gone.at).cancel, Object.keys(at.effects.open));
});

const TOOL = {
  name: "set_level",
  describes: "Sets the level\nof a file.",
  parameters: {
    type: "object",
    properties: {
      path: { type: "string", description: "The file." },
      level: { type: "string", enum: ["low", "high"], description: "How loud." },
      count: { type: "integer", description: "How often." },
      tags: { type: "array", items: { type: "string" } },
      body: { type: "string" },
    },
    required: ["path", "level", "body"],
  },
  asText: "body",
};

Deno.test("the interpreter is told a tool flat: values in the description, one line, no lists, no text argument", () => {
  assert.deepEqual(flatDeclaration(TOOL, {}), {
    name: "set_level",
    describes: "Sets the level of a file.",
    parameters: {
      type: "object",
      properties: {
        path: { type: "string", description: "The file." },
        level: { type: "string", enum: ["low", "high"], description: "How loud. One of: low, high." },
        count: { type: "integer", description: "How often." },
      },
      required: ["path", "level"],
    },
  });
});

const flat = flatDeclaration(TOOL, {})!;

for (
  const [excerpt, args, stands] of [
    ['{"path": "src/a.ts", level: HIGH', { path: "src/a.ts", level: "high" }, true],
    ["set_level of src/a.ts to high", { path: "src/a.ts", level: "low" }, false],
    ["set_level of src/a.ts to high", { path: "src/b.ts", level: "high" }, false],
    ["set_level of src/a.tsx to high", { path: "src/a.ts", level: "high" }, false],
    ["set_level of lib/src/a.ts to high", { path: "src/a.ts", level: "high" }, false],
    ["set_level: the path is\\nsrc/a.ts,   high", { path: "src/a.ts", level: "high" }, true],
    ["Set it high. Then go on.", { path: ".", level: "high" }, false],
    ['Set "." high.', { path: ".", level: "high" }, true],
    ["", { path: "", level: "high" }, false],
    ["set_level of src/my_file-2.ts to high", { path: "src/my_file-2.ts", level: "high" }, true],
    ["set_level of src/my_file-2.ts to high", { path: "src/my_file-3.ts", level: "high" }, false],
    ["set_level of src/axts to high", { path: "src/a.ts", level: "high" }, false],
  ] as const
) {
  Deno.test(`of "${excerpt}" the values ${JSON.stringify(args)} are ${stands ? "read" : "invented"}`, () => {
    const invented = inventedIn({ name: "set_level", arguments: args }, flat, "reads", meant(excerpt, "set_level"));
    assert.equal(invented === null, stands, invented ?? "");
  });
}

const RUN = {
  name: "run_command",
  describes: "Runs.",
  parameters: { type: "object", properties: { command: { type: "string" } }, required: ["command"] },
};

for (
  const [excerpt, command, stands] of [
    ["I will run_command `npm test` now.", "npm test", true],
    ["run_command: npm test", "npm test", true],
    ['run_command {"command": "npm test --watch"', "npm test", false],
    ['run_command {"command": "npm test --watch"', "npm", false],
    ["I will run_command npm test --watch now.", "npm test", false],
    ["I will run_command make now.", "make", false],
    ["I will run_command 'make' now.", "make", true],
    ['I will run_command "make all." now', "make all", true],
    [
      `I will run_command \`echo "a, b" > 'c-d'; cat @e & #1 %2 =3 !4 ~5\` now.`,
      `echo "a, b" > 'c-d'; cat @e & #1 %2 =3 !4 ~5`,
      true,
    ],
    ["I will run_command `ls | grep (a+b)*[c]{2}^$?` now.", "ls | grep (a+b)*[c]{2}^$?", true],
  ] as const
) {
  Deno.test(`of "${excerpt}" the command ${command} is ${stands ? "read" : "not taken out"}`, () => {
    const call = { name: "run_command", arguments: { command } };
    assert.equal(inventedIn(call, RUN, "runs", meant(excerpt, "run_command")) === null, stands);
  });
}

Deno.test("no sign that a value can hold throws: it is read where it stands, and not where it does not", () => {
  const signs = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((one) => one !== "\\");
  for (const sign of [...signs, "\u2014", "\u{1f600}"]) {
    const call = { name: "run_command", arguments: { command: `a${sign}b c` } };
    const of = (text: string) => inventedIn(call, RUN, "runs", meant(`run_command \`${text}\``, "run_command"));
    assert.equal(of(`a${sign}b c`), null, sign);
    assert.notEqual(of("a b c"), null, sign);
  }
});

Deno.test("an optional value that the reply does not hold is left out", () => {
  const held = heldArguments({ path: "a", level: "x", count: 3 }, flat, meant("a and x, 4 times", "set_level"));
  assert.deepEqual(held, { path: "a", level: "x" });
  assert.equal(heldArguments({ path: "a", count: 4 }, flat, meant("a, 4 times", "set_level")).count, 4);
});

const APPROVE = {
  name: "approve_code",
  describes: "Approves.",
  parameters: { type: "object", properties: { notes: { type: "string" } }, required: ["notes"] },
};

for (
  const [excerpt, approves] of [
    ["It looks fine, all good.", false],
    ["I would approve_code, it is fine.", false],
    ["approve_code(notes=fine)", true],
    ['{"name": "approve_code", "arguments": {"notes": "fine"', true],
    ["I do not approve_code(notes=fine) yet", false],
    ["I cannot call approve_code(fine)", false],
    ["<function=approve_code><parameter=notes>fine", true],
  ] as const
) {
  Deno.test(`"${excerpt}" ${approves ? "calls" : "does not call"} an approval by its name`, () => {
    const call = { name: "approve_code", arguments: { notes: "fine" } };
    assert.equal(inventedIn(call, APPROVE, "concludes", meant(excerpt, "approve_code")) === null, approves);
  });
}
