import assert from "node:assert/strict";
import { DEFAULT_BOUNDS } from "../../../src/features/bounds.ts";
import { admitTasks } from "../../../src/features/tasks/admit_tasks.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { after, result, started, task } from "../../given/given.ts";

const FAILING = [
  result("npm test: adds", false, ["tests/add_test.ts", "src/add.ts"]),
  result("npm test: halves", false, ["tests/halve_test.ts", "src/halve.ts"]),
  result("npm test: greets", true),
];

const bounded = (tasks: number) => ({ languages: LANGUAGES, prompts: {}, bounds: { ...DEFAULT_BOUNDS, tasks } });

const FILES = ["src/add.ts", "src/halve.ts", "src/util/text.ts", "tests/add_test.ts"];

Deno.test("a plan's tasks get ids, their targets, the failing checks that they name, and what comes first", () => {
  const { tasks, refused } = admitTasks(
    [
      { description: "Repair adding", target: "src/add.ts", checks: ["adds"] },
      {
        description: "Repair halving",
        target: "./src/halve.ts",
        checks: ["npm test: halves", "npm test: greets"],
        after: [1],
      },
    ],
    started({}, FAILING),
    FILES,
    bounded(30),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(
    tasks.map(({ id, target, checks, after: first, status }) => ({ id, target, checks, first, status })),
    [
      { id: "T1", target: "src/add.ts", checks: ["npm test: adds"], first: [], status: "ready" },
      { id: "T2", target: "src/halve.ts", checks: ["npm test: halves"], first: ["T1"], status: "ready" },
    ],
  );
});

Deno.test("a task without a description, outside the project, given twice or beyond the limit is refused with the reason", () => {
  const { tasks, refused } = admitTasks(
    [
      { description: "  " },
      { description: "Break out", target: "../secrets" },
      { description: "Break out", target: "/etc/passwd" },
      { description: "Repair adding", target: "src/add.ts" },
      { description: "repair ADDING", target: "src/halve.ts" },
      { description: "Repair halving" },
    ],
    started({}, FAILING),
    FILES,
    bounded(1),
  );
  assert.deepEqual(tasks.map((one) => one.description), ["Repair adding"]);
  assert.deepEqual(refused.map((one) => one.reason), [
    "it has no description",
    "its target ../secrets is not inside the project",
    "its target /etc/passwd is not inside the project",
    "the run has 1 tasks already",
    "the run has 1 tasks already",
  ]);
});

Deno.test("a task that the run has already is refused, unless that one was parked or dropped", () => {
  const state = after(started({}, FAILING), {
    type: "tasks_planned",
    tasks: [task({ description: "Repair adding" })],
    refused: [],
    by: "reasoning",
  });
  assert.equal(
    admitTasks([{ description: "Repair adding" }], state, FILES, bounded(30)).refused[0]?.reason,
    "T1 is the same task",
  );
  for (const status of ["parked", "dropped"] as const) {
    const over = after(
      state,
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T1", status, reason: "hard" },
    );
    const { tasks } = admitTasks([{ description: "Repair adding" }], over, FILES, bounded(30));
    assert.deepEqual(tasks.map((one) => one.id), ["T2"], status);
  }
});

Deno.test("a check that no task claims goes to the task whose target its evidence names, or to the only task", () => {
  const named = admitTasks(
    [{ description: "One", target: "src/halve.ts" }, { description: "Two", target: "src/add.ts" }],
    started({}, FAILING),
    FILES,
    bounded(30),
  );
  assert.deepEqual(named.tasks.map((one) => one.checks), [["npm test: halves"], ["npm test: adds"]]);
  const only = admitTasks([{ description: "All of it" }], started({}, FAILING), FILES, bounded(30));
  assert.deepEqual(only.tasks[0]?.checks, ["npm test: adds", "npm test: halves"]);
  assert.equal(only.tasks[0]?.target, "src/add.ts");
});

Deno.test("a check is claimed by the last part of its name, in the list or in the description", () => {
  const failed = [
    result("pytest: tests/test_a.py::ListTest::test_empty", false, ["tests/test_a.py", "src/a.py"]),
    result("pytest: tests/test_a.py::test_full", false, ["tests/test_a.py", "src/a.py"]),
  ];
  const { tasks } = admitTasks(
    [
      { description: "Make the `test_full` check pass.", target: "src/b.py" },
      { description: "Mend it", target: "src/c.py", checks: ["`test_empty`"] },
    ],
    started({}, failed),
    ["src/a.py", "src/b.py", "src/c.py"],
    bounded(30),
  );
  assert.deepEqual(tasks.map((one) => one.checks), [[failed[1]!.name], [failed[0]!.name]]);
});

Deno.test("a failing check that no task covers gets a task by the rules, and a task about nothing is refused", () => {
  const { tasks, refused } = admitTasks(
    [{ description: "Repair adding", target: "src/add.ts", checks: ["adds"] }, { description: "Look around" }],
    started({}, FAILING),
    FILES,
    bounded(30),
  );
  assert.deepEqual(refused.map((one) => one.reason), ["it names neither a file to work on nor a failing check"]);
  assert.deepEqual(tasks.map((one) => [one.id, one.target, one.checks]), [
    ["T1", "src/add.ts", ["npm test: adds"]],
    ["T2", "src/halve.ts", ["npm test: halves"]],
  ]);
});

Deno.test("tasks on the tests themselves are no work, and their checks go to a task on the code", () => {
  const onTests = ["IIII", "VIIII", "other"].map((what) => ({
    description: `Make ${what} pass`,
    target: "tests/add_test.ts",
  }));
  const { tasks, refused } = admitTasks(
    [...onTests, { description: "Repair adding", target: "tests/add_test.ts", checks: ["adds"] }],
    started({}, FAILING),
    FILES,
    bounded(30),
  );
  assert.deepEqual(tasks.map((one) => [one.target, one.checks]), [
    ["src/add.ts", ["npm test: adds"]],
    ["src/halve.ts", ["npm test: halves"]],
  ]);
  assert.equal(refused.length, 3);
  const named = admitTasks(onTests, started({ goal: "Extend tests/add_test.ts" }, FAILING), FILES, bounded(30));
  assert.ok(named.tasks.some((one) => one.target === "tests/add_test.ts"), "the goal may name a test");
});

Deno.test("a test that is yet to be written is work, beside tasks on failing checks", () => {
  const { tasks, refused } = admitTasks(
    [
      { description: "Repair adding", target: "src/add.ts", checks: ["adds"] },
      { description: "Repair halving", target: "src/halve.ts", checks: ["halves"] },
      { description: "Cover thirds", target: "tests/third_test.ts" },
    ],
    started({}, FAILING),
    FILES,
    bounded(30),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(tasks.at(-1), task({ id: "T3", description: "Cover thirds", target: "tests/third_test.ts" }));
});

Deno.test("a task without a failing check on the file of one that has some is refused, and the others are numbered anew", () => {
  const { tasks, refused } = admitTasks(
    [
      { description: "Make greets pass", target: "src/add.ts", checks: ["greets"] },
      { description: "Repair adding", target: "src/add.ts", checks: ["adds"], after: [1] },
      { description: "Repair halving", target: "src/halve.ts", checks: ["halves"], after: [2] },
    ],
    started({}, FAILING),
    FILES,
    bounded(30),
  );
  assert.deepEqual(tasks.map((one) => [one.id, one.checks, one.after]), [
    ["T1", ["npm test: adds"], []],
    ["T2", ["npm test: halves"], ["T1"]],
  ]);
  assert.deepEqual(refused.map((one) => one.reason), ["the failing checks of src/add.ts belong to T1"]);
});

Deno.test("tasks that make checks of one file pass are one task, and what came after one of them comes after it", () => {
  const failed = [...FAILING, result("npm test: adds twice", false, ["src/add.ts"])];
  const { tasks, refused } = admitTasks(
    [
      { description: "Make adds pass", target: "src/add.ts", checks: ["adds"] },
      { description: "Make halves pass", target: "src/halve.ts", checks: ["halves"], after: [1] },
      { description: "Make adds twice pass", target: "src/add.ts", checks: ["adds twice"], after: [2] },
      { description: "Write it down", target: "README.md", after: [3] },
    ],
    started({}, failed),
    FILES,
    bounded(30),
  );
  assert.deepEqual(tasks.map((one) => [one.id, one.target, one.checks, one.after]), [
    ["T1", "src/add.ts", ["npm test: adds", "npm test: adds twice"], []],
    ["T2", "src/halve.ts", ["npm test: halves"], ["T1"]],
    ["T3", "README.md", [], ["T1"]],
  ]);
  assert.equal(tasks[0]?.description, "Make adds pass; Make adds twice pass");
  assert.deepEqual(refused, []);
});

Deno.test("a target that judges the work or does not exist gives way to the file that the evidence names", () => {
  const plan = [{ description: "Repair adding", target: "tests/add_test.ts", checks: ["adds"] }];
  assert.equal(admitTasks(plan, started({}, FAILING), FILES, bounded(30)).tasks[0]?.target, "src/add.ts");
  assert.equal(
    admitTasks(plan, started({ goal: "Mend tests/add_test.ts" }, FAILING), FILES, bounded(30)).tasks[0]?.target,
    "tests/add_test.ts",
  );
  const invented = [{ description: "Repair adding", target: "src/adder.ts", checks: ["adds"] }];
  assert.equal(admitTasks(invented, started({}, FAILING), FILES, bounded(30)).tasks[0]?.target, "src/add.ts");
  const known = [{ description: "Repair adding", target: "src/util/text.ts", checks: ["adds"] }];
  assert.equal(admitTasks(known, started({}, FAILING), FILES, bounded(30)).tasks[0]?.target, "src/util/text.ts");
  assert.equal(
    admitTasks([{ description: "Add a page", target: "docs/new.md" }], started(), FILES, bounded(30)).tasks[0]?.target,
    "docs/new.md",
  );
});

Deno.test("a plan that is full of other things leaves room for what checks call for", () => {
  const others = Array.from({ length: 6 }, (_, at) => ({ description: `Do part ${at}`, target: `src/p${at}.ts` }));
  const { tasks, refused } = admitTasks(
    [...others, { description: "Repair halving", checks: ["halves"] }],
    started({}, FAILING),
    FILES,
    bounded(4),
  );
  assert.deepEqual(tasks.map(({ checks }) => checks), [[], [], ["npm test: halves"], ["npm test: adds"]]);
  assert.equal(refused.length, 4);
});
