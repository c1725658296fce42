import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { due } from "../../src/kernel/due.ts";
import type { Fact } from "../../src/features/fact.ts";
import { parametersIn, variantOf } from "../../src/features/threads/model_size.ts";
import { compose } from "../../src/prompt/compose.ts";
import { shownDeclarations } from "../../src/prompt/declared.ts";
import { terse } from "../../src/prompt/evidence.ts";
import { exampleArguments, exampleReply } from "../../src/prompt/example.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import type { Prompt, PromptFrame } from "../../src/prompt/prompt.ts";
import { countsRight, limitsAfterCut, proofOf } from "../../src/prompt/proof.ts";
import { reviewQuestions } from "../../src/prompt/review_questions.ts";
import { fitSections, type Section } from "../../src/prompt/section.ts";
import { variantFaults, variantText } from "../../src/sentences/variant_text.ts";
import type { State } from "../../src/features/state.ts";
import { validate } from "../../src/mediate/validate.ts";
import { largeCrew } from "../laws/crew.ts";
import { after, answer, CONTINUED, prepared, result, settled, started, task } from "../given/given.ts";

const registry = largeCrew();

function frame(way: PromptFrame["way"], billions: number | null = 7, window = 16_384): PromptFrame {
  return { way, window, ratio: 1, billions, declare: (tools) => `Tools: ${tools.map((tool) => tool.name).join(", ")}` };
}

function working(description = "Repair a", checks: readonly string[] = ["t: a"]): State {
  const planned = after(
    started({}, checks.map((name) => result(name, false, ["tests/a_test.ts", "src/a.ts"], "Expected 1, got 2"))),
    { type: "tasks_planned", tasks: [task({ checks: [...checks], description })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    CONTINUED,
  );
  return prepared(settled(planned), [{ path: "src/a.ts", text: "export const a = 2;\n" }]);
}

function askOf(state: State): AskEffect {
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask" && effect.turn !== null);
  assert.ok(ask?.kind === "ask");
  return ask;
}

function opened(state: State, effect: unknown): State {
  return after(state, { type: "effect_opened", effect: JSON.parse(JSON.stringify(effect)) });
}

const words = (prompt: Prompt) =>
  prompt.messages.map((message) =>
    message.pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")
  ).join("\n---\n");

Deno.test("sizes are read from what hosts and names say; 14b is small, 32b is large, and what nobody knows is small", () => {
  const sizes = ["14.8B", "qwen2.5-coder:7b", "smollm-135M-instruct", "mixtral:8x7b", "phi4", "32.8B"].map(
    parametersIn,
  );
  assert.deepEqual(sizes, [14.8, 7, 0.135, 56, null, 32.8]);
  assert.deepEqual(sizes.map(variantOf), ["small", "small", "small", "large", "small", "large"]);
});

Deno.test("a small model gets its own blocks of a prompt file and an example, a large one neither", () => {
  const text =
    "You code.\n\n<small>\n1. Read.\n2. Write.\n</small>\n<large>\n- Goal: green checks.\n</large>\nBe short.";
  const own = {
    ...registry,
    prompts: {
      ...registry.prompts,
      "coding.md": { name: "coding", text, placeholders: [] },
      "work.md": { name: "work", text: "", placeholders: [], examples: ["rewrite_function", "rewrite_file"] },
    },
  };
  const state = working();
  const small = words(compose(state, own, askOf(state), frame("constrained", 1.5)));
  assert.match(small, /^You code\.\n\n1\. Read\.\n2\. Write\.\nBe short\./);
  assert.match(
    small,
    /For example: \{"reason":"why, in one short sentence","name":"rewrite_file","arguments":\{"path":"src\/a\.ts"\}\}/,
  );
  const large = words(compose(state, own, askOf(state), frame("constrained", 32)));
  assert.match(large, /^You code\.\n\n- Goal: green checks\.\nBe short\./);
  assert.doesNotMatch(large, /For example/);
});

Deno.test("blocks of a prompt file that are not closed, or close nothing, are faults with their place", () => {
  assert.deepEqual(variantFaults("a\n<small>\nb\n</small>\n"), []);
  assert.deepEqual(variantFaults("a\n<small>\nb\n"), [{ offset: 2, text: "<small> is not closed by </small>." }]);
  assert.deepEqual(variantFaults("</large>\n"), [{ offset: 0, text: "</large> closes nothing." }]);
  assert.equal(variantText("<other>\nx\n</other>", "small"), "<other>\nx\n</other>");
});

Deno.test("complexity starts at 1 and grows with attempts, checks and files", () => {
  const state = working();
  assert.equal(compose(state, registry, askOf(state), frame("constrained")).complexity, 1);
  const many = working("Repair a", ["t: a", "t: b", "t: c", "t: d", "t: e"]);
  assert.equal(compose(many, registry, askOf(many), frame("constrained")).complexity, 3);
  const turn = Object.values(many.turns.open)[0]!;
  const again = prepared(
    settled(after(many, { type: "turn_closed", id: turn.id, ending: "capped", text: "" }, {
      type: "attempt_closed",
      task: "T1",
      number: 1,
      verdict: "refuted",
      passed: [],
      broke: [],
      summary: "changed src/a.ts",
    })),
    [{ path: "src/a.ts", text: "export const a = 2;\n" }],
  );
  assert.equal(compose(again, registry, askOf(again), frame("constrained")).complexity, 4);
});

Deno.test("a turn is told of the tools that can help with its task, and of the same ones at every ask", () => {
  const names = (state: State, billions: number) =>
    compose(state, registry, askOf(state), frame("constrained", billions)).declared.map((tool) => tool.name);
  assert.deepEqual(names(working(), 7), ["read_file", "rewrite_file", "edit_file", "finish_task"]);
  assert.deepEqual(names(working(), 32), ["read_file", "rewrite_file", "edit_file", "ask_specialist", "finish_task"]);
  assert.ok(names(working("Add a helper and run the build"), 7).includes("create_file"));
  assert.ok(names(working("Add a helper and run the build"), 7).includes("run_command"));
  const state = working();
  const ask = askOf(state);
  const failed = after(opened(state, ask), answer(ask.key, [], { fault: "The reply holds no call." }));
  assert.deepEqual(names(failed, 7), names(state, 7));
});

Deno.test("after the second failure of a kind the next ask holds the wrong call and a right one of that tool; a success ends it", () => {
  let state = working();
  const fail = (arguments_: Record<string, unknown>) => {
    const ask = askOf(state);
    state = after(opened(state, ask), answer(ask.key, [{ name: "read_file", arguments: arguments_ }]));
    const tool = due(state, registry, state.at).effects.find((effect) => effect.kind === "tool")!;
    return { tool, opened: opened(state, tool) };
  };
  for (const path of ["lib/x.ts", "lib/y.ts"]) {
    const before = words(compose(state, registry, askOf(state), frame("prompted")));
    assert.doesNotMatch(before, /Reminder/);
    const { tool, opened: now } = fail({ path });
    state = after(now, {
      type: "effect_failed",
      key: tool.key,
      failure: "tool_error",
      text: `There is no ${path}.`,
      ms: 1,
    });
  }
  const prompt = compose(state, registry, { ...askOf(state), legal: ["read_file", "rewrite_file"] }, frame("prompted"));
  assert.match(
    words(prompt),
    /Reminder: 2 times in a row read_file failed: There is no lib\/y\.ts\.\nWrong: \{"name":"read_file","arguments":\{"path":"lib\/y\.ts"\}\}\nRight, for read_file: <tool_call>\n\{"name":"read_file","arguments":\{"path":"src\/a\.ts"\}\}/,
  );
  assert.ok(
    String(prompt.messages.at(-1)!.pieces.at(-1)).startsWith("Reminder"),
    "it stands at the end, behind the cached prefix",
  );
  const { tool, opened: now } = fail({ path: "src/a.ts" });
  state = after(now, {
    type: "effect_finished",
    key: tool.key,
    result: { kind: "tool", text: { text: "x", chars: 1 }, outcome: null, ms: 1 },
  });
  assert.doesNotMatch(words(compose(state, registry, askOf(state), frame("prompted"))), /Reminder/);
});

Deno.test("a small model may choose among the files that it may write, a large one is told by the rules", () => {
  const state = prepared(
    settled(after(
      started({ headless: true }, [result("t: a", false, ["tests/a_test.ts"])]),
      { type: "tasks_planned", tasks: [task({ target: null })], refused: [], by: "rules" },
      { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
      CONTINUED,
    )),
    [{ path: "src/a.ts", text: "x" }, { path: "tests/a_test.ts", text: "y" }],
  );
  const choice = (billions: number) => {
    const tool = compose(state, registry, askOf(state), frame("constrained", billions)).legal
      .find(({ name }) => name === "edit_file");
    return (tool?.parameters.properties as Record<string, { enum?: string[] }>).path?.enum;
  };
  assert.deepEqual(choice(1.5), ["src/a.ts"]);
  assert.deepEqual(choice(70), ["src/a.ts", "tests/a_test.ts"]);
});

Deno.test("examples fit the schema they are made from, whatever it says", () => {
  const leaf = fc.oneof(
    fc.constant({ type: "string", description: "Some text. More." }),
    fc.constant({ type: "string", enum: ["a", "b"] }),
    fc.record({ type: fc.constant("integer"), minimum: fc.integer({ min: -5, max: 5 }) }),
    fc.constant({ type: "boolean" }),
    fc.constant({ type: "array", items: { type: "string" }, minItems: 1 }),
    fc.constant({ anyOf: [{ type: "array", items: { type: "string" } }, { type: "string" }] }),
  );
  const object = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), leaf, { minKeys: 1, maxKeys: 4 });
  fc.assert(fc.property(object, fc.boolean(), (properties, known) => {
    const required = Object.keys(properties);
    const tool: ToolDeclaration = {
      name: "t",
      describes: "Does t.",
      parameters: { type: "object", properties, required },
    };
    const args = exampleArguments(tool, known ? { [required[0]!]: "src/a.ts" } : {});
    const checked = validate(tool.parameters, args);
    assert.deepEqual(
      "faults" in checked ? checked.faults : checked.conversions,
      [],
      JSON.stringify([properties, args]),
    );
  }));
});

Deno.test("an example leaves out the argument that is asked for as text, and is written in the way of calling", () => {
  const tool = registry.tools.rewrite_file!.declaration;
  assert.equal(exampleReply(tool, "native", {}), "");
  assert.equal(
    exampleReply(tool, "prompted", {}, { path: "a" }),
    '<tool_call>\n{"name":"rewrite_file","arguments":{"path":"a"}}\n</tool_call>',
  );
});

Deno.test("shown declarations lose bounds, and descriptions that the name or an earlier tool says", () => {
  const path = { type: "string", minLength: 1, description: "The file." };
  const tool = (name: string): ToolDeclaration => ({
    name,
    describes: "",
    parameters: {
      type: "object",
      properties: { path, from: { type: "integer", minimum: 1, description: "First." } },
      required: ["path"],
    },
  });
  const shown = shownDeclarations([tool("a"), tool("b")]).map((one) => one.parameters.properties);
  assert.deepEqual(shown, [
    { path: { type: "string", description: "The file." }, from: { type: "integer" } },
    { path: { type: "string" }, from: { type: "integer" } },
  ]);
});

Deno.test("sections give way by priority, pinned ones never, and each loss is said in its place and in the list", () => {
  const meter = meterOf({ ratio: 1 });
  const text = fc.integer({ min: 0, max: 3_000 }).map((length) => "word ".repeat(length / 5));
  const section = fc.record({
    name: fc.constantFrom("a", "b", "c"),
    priority: fc.integer({ min: 0, max: 9 }),
    pieces: text.map((one) => [one]),
    least: fc.option(fc.integer({ min: 20, max: 200 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 8 }),
      fc.integer({ min: 0, max: 3_000 }),
      (sections: Section[], room) => {
        const { sections: fitted, costs, leftOut } = fitSections(sections, room, meter, {});
        const total = costs.reduce((sum, one) => sum + one.tokens, 0);
        assert.equal(fitted.length, sections.length);
        for (const [index, one] of sections.entries()) {
          if (one.priority === 0) assert.deepEqual(fitted[index], one);
          else if (costs[index]!.cut) {
            assert.match(
              String(fitted[index]!.pieces[0]),
              /Left out here to make room|left out/,
            );
          } else assert.deepEqual(fitted[index], one);
        }
        assert.equal(leftOut.length, costs.filter((one) => one.cut).length);
        if (total > room) {
          const whole = sections.filter((one, index) => one.priority > 0 && !costs[index]!.cut);
          assert.ok(
            whole.every((one) => meter.pieces(one.pieces) <= 30),
            "what is left whole is smaller than its note",
          );
        }
      },
    ),
  );
});

Deno.test("a difference and frames give way in evidence where values stand beside them, and no value does", () => {
  const evidence = [
    "error: |-",
    "  Expected values to be strictly equal:",
    "  + actual - expected",
    "  ",
    "  + '1h 90m'",
    "  - '1h 30m'",
    "        ^",
    "name: 'AssertionError'",
    "expected: '1h 30m'",
    "actual: '1h 90m'",
    "operator: 'strictEqual'",
    "stack: |-",
    "  TestContext.<anonymous> (test/a.test.js:15:10)",
  ].join("\n");
  assert.equal(
    terse(evidence, 1_000),
    "expected: '1h 30m'\nactual: '1h 90m'\n  TestContext.<anonymous> (test/a.test.js:15:10)",
  );
  assert.equal(
    terse("TypeError: x is not a function\n    at src/a.js:3:1", 1_000),
    "TypeError: x is not a function\n    at src/a.js:3:1",
  );
});

Deno.test("a review asks only what its changes can raise", () => {
  assert.deepEqual(reviewQuestions("+++ a.js\n+  return rest;\n", {}), []);
  assert.deepEqual(reviewQuestions('+import { b } from "./b.js";\n+  await b();\n', {}), [
    "Imports: is each imported name there, and used?",
    "Is every asynchronous call awaited, and its error handled?",
  ]);
});

Deno.test("counts prove a prompt, or show that it was cut, and say nothing where they are impossible or not believed", () => {
  const what = {
    estimated: 2_000,
    counted: 1_950,
    window: 8_192,
    calibrated: true,
    leftOut: false,
    disbelieved: false,
  };
  assert.equal(proofOf(what).proof, "proven");
  assert.equal(proofOf({ ...what, leftOut: true }).proof, "handled");
  assert.equal(proofOf({ ...what, counted: null }).proof, "estimated");
  assert.equal(proofOf({ ...what, counted: 900 }).proof, "mismatch");
  assert.equal(proofOf({ ...what, counted: 1_250, calibrated: false }).proof, "proven");
  assert.equal(proofOf({ ...what, estimated: 7_900, counted: 4_098 }).proof, "mismatch", "half of the window and two");
  assert.deepEqual(proofOf({ ...what, counted: 90_000 }), { proof: "estimated", impossible: true });
  assert.equal(proofOf({ ...what, counted: 10, disbelieved: true }).proof, "estimated");
  assert.deepEqual(limitsAfterCut(1_026, 2_048), [1_949, 1_024, 974]);
  assert.deepEqual([countsRight(800, 850), countsRight(800, 10), countsRight(800, null)], [true, false, false]);
});

Deno.test("a native ask for a text sends no tools and counts none", () => {
  const state = working();
  const ask = askOf(state);
  const called = after(
    opened(state, ask),
    answer(ask.key, [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }]),
  );
  const text = askOf(called);
  assert.equal(text.purpose, "text");
  const prompt = compose(called, registry, text, frame("native"));
  assert.equal(prompt.estimate, meterOf({ ratio: 1 }).messages(prompt.messages));
});

Deno.test("a prompt of prose after one of numbers is not taken for cut, and one that was cut still is", () => {
  const what = { estimated: 3_100, window: 8_192, calibrated: true, ratio: 1.6, leftOut: false, disbelieved: false };
  assert.equal(proofOf({ ...what, counted: 1_950 }).proof, "proven");
  assert.equal(proofOf({ ...what, counted: 1_000 }).proof, "mismatch");
});

const CUT: Extract<Fact, { type: "prompt_doubted" }> = {
  type: "prompt_doubted",
  key: "x",
  host: "fast",
  model: "m",
  window: 400,
  estimated: 300,
  counted: 100,
  finding: "cut",
  holds: 95,
  ratio: null,
  tokens: 0,
  text: "",
};

Deno.test("one count moves the calibration of a model by a part of the way, and proves what its host holds", () => {
  const ask = { kind: "ask" as const, role: "coding", turn: null, purpose: "decide" as const, legal: [] };
  const rest = { temperature: 0, seed: 1, answerLimit: 1, reserved: 1 };
  const counts = (state: State, key: string, promptTokens: number) =>
    after(state, { type: "effect_opened", effect: { ...ask, ...rest, key } }, answer(key, [], { promptTokens }));
  const first = counts(started(), "a", 100);
  assert.equal(first.models.m?.ratios.tokens, 1);
  const second = counts(first, "b", 190);
  assert.ok(
    second.models.m!.ratios.tokens! > 1.1 && second.models.m!.ratios.tokens! < 1.5,
    String(second.models.m!.ratios.tokens),
  );
  const doubted = after(second, CUT);
  assert.equal(counts(doubted, "c", 90).models.m?.hosts.fast?.doubt?.holds, 95);
  assert.equal(counts(doubted, "c", 180).models.m?.hosts.fast?.doubt?.holds, 180);
});

Deno.test("what a model was found to hold is known still when another doubt comes that says nothing of it", () => {
  const cut = after(started(), CUT);
  const miscounted = after(cut, { ...CUT, finding: "miscounted", holds: null });
  assert.deepEqual(miscounted.models.m?.hosts.fast?.doubt, { finding: "miscounted", holds: 95 });
  const refused = after(cut, { ...CUT, finding: "refused", holds: null, ratio: 1.2 });
  assert.deepEqual(refused.models.m?.hosts.fast?.doubt, { finding: "cut", holds: 95 });
  assert.deepEqual(after(cut, { ...CUT, finding: "refused", holds: 80 }).models.m?.hosts.fast?.doubt, {
    finding: "refused",
    holds: 80,
  });
});

Deno.test("a refusal calibrates what its prompt was estimated by, and nothing else", () => {
  const refused = after(started(), { ...CUT, finding: "refused", holds: null, ratio: 1.5, measure: "characters" });
  assert.deepEqual(refused.models.m?.ratios, { characters: 1.5 });
  const both = after(refused, { ...CUT, finding: "refused", holds: null, ratio: 1.1, measure: "tokens" });
  assert.deepEqual(both.models.m?.ratios, { characters: 1.5, tokens: 1.1 });
});
