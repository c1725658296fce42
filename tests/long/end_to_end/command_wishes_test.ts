import assert from "node:assert/strict";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { wished, type WishPlayed } from "../../end_to_end/fixtures/wished.ts";

const TOOL =
  'import sys\n\n\ndef main(args):\n    print(len(args))\n\n\nif __name__ == "__main__":\n    main(sys.argv[1:])\n';
const RIGHT = TOOL.replace("print(len(args))", 'print("1.2.0" if args == ["--version"] else len(args))');
const TEST =
  "import unittest\nfrom tool import main\n\n\nclass ToolTest(unittest.TestCase):\n    def test_main(self):\n        self.assertIsNone(main([]))\n";
const PROOF = "python3 tool.py --version prints 1.2.0";
const WISH = {
  goal: "Add an option --version to tool.py: `python3 tool.py --version` prints `1.2.0`.",
  files: { "tool.py": TOOL, "test_tool.py": TEST },
  tests: [],
  answer: null,
  apart: "bubblewrap",
} as const satisfies Partial<WishPlayed>;

Deno.test("a command and what it prints are the proof of a wish: run in a copy before the work and after it, named at the end", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.ok(ending.cause.includes(`shown by a run in a fresh copy: ${PROOF}, which it did not before the work`));
    const [made] = crew.facts().flatMap((fact) => fact.type === "criteria_made" ? [fact] : []);
    assert.deepEqual(made?.criteria.map(({ how }) => how), ["command"]);
    const rounds = crew.facts().flatMap((fact) =>
      fact.type === "effect_finished" && fact.result.kind === "check"
        ? fact.result.results.flatMap(({ name, passed }) => name === PROOF ? [passed] : [])
        : []
    );
    assert.deepEqual([rounds[0], rounds.at(-1)], [false, true]);
    assert.deepEqual(crew.run.state().tasks.list.filter(({ kind }) => kind === "test"), [], "it needs no test");
    assert.equal(await Deno.readTextFile(`${crew.project}/tool.py`), RIGHT);
  }, { ...WISH, code: [writes("tool.py", RIGHT)] }));

/** What small models make of it. */
const WRONG = {
  "that prints something else": RIGHT.replace("1.2.0", "1.2"),
  "that prints it whatever is asked": TOOL.replace("print(len(args))", 'print("tool 1.2.0")'),
  "that prints all that it may be": TOOL.replace("print(len(args))", 'print("1.1.0\\n1.2.0\\n1.3.0")'),
  "that prints it and fails": TOOL.replace(
    "print(len(args))",
    'print("1.2.0") if args else None\n    sys.exit(3) if args else None',
  ),
};

for (const [who, text] of Object.entries(WRONG)) {
  Deno.test(`a command that does not print what it shall shows nothing, with a crew ${who}`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.notEqual(ending?.kind, "accepted", ending?.cause);
      assert.ok(ending?.cause.includes(`not shown: ${PROOF}: it does not`), ending?.cause);
      assert.equal(await Deno.readTextFile(`${crew.project}/tool.py`), TOOL);
    }, { ...WISH, code: Array.from({ length: 8 }, () => writes("tool.py", text)) }));
}

Deno.test("a command that prints it before the work as well shows nothing of it", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.notEqual(ending?.kind, "accepted", ending?.cause);
    assert.match(ending?.cause ?? "", /prints 1\.2\.0: it did before the work as well/);
  }, { ...WISH, files: { ...WISH.files, "tool.py": RIGHT }, code: [writes("tool.py", `${RIGHT}# done\n`)] }));

Deno.test("beside a criterion that a test shows a command is one of several: both have to hold, and the test wants its yes", () => {
  const both = RIGHT.replace("import sys\n", "import sys\n\n\ndef double(n):\n    return n * 2\n");
  const test =
    "import unittest\nfrom tool import double\n\n\nclass DoubleTest(unittest.TestCase):\n    def test_double(self):\n        self.assertEqual(double(2), 4)\n";
  return wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "accepted", ending?.cause);
    assert.ok(ending.cause.includes(`shown by a run in a fresh copy: ${PROOF}`), ending.cause);
    assert.match(ending.cause, /double.*" is shown by test_double\.py/);
    assert.match(ending.cause, /agreed by the person/);
  }, {
    ...WISH,
    goal:
      "Two things:\n- `python3 tool.py --version` prints `1.2.0`\n- A function `double(n)` in tool.py: double(2) is 4",
    tests: [test],
    code: [writes("tool.py", RIGHT), writes("tool.py", both)],
    answer: () => "",
  });
});

Deno.test("where no copy keeps a command from the project a test is written of what it would show", () =>
  wished(async (crew) => {
    const { criteria } = await crew.fact("criteria_made");
    assert.deepEqual(criteria.map(({ how }) => how), ["test"]);
  }, { ...WISH, apart: undefined, code: [] }));
