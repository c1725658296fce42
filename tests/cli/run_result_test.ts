import assert from "node:assert/strict";
import { sayResult } from "../../src/cli/run_result.ts";

Deno.test("a run that asked nothing says nothing of tokens; one that did says what was booked, and what of that servers counted", () => {
  const result = {
    kind: "blocked",
    left: false,
    cause: "The project is not trusted yet.",
    exit: 4,
    run: "r1",
    project: "/p",
    tasks: [],
    files: [],
    tokens: { prompt: null, answer: null, uncounted: 0 },
    spent: 0,
    asks: 0,
    seconds: 1,
    patches: [],
    waitsForYes: false,
    branch: null,
    newTests: [],
    leftToRun: [],
    goOn: "--resume r1 --trust",
  } as const;
  assert.match(sayResult(result, "autonomy"), /^0 tasks; 0 requests, 1\.0 s$/m);
  const asked = { ...result, asks: 2, spent: 1200 };
  assert.match(sayResult(asked, "autonomy"), /^0 tasks; 2 requests, 1200 tokens by estimate, 1\.0 s$/m);
  const counting = (prompt: number) =>
    sayResult({ ...asked, tokens: { prompt, answer: 200, uncounted: 1 } }, "autonomy");
  assert.match(counting(1000), /^0 tasks; 2 requests, 1200 tokens, 1\.0 s$/m);
  assert.match(counting(900), /^0 tasks; 2 requests, 1200 tokens \(1100 counted by servers\), 1\.0 s$/m);
});

Deno.test("commands that are left to the person are named at the end, each with what became of it", () => {
  const result = {
    kind: "accepted",
    left: false,
    cause: "1 task done.",
    exit: 0,
    run: "r1",
    project: "/p",
    tasks: [],
    files: [],
    tokens: { prompt: null, answer: null, uncounted: 0 },
    spent: 0,
    asks: 0,
    seconds: 1,
    patches: [],
    waitsForYes: false,
    branch: null,
    newTests: [],
    leftToRun: [{ command: "npm install left-pad", why: "exit code 1" }, { command: "git commit -m done", why: "" }],
    goOn: null,
  } as const;
  assert.match(
    sayResult(result, "autonomy"),
    /\nLeft for you to run in \/p: npm install left-pad {2}\(exit code 1\)\nLeft for you to run in \/p: git commit -m done\n$/,
  );
});

Deno.test("work that was not accepted is named at the end, with the commands that show it and take it over", () => {
  const result = {
    kind: "partial",
    left: false,
    cause: "Some tasks are parked.",
    exit: 3,
    run: "r1",
    project: "/p",
    tasks: [],
    files: [],
    tokens: { prompt: null, answer: null, uncounted: 0 },
    spent: 0,
    asks: 0,
    seconds: 1,
    patches: ["T1", "T3"],
    waitsForYes: false,
    branch: null,
    newTests: [],
    leftToRun: [],
    goOn: null,
  } as const;
  assert.match(
    sayResult(result, "autonomy"),
    /\nLook: autonomy show r1\nLook: autonomy diff r1 T1 \(also T3\)\nTake over: autonomy apply r1 T1\n$/,
  );
  assert.doesNotMatch(sayResult({ ...result, patches: [] }, "autonomy"), /diff|apply/);
});

Deno.test("new tests that wait for a yes are shown at the end, with the one command that says it", () => {
  const patch = "diff --git a/test/json.test.js b/test/json.test.js\nnew file mode 100644\n+test();\n";
  const result = {
    kind: "partial",
    left: false,
    cause: "The new tests wait for your yes.",
    exit: 3,
    run: "r1",
    project: "/p",
    tasks: [],
    files: [],
    tokens: { prompt: null, answer: null, uncounted: 0 },
    spent: 0,
    asks: 0,
    seconds: 1,
    patches: [],
    waitsForYes: true,
    branch: null,
    newTests: [{ path: "test/json.test.js", patch }],
    leftToRun: [],
    goOn: "--resume r1",
  } as const;
  const said = sayResult(result, "autonomy");
  assert.ok(said.includes(`\nThe new tests:\n${patch}\n`), said);
  assert.ok(said.includes("\nLook: autonomy show r1\nSay yes: autonomy accept r1\n"), said);
  assert.ok(!sayResult({ ...result, waitsForYes: false, newTests: [] }, "autonomy").includes("accept"));
});
