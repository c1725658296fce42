import assert from "node:assert/strict";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { offeredTools } from "../../src/prompt/offered_tools.ts";
import { after, replied, result, started, task } from "../given/given.ts";
import { atWork, defined, withFunctions } from "../given/given_attempt.ts";
import { largeCrew } from "../laws/crew.ts";

/** A crew whose writers have a tool, too, that adds what a file does not define yet. */
function withAddition(able: Registry): Registry {
  const byFunction = able.tools.rewrite_function!;
  const declaration = { ...byFunction.declaration, name: "add_function" };
  const tools = { ...able.tools, add_function: { ...byFunction, declaration, traits: { edits: "addition" as const } } };
  const roles = Object.fromEntries(
    Object.entries(able.roles).map(([name, one]) => [
      name,
      one.tools.includes("rewrite_function") ? { ...one, tools: [...one.tools, "add_function"] } : one,
    ]),
  );
  return { ...able, tools, roles };
}

const able = withAddition(withFunctions());
const large = withAddition(withFunctions(largeCrew()));
const CODE = "export function mean(values) {\n  return 1;\n}";

/** The first turn of an attempt at a goal, its file shown. */
function atAdding(goal: string, checks: readonly string[] = [], by = able): State {
  const planned = after(
    started({ goal }, [result("t: a", checks.length === 0)], by),
    { type: "tasks_planned", tasks: [task({ description: goal, checks: [...checks] })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
  return defined(atWork(planned, by), { "src/a.ts": ["mean"] }, by, CODE);
}

function legalOf(state: State, by = able): readonly string[] {
  return stepOf(state, by, Object.values(state.turns.open)[0]!).legal;
}

/** Values that the schema leaves for the function of a tool, by the tool's name; absent where any may be named. */
function choices(state: State, by: Registry, variant: "small" | "large"): Record<string, unknown> {
  const turn = Object.values(state.turns.open)[0]!;
  const { declared, legal } = offeredTools(state, by, turn, turn.tools, variant);
  assert.deepEqual(declared.map(({ name }) => name), legal.map(({ name }) => name));
  return Object.fromEntries(
    legal.flatMap(({ name, parameters: { properties } }) => {
      const of = (properties as Readonly<Record<string, { readonly enum?: unknown }>>).function;
      return of === undefined ? [] : [[name, of.enum]];
    }),
  );
}

/** The tools that a turn is told of. */
function namesOf(state: State): readonly string[] {
  const turn = Object.values(state.turns.open)[0]!;
  return offeredTools(state, able, turn, turn.tools, "small").declared.map(({ name }) => name);
}

Deno.test("a small model adds what its task names and no file holds before it does anything else, and names nothing that is there", () => {
  let state = atAdding("Add two functions to src/a.ts: median(values) and mode(values), beside mean.");
  assert.deepEqual(legalOf(state), ["add_function"]);
  assert.deepEqual(choices(state, able, "small").add_function, ["median", "mode"]);
  const adds = (name: string) => ({
    name: "add_function",
    arguments: { path: "src/a.ts", function: name, content: "x" },
  });
  state = replied(state, [adds("median")], able);
  const [turn] = Object.values(state.turns.open);
  const done = (name: string, ok: boolean) => [
    { from: "model" as const, text: { text: "", chars: 0 }, calls: [adds(name)], way: "constrained" as const },
    { from: "tool" as const, name: "add_function", ok, text: { text: "", chars: 0 } },
  ];
  const at = (exchange: ReturnType<typeof done>) => stepOf(state, able, { ...turn!, calls: [], exchange }).legal;
  assert.deepEqual(at(done("median", true)), ["add_function"], "mode is not there yet");
  assert.deepEqual(at([...done("median", true), ...done("mode", false)]), ["add_function"], "nor is it then");
  assert.ok(at([...done("median", true), ...done("mode", true)]).includes("create_file"), "then it may write its test");
});

Deno.test("a large model may add, too, and is held to nothing", () => {
  const state = atAdding("Add a function median(values) to src/a.ts.", [], large);
  assert.ok(legalOf(state, large).length > 3);
  const turn = Object.values(state.turns.open)[0]!;
  const { legal } = offeredTools(state, large, turn, turn.tools, "large");
  const adding = legal.find(({ name }) => name === "add_function");
  assert.deepEqual(adding, large.tools.add_function!.declaration, "and may add what it needs for that");
});

Deno.test("where nothing that a task names is to be added, nobody is told of a tool that adds", () => {
  const goals = [
    "`mean` is slow.",
    "Make it faster.",
    "Rename the function mean to average.",
    "Add a check to mean(values).",
  ];
  for (const goal of goals) {
    const state = atAdding(goal);
    assert.ok(!namesOf(state).includes("add_function"), goal);
    assert.ok(legalOf(state).length > 3, goal);
  }
  const repair = atAdding("Add a function median(values) to src/a.ts.", ["t: a"]);
  assert.ok(!namesOf(repair).includes("add_function"), "failing checks say what is to be done");
});

Deno.test("a small model writes the first file of a new project before it does anything else, and nothing leaves it a choice", () => {
  const plan = {
    called: "JavaScript",
    by: "goal" as const,
    name: "b",
    commands: [],
    drops: [],
    files: {},
    source: "src/b.ts",
    main: "src/b.ts",
    test: "test/b.test.ts",
    runner: "node:test",
    starts: [["node", "src/b.ts"]],
    sharesNames: false,
  };
  const stepAt = (target: string) => {
    const planned = after(
      started({ goal: "Write b" }, [result("t: a", false)], able),
      { type: "setup_planned", plan },
      { type: "tasks_planned", tasks: [task({ target, checks: ["t: a"] })], refused: [], by: "rules" },
      { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    );
    const state = defined(atWork(planned, able), { "src/a.ts": ["mean"] }, able, CODE);
    const { legal, given } = stepOf(state, able, Object.values(state.turns.open)[0]!);
    return [legal, given?.name, given?.arguments.path];
  };
  assert.deepEqual(stepAt("src/b.ts"), [["create_file"], "create_file", "src/b.ts"]);
  assert.notDeepEqual(stepAt("src/a.ts")[0], ["create_file"], "a file that is there is no new one");
});
