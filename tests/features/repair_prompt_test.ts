import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import { sizeOf } from "../../src/features/threads/model_size.ts";
import type { Fact } from "../../src/features/fact.ts";
import { compose } from "../../src/prompt/compose.ts";
import { headOnly } from "../../src/prompt/head_only.ts";
import type { PromptFrame } from "../../src/prompt/prompt.ts";
import type { State } from "../../src/features/state.ts";
import { crew } from "../laws/crew.ts";
import { after, CONTINUED, result, settled, started, task, withTurn } from "../given/given.ts";
import { withFunctions } from "../given/given_attempt.ts";

const CODE = `const LIMIT = 4;

/** Adds one to each. */
export function addOne(numbers) {
  const faulty = numbers.map((one) => one + 2);
  return faulty;
}

export const after = 1;
`;
const TEST = 'test("adds one", () => assert.deepEqual(addOne([1]), [2]));\n';

const able = withFunctions({
  ...crew(),
  prompts: {
    ...crew().prompts,
    "repair.md": { name: "repair.md", text: "You repair as {{role}}.", placeholders: ["role"] },
  },
});

/** The state of a small model's first attempt, its file and its test shown, as often refused as said. */
function atRepair(refused = 0): State {
  let state = settled(
    after(
      started({}, [result("t: adds one", false, ["a.test.js", "a.js"], "Expected [2], got [3]")], able),
      { type: "tasks_planned", tasks: [task({ target: "a.js", checks: ["t: adds one"] })], refused: [], by: "rules" },
      { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
      CONTINUED,
    ),
    able,
  );
  const effect = due(state, able, state.at).effects.find((one) => one.kind === "prepare");
  const file = (path: string, text: string) => {
    const lines = text.split("\n").length - 1;
    return { path, text: { text, chars: text.length }, lines, from: 1, to: lines };
  };
  state = after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) }, {
    type: "effect_finished",
    key: effect!.key,
    result: {
      kind: "prepare",
      files: ["a.js", "a.test.js"],
      texts: [file("a.js", CODE), file("a.test.js", TEST)],
      changes: null,
      definitions: { "a.js": ["addOne"] },
    },
  });
  const [turn] = Object.keys(state.turns.open);
  const refusal: Fact = { type: "call_refused", turn: turn!, name: "rewrite_function", reason: "It is the same text." };
  for (let times = 0; times < refused; times++) state = after(settled(state, able), refusal);
  return settled(state, able);
}

function wordsOf(state: State, billions: number): string {
  const ask = due(state, able, state.at).effects.find((one) => one.kind === "ask");
  assert.ok(ask?.kind === "ask" && ask.purpose === "text");
  const frame: PromptFrame = { way: "constrained", window: 16_384, ratio: 1, billions, declare: () => "# Tools" };
  return compose(state, able, ask, frame).messages.map(({ role, pieces }) =>
    `${role}: ${pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")}`
  ).join("\n");
}

Deno.test("a small model is asked for the text of a repair by itself: what fails, the files, no tools and no calls", () => {
  const words = wordsOf(atRepair(), 1.5);
  assert.match(
    words,
    /^system: You repair as coding\.\nuser: Goal of the project's owner: Make the tests pass\n\n# Task from arbiter\n/,
  );
  assert.match(words, /one \+ 2/);
  assert.match(words, /# Checks that must pass\n- t: adds one\n {2}Expected \[2\], got \[3\]/);
  assert.match(words, /Now write the complete function addOne of a\.js, from its first line/);
  assert.doesNotMatch(words, /# Tools|"name":|assistant:/);
});

Deno.test("after two texts that were not taken the function is asked for anew, and its old body is nowhere in the prompt", () => {
  const again = wordsOf(atRepair(1), 1.5);
  assert.match(
    again,
    /Your last text was not taken: It is the same text\.\n[^]*Now write the complete function addOne/,
  );
  assert.match(again, /one \+ 2/);
  const words = wordsOf(atRepair(2), 1.5);
  assert.match(
    words,
    /\/\*\* Adds one to each\. \*\/\nexport function addOne\(numbers\) \{\n {2}… \(to be written\)\n\}\n/,
  );
  assert.match(words, /const LIMIT = 4;[^]*export const after = 1;/, "the rest of the file stands");
  assert.match(words, /deepEqual\(addOne\(\[1\]\), \[2\]\)/);
  assert.match(words, /Now write the complete function addOne of a\.js anew, so that all checks pass\./);
  assert.doesNotMatch(words, /one \+ 2|Expected \[2\]/);
});

Deno.test("only what says what a function does stays of it when it is to be written anew", () => {
  const python = [
    "import os",
    "",
    "class Shelf:",
    "    def total(self,",
    "              tax):",
    '        """The sum.',
    "",
    '        With tax."""',
    "        return 1",
    "",
    "    def other(self):",
    "        return 2",
    "",
  ].join("\n");
  assert.equal(
    headOnly(python, "Shelf.total", "… (to be written)"),
    python.replace("        return 1\n", "        … (to be written)\n"),
  );
  assert.equal(headOnly(python, "Shelf.other", "… (to be written)"), python.replace("return 2", "… (to be written)"));
  const typed = "export function f(options: {\n  a: number;\n}): number {\n  return options.a;\n}\n";
  assert.equal(headOnly(typed, "f", "… (to be written)"), typed.replace("return options.a;", "… (to be written)"));
  const noted = "def f(\n    a,  # first:\n    b=1,\n) -> int:\n    'Adds.'\n    return a\n";
  assert.equal(headOnly(noted, "f", "… (to be written)"), noted.replace("return a", "… (to be written)"));
  assert.equal(
    headOnly("const add = (a, b) => a - b;\n", "add", "… (to be written)"),
    null,
    "head and body stand in one line",
  );
  assert.equal(headOnly(python, "missing", "… (to be written)"), null);
});

Deno.test("what the person says to a small specialist stands in the prompt for its text", () => {
  const state = atRepair();
  const [turn] = Object.keys(state.turns.open);
  const told = after(state, { type: "turn_told", turn: turn!, text: "The person at the keyboard says: Use a loop." });
  assert.match(wordsOf(told, 1.5), /# Told meanwhile\n- The person at the keyboard says: Use a loop\.\n/);
});

Deno.test("a small model that has read something is asked for its text in its turn, where that stands", () => {
  const state = atRepair();
  const [turn] = Object.values(state.turns.open);
  const read = { from: "tool" as const, name: "read_file", ok: true, text: { text: "seen", chars: 4 } };
  const seen = withTurn(state, { ...turn!, exchange: [...turn!.exchange, read] });
  assert.match(wordsOf(seen, 1.5), /Result of read_file:\nseen/);
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

Deno.test("the size of a model is what its host says, before the first ask what was planned", () => {
  const sized = (plays?: { model: string; billions: number | null }) =>
    after(started({}, [], able), {
      type: "crew_assembled",
      roles: [{ role: "coding", describes: "", models: ["first:32b"], window: 8192, temperature: 0, plays }],
      tools: [],
      reason: "",
    });
  assert.equal(sizeOf(sized(), { ...able, roles: {} }, "coding"), null);
  assert.equal(sizeOf(sized({ model: "devstral", billions: 24 }), able, "coding"), 24);
  assert.equal(sizeOf(sized({ model: "own:7b", billions: null }), able, "coding"), 7);
  const thread = { ...sized({ model: "devstral", billions: 24 }) };
  const asked: State = {
    ...thread,
    threads: { coding: { ...atRepair().threads.coding!, model: "other", billions: 3 } },
  };
  assert.equal(sizeOf(asked, able, "coding"), 3);
});
