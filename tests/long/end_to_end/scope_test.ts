import assert from "node:assert/strict";
import type { Stamped } from "../../../src/features/fact.ts";
import { BUILT_IN } from "../../../src/plugin/built_in.ts";
import { Earlier } from "../../../src/tell/earlier.ts";
import { tellingOf } from "../../../src/tell/telling.ts";
import { type CrewRun, withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { answersAll } from "../../end_to_end/fixtures/wished.ts";

/** A small project whose tests are green, something that is to be added, and what is written. */
interface Neighbour {
  readonly goal: string;
  readonly files: Readonly<Record<string, string>>;
  /** The source, and how it stands once the work is done right. */
  readonly path: string;
  readonly after: string;
  readonly name: string;
  readonly text: string;
  /** A test that shows it. */
  readonly test: readonly [path: string, text: string];
  /** The source with what is there changed, and nothing added: all tests stay green. */
  readonly wrong: string;
  readonly changed: string;
}

const MEAN = 'def mean(values):\n    """The mean."""\n    return sum(values) / len(values)\n';
const PYTHON: Neighbour = {
  goal: "Add a function median(values) to stats.py, beside mean: the value in the middle of the sorted values.",
  files: {
    "stats.py": MEAN,
    "test_stats.py":
      "import unittest\nfrom stats import mean\n\n\nclass MeanTest(unittest.TestCase):\n    def test_mean(self):\n        self.assertEqual(mean([1, 2, 3]), 2)\n",
  },
  path: "stats.py",
  after:
    `${MEAN}\n\ndef median(values):\n    """The value in the middle."""\n    return sorted(values)[len(values) // 2]\n`,
  name: "median",
  text: 'def median(values):\n    """The value in the middle."""\n    return sorted(values)[len(values) // 2]\n',
  test: [
    "test_median.py",
    "import unittest\nfrom stats import median\n\n\nclass MedianTest(unittest.TestCase):\n    def test_median(self):\n        self.assertEqual(median([9, 1, 2]), 2)\n",
  ],
  wrong: 'def mean(values):\n    """The mean."""\n    return sorted(values)[len(values) // 2]\n',
  changed: "mean in stats.py",
};

const GROUP =
  "export function groupBy(items, keyOf) {\n  const groups = new Map();\n  for (const item of items) {\n    const key = keyOf(item);\n    groups.set(key, [...(groups.get(key) ?? []), item]);\n  }\n  return groups;\n}\n";
const HEAD = 'import test from "node:test";\nimport assert from "node:assert/strict";\n';
const JAVASCRIPT: Neighbour = {
  goal:
    "Add an exported function countBy(items, keyOf) to collections.js, beside groupBy. It counts the items of each key.",
  files: {
    "package.json": '{ "type": "module" }\n',
    "collections.js": GROUP,
    "collections.test.js":
      `${HEAD}import { groupBy } from "./collections.js";\ntest("groups", () => assert.equal(groupBy([1], String).size, 1));\n`,
  },
  path: "collections.js",
  after: `${GROUP}
export function countBy(items, keyOf) {
  return new Map([...groupBy(items, keyOf)].map(([key, all]) => [key, all.length]));
}
`,
  name: "countBy",
  text:
    "function countBy(items, keyOf) {\n  return new Map([...groupBy(items, keyOf)].map(([key, all]) => [key, all.length]));\n}\n",
  test: [
    "count.test.js",
    `${HEAD}import { countBy } from "./collections.js";\ntest("counts", () => assert.equal(countBy([1, 1], String).get("1"), 2));\n`,
  ],
  wrong:
    "export function groupBy(items, keyOf) {\n  return new Map(items.map((item) => [keyOf(item), items.length]));\n}\n",
  changed: "groupBy in collections.js",
};

const ONLY =
  "// Only returns the words that are wanted.\nfunc Only(words []string, wanted string) []string {\n\tvar kept []string\n\tfor _, word := range words {\n\t\tif strings.EqualFold(word, wanted) {\n\t\t\tkept = append(kept, word)\n\t\t}\n\t}\n\treturn kept\n}\n";
const WITHOUT = ONLY.replaceAll("Only", "Without").replaceAll("wanted", "unwanted").replace("if ", "if !");
const LISTS = `package lists\n\nimport "strings"\n\n${ONLY}`;
const testOf = (name: string, body: string) =>
  `package lists\n\nimport "testing"\n\nfunc Test${name}(t *testing.T) {\n\t${body}\n}\n`;
const GO: Neighbour = {
  goal:
    "Add a function Without(words []string, unwanted string) []string to lists.go, beside Only. It returns the other words, upper and lower case making no difference as in Only.",
  files: {
    "go.mod": "module example.org/lists\n\ngo 1.19\n",
    "lists.go": LISTS,
    "lists_test.go": testOf("Only", 'if len(Only([]string{"a", "b"}, "A")) != 1 {\n\t\tt.Fatal("not one")\n\t}'),
  },
  path: "lists.go",
  after: `${LISTS}\n${WITHOUT}`,
  name: "Without",
  text: WITHOUT,
  test: [
    "without_test.go",
    testOf(
      "Without",
      'if got := Without([]string{"a", "b"}, "A"); len(got) != 1 || got[0] != "b" {\n\t\tt.Fatal(got)\n\t}',
    ),
  ],
  wrong: LISTS.replace("if strings", "if !strings"),
  changed: "Only in lists.go",
};

/** What the coding specialist does with add_function. */
function adds({ path, name, text }: Neighbour): ScriptedCall {
  const given = { path, function: name, description: "It is new.", signature: text.split("\n")[0]! };
  return { name: "add_function", arguments: given, text };
}

const finishes: ScriptedCall = { name: "finish_task", arguments: { summary: "Done." } };

/** Attempts at the work that are over. */
function closed(crew: CrewRun) {
  const tests = crew.run.state().tasks.list.filter(({ kind }) => kind === "test").map(({ id }) => id);
  return crew.facts().filter((fact) => fact.type === "attempt_closed").filter(({ task }) => !tests.includes(task));
}

/** All facts as lines of progress, and as lines of JSON. */
function told(facts: readonly Stamped[]): { readonly lines: string; readonly json: string } {
  const telling = tellingOf(BUILT_IN);
  const known = new Earlier(BUILT_IN);
  return {
    lines: facts.flatMap((fact) => telling.lines(fact, known)).join("\n"),
    json: facts.map((fact) => telling.json(fact, known)).join(""),
  };
}

for (const [language, one] of Object.entries({ Python: PYTHON, JavaScript: JAVASCRIPT, Go: GO })) {
  Deno.test(`${language}: a crew that changes what is there in place of what is asked for is taken back before any review, and the next try is told why`, () =>
    withCrew(async (crew) => {
      answersAll(crew);
      const ending = await crew.end();
      const [first, second] = closed(crew);
      const { lines, json } = told(crew.facts());
      assert.deepEqual([first?.verdict, first?.scope?.missing, first?.scope?.beyond], ["refuted", [one.name], [
        one.changed,
      ]]);
      assert.equal(second?.verdict, "kept");
      const reviews = crew.facts().filter((fact) => fact.type === "turn_opened" && fact.purpose === "review");
      assert.ok(reviews.every(({ seq }) => seq > second!.seq), "no review looked at the first try");
      const ask = crew.facts().find((fact) =>
        fact.seq > first!.seq && fact.type === "effect_opened" && fact.effect.kind === "ask" &&
        fact.effect.role === "coding"
      );
      assert.ok(ask?.type === "effect_opened");
      const prompt = crew.prompt(ask.effect.key);
      assert.ok(prompt.includes(`asked for and not there: ${one.name}`), prompt);
      assert.ok(prompt.includes(`changed, though nothing asks for that: ${one.changed}`), prompt);
      assert.match(
        lines,
        new RegExp(`try 1: taken back, not there: ${one.name}, changed unasked: ${one.changed}`),
      );
      assert.ok(json.includes(`"scope":{"missing":["${one.name}"],"beyond":["${one.changed}"]`), "as JSON");
      assert.equal(await Deno.readTextFile(`${crew.project}/${one.path}`), one.after);
      assert.equal(ending?.kind, "accepted", ending?.cause);
    }, {
      files: one.files,
      player: scriptedCoder([writes(one.path, one.wrong), finishes, writes(...one.test, true), adds(one), finishes]),
      begun: { goal: one.goal },
      // One of them works in copies of the project.
      ...(one === PYTHON ? { apart: "none" } : {}),
    }));
}
