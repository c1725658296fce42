import assert from "node:assert/strict";
import type { Stamped } from "../../../src/features/fact.ts";
import { MARKS } from "../../../src/prompt/marks.ts";
import { readScene } from "../../../src/rehearsal/understudy_scene.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { agrees } from "../../end_to_end/fixtures/wished.ts";

const HEAD = `import test from "node:test";
import assert from "node:assert/strict";
`;
const MEAN = "export function mean(values) {\n  return values.reduce((sum, one) => sum + one, 0) / values.length;\n}\n";
/** A project whose checks pass: a list on which the mean and the median agree. */
const PROJECT = {
  "package.json": '{ "type": "module" }\n',
  "src/stats.js": MEAN,
  "test/mean.test.js": `${HEAD}import { mean } from "../src/stats.js";
test("the mean of three", () => assert.equal(mean([1, 2, 3]), 2));\n`,
};
const GOAL = "Add a function median(values) to src/stats.js. median([1, 2, 9]) is 2.";
const TEST = `${HEAD}import { median } from "../src/stats.js";
test("the median of three", () => assert.equal(median([1, 2, 9]), 2));\n`;
const SORTED = "[...values].sort((one, other) => one - other)";
const MEDIAN = `${MEAN}\nexport function median(values) {\n  return ${SORTED}[Math.floor(values.length / 2)];\n}\n`;
/** The body of the function that is there, replaced by the one that was wished for. */
const INSTEAD = `export function mean(values) {\n  return ${SORTED}[Math.floor(values.length / 2)];\n}\n`;

/** Runs a wish: who writes tests gives these texts in their order, the last again and again, and who writes code makes these calls. */
function wish(
  test: (crew: CrewRun) => Promise<void>,
  { tests, code, goal = GOAL, headless = true }: {
    readonly tests: readonly string[];
    readonly code: readonly ScriptedCall[];
    readonly goal?: string;
    readonly headless?: boolean;
  },
): Promise<void> {
  const coder = scriptedCoder(code);
  let written = 0;
  return withCrew(test, {
    files: PROJECT,
    // A large model writes its test as a text.
    named: { analysis: "qwen2.5:32b" },
    begun: { headless, goal },
    player: (request) => {
      const scene = readScene(request, MARKS);
      const isTest = scene.role === "analysis" && scene.wantedText?.path?.startsWith("test/") === true;
      return isTest ? `\`\`\`js\n${tests[Math.min(written++, tests.length - 1)]}\n\`\`\`` : coder(request);
    },
  });
}

/** What attempts came to, in their order: task, role, verdict. */
function attemptsOf(facts: readonly Stamped[]) {
  const roles = new Map(
    facts.flatMap((fact) =>
      fact.type === "attempt_opened" ? [[`${fact.task}.${fact.number}`, fact.role] as const] : []
    ),
  );
  return facts.flatMap((fact) =>
    fact.type === "attempt_closed" ? [[fact.task, roles.get(`${fact.task}.${fact.number}`), fact.verdict]] : []
  );
}

function summariesOf(facts: readonly Stamped[], task: string) {
  return facts.flatMap((fact) => fact.type === "attempt_closed" && fact.task === task ? [fact.summary] : []);
}

Deno.test("a wish is a test first, by a role that does not do the work, then the work, and one yes", () =>
  wish(async (crew) => {
    const answered = crew.fact("question_asked", ({ id }) => id !== "criteria").then((question) =>
      crew.wish({ kind: "answer", question: question.id, approved: true, text: "" })
    );
    const [, , ending] = await Promise.all([agrees(crew), answered, crew.end()]);
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.match(ending.cause, /"Add a function median\(values\) .*" is shown by test\/median\.test\.js\./);
    const facts = crew.facts();
    assert.deepEqual(attemptsOf(facts).slice(0, 2), [["T1", "analysis", "kept"], ["T2", "coding", "kept"]]);
    const asks = facts.filter((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" &&
      fact.effect.role === "analysis" && fact.seq < facts.find((one) => one.type === "attempt_closed")!.seq
    );
    assert.equal(asks.length, 1, "the test costs one ask: its text");
    const [, work] = crew.run.state().tasks.list;
    assert.deepEqual([work?.target, work?.test, work?.after], ["src/stats.js", "test/median.test.js", ["T1"]]);
    assert.equal(await Deno.readTextFile(`${crew.project}/test/median.test.js`), TEST);
  }, { tests: [TEST], code: [writes("src/stats.js", MEDIAN)], headless: false }));

Deno.test("work beside the wish is taken back, though old tests pass, and the test stays as it is", () =>
  wish(
    async (crew) => {
      const ending = await crew.end();
      assert.match(
        ending?.cause ?? "",
        /1 new check result of test\/median\.test\.js failed before the work and passes now/,
      );
      const facts = crew.facts();
      assert.deepEqual(attemptsOf(facts).slice(0, 3), [
        ["T1", "analysis", "kept"],
        ["T2", "coding", "refuted"],
        ["T2", "coding", "kept"],
      ]);
      const refused = facts.flatMap((fact) =>
        fact.type === "effect_refused" || fact.type === "call_refused" ? [fact.reason] : []
      );
      assert.match(refused[0] ?? "", /test\/median\.test\.js is the test that says when this work is done/);
      assert.equal(await Deno.readTextFile(`${crew.project}/test/median.test.js`), TEST);
      assert.equal(await Deno.readTextFile(`${crew.project}/src/stats.js`), MEDIAN);
    },
    {
      tests: [TEST],
      code: [
        writes("test/median.test.js", `${HEAD}test("nothing", () => {});\n`),
        // Who writes a file anew and gets nowhere is told so twice, then the attempt is over.
        ...Array.from({ length: 3 }, (_one, index) => writes("src/stats.js", `${INSTEAD}// ${index}\n`)),
        writes("src/stats.js", MEDIAN),
      ],
    },
  ));

/** Texts that are no test of the wish, by what is said of them. */
const NO_TESTS: Readonly<Record<string, string>> = {
  "passes on the code as it is": PROJECT["test/mean.test.js"].replace("three", "median"),
  "the test itself is broken": TEST.replace("assert.equal(", "assert.equal(("),
  "it is about something else: it names nothing of median": PROJECT["test/mean.test.js"].replace("three", "four")
    .replace("), 2)", "), 7)"),
  "it takes none of the examples that were given": TEST.replace(
    "assert.equal(median([1, 2, 9]), 2)",
    "assert.ok(median) /* median([1, 2, 9]) is 2 */",
  ),
  "it takes the examples that were given, but not what they are to give": TEST.replace(
    "assert.equal(median([1, 2, 9]), 2)",
    "assert.ok(median([1, 2, 9]))",
  ),
};

for (const [says, text] of Object.entries(NO_TESTS)) {
  Deno.test(`a text that is no test is tried once more, then the work goes on without: ${says}`, () =>
    wish(
      async (crew) => {
        const ending = await crew.end();
        assert.equal(ending?.kind, "partial", ending?.cause);
        assert.match(ending.cause, /is not shown by a test: 2 attempts did not do it/);
        const summaries = summariesOf(crew.facts(), "T1");
        assert.deepEqual(summaries.map((summary) => summary.includes(says)), [true, true], summaries.join("\n"));
        const left = await Array.fromAsync(Deno.readDir(`${crew.project}/test`), ({ name }) => name);
        assert.deepEqual(left, ["mean.test.js"], "what was dropped is taken back");
        assert.deepEqual(crew.run.state().tasks.list.slice(0, 2).map(({ status }) => status), ["dropped", "done"]);
      },
      { tests: [text], code: [writes("src/stats.js", MEDIAN)] },
    ));
}

Deno.test("each line of a list is a criterion: one after the other, its test and then its work, and one for the eye is never claimed", () => {
  const range = TEST.replaceAll("median", "range").replace("9]), 2", "9]), 8");
  const both = `${MEDIAN}\nexport const range = (values) => Math.max(...values) - Math.min(...values);\n`;
  return wish(async (crew) => {
    const ending = await crew.end();
    const [made] = crew.facts().flatMap((fact) => fact.type === "criteria_made" ? [fact] : []);
    assert.deepEqual([made?.by, made?.criteria.map(({ text, how }) => [text, how])], ["given", [
      ["A function `median(values)` in src/stats.js: median([1, 2, 9]) is 2", "test"],
      ["A function `range(values)` in src/stats.js: range([1, 2, 9]) is 8", "test"],
      ["The names read well: it looks like one library", "eye"],
    ]]);
    const tasks = crew.run.state().tasks.list.slice(0, 5);
    assert.deepEqual(tasks.map(({ kind }) => kind), ["test", "work", "test", "work", "work"]);
    const [, median, , ranged] = attemptsOf(crew.facts());
    assert.deepEqual([median, ranged], [["T2", "coding", "kept"], ["T4", "coding", "kept"]]);
    assert.match(
      ending?.cause ?? "",
      /median.* is shown by test\/median\.test\.js\..*range.* is shown by test\/range\.test\.js\./,
    );
    assert.match(ending?.cause ?? "", /looks like one library" is for your eye/);
  }, {
    goal: "Grow the library:\n- [ ] A function `median(values)` in src/stats.js: median([1, 2, 9]) is 2\n" +
      "- [ ] A function `range(values)` in src/stats.js: range([1, 2, 9]) is 8\n" +
      "- The names read well: it looks like one library",
    tests: [TEST, range],
    code: [writes("src/stats.js", MEDIAN), writes("src/stats.js", both)],
  });
});

Deno.test("a test that asks for something wrong is taken back once no work makes it pass, and the work goes on without", () =>
  wish(
    async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "partial", ending?.cause);
      assert.match(ending.cause, /no work made its test test\/median\.test\.js pass, so the test was taken back/);
      assert.equal(await Deno.readTextFile(`${crew.project}/src/stats.js`), MEDIAN);
      const left = await Array.fromAsync(Deno.readDir(`${crew.project}/test`), ({ name }) => name);
      assert.deepEqual(left, ["mean.test.js"], "the wrong test does not stay");
      const tasks = crew.run.state().tasks.list.filter(({ kind }) => kind !== "documentation");
      assert.deepEqual(tasks.map(({ kind, status }) => [kind, status]), [
        ["test", "done"],
        ["work", "dropped"],
        ["work", "done"],
      ]);
    },
    {
      tests: [TEST.replace("9]), 2", "9]), 3")],
      code: Array.from({ length: 40 }, () => writes("src/stats.js", MEDIAN)),
      goal: GOAL.replace("median([1, 2, 9]) is 2.", "Its example is median([1, 2, 9])."),
    },
  ));

const PYTHON_MEAN = "def mean(values):\n    return sum(values) / len(values)\n";
/** A project whose runner reads all tests before it runs one: a test that wants a name which is not there keeps it from all others. */
const PYTHON = {
  "pytest.ini": "[pytest]\npythonpath = .\n",
  "stats.py": PYTHON_MEAN,
  "tests/test_mean.py": "from stats import mean\n\n\ndef test_mean():\n    assert mean([1, 2, 3]) == 2\n",
};

Deno.test("the test of a criterion that cannot be loaded yet keeps no work on another one from being shown", () => {
  const wanted = (name: string, value: number) =>
    `from stats import ${name}\n\n\ndef test_${name}():\n    assert ${name}([1, 2, 9]) == ${value}\n`;
  const tests = [wanted("median", 2), wanted("spread", 8)];
  const median = `${PYTHON_MEAN}\n\ndef median(values):\n    return sorted(values)[len(values) // 2]\n`;
  const both = `${median}\n\ndef spread(values):\n    return max(values) - min(values)\n`;
  const coder = scriptedCoder([writes("stats.py", median), writes("stats.py", both)]);
  return withCrew(async (crew) => {
    const ending = await crew.end();
    assert.deepEqual(attemptsOf(crew.facts()).slice(0, 4), [
      ["T1", "analysis", "kept"],
      ["T2", "coding", "kept"],
      ["T3", "analysis", "kept"],
      ["T4", "coding", "kept"],
    ], ending?.cause);
    assert.match(
      ending?.cause ?? "",
      /median.* is shown by tests\/test_median\.py\..*spread.* is shown by tests\/test_spread\.py\./,
    );
  }, {
    files: PYTHON,
    begun: {
      headless: true,
      goal: "Grow the library:\n- A function `median(values)` in stats.py: median([1, 2, 9]) is 2\n" +
        "- A function `spread(values)` in stats.py: spread([1, 2, 9]) is 8",
    },
    player: (request) => {
      const scene = readScene(request, MARKS);
      const isTest = scene.role === "analysis" && scene.wantedText?.path?.startsWith("tests/") === true;
      return isTest ? `\`\`\`python\n${tests.shift() ?? ""}\n\`\`\`` : coder(request);
    },
  });
});
