import assert from "node:assert/strict";
import { isOutOfScope } from "../../../src/features/scope/judge_scope.ts";
import { type AttemptGiven, scopeAfter } from "../../given/given_scope.ts";

const MEAN = "def mean(values):\n    return sum(values) / len(values)\n";
const MEDIAN = "def median(values):\n    return sorted(values)[len(values) // 2]\n";
const OTHER_MEAN = "def mean(values):\n    return sorted(values)[len(values) // 2]\n";
const ADD = { goal: "Add a function median(values) to stats.py, beside mean.", files: { "stats.py": MEAN } };

/** What of an attempt is held against it, in short. */
async function against(given: AttemptGiven): Promise<string> {
  const scope = await scopeAfter(given);
  const parts = [...scope.missing.map((name) => `no ${name}`), ...scope.beyond.map((name) => `not ${name}`)];
  assert.equal(isOutOfScope(scope), parts.length > 0);
  return parts.join(", ");
}

Deno.test("what a task asks for by name must be there, and what it does not ask to change must be as it was", async () => {
  const after = (text: string) => against({ ...ADD, writes: { "stats.py": text } });
  assert.equal(await after(OTHER_MEAN), "no median, not mean in stats.py");
  assert.equal(await after(`${MEAN}\n\n${MEDIAN}`), "");
  assert.equal(await after(`${OTHER_MEAN}\n\n${MEDIAN}`), "not mean in stats.py");
  assert.equal(await after(MEDIAN), "not mean in stats.py", "it is gone");
  assert.equal(await after(`# Figures.\n\n\n${MEAN}`), "no median");
  assert.equal(await after(`def mean(values):\n    return median(values)\n\n\n${MEDIAN}`), "not mean in stats.py");
});

Deno.test("an error that a task only names, as what code shall fail with, is not missed", async () => {
  const goal = "Add a method withdraw(amount) to Account that fails with a ValueError when the balance is too low";
  const files = { "bank.py": "class Account:\n    def __init__(self, balance):\n        self.balance = balance\n" };
  const method =
    "\n    def withdraw(self, amount):\n        if amount > self.balance:\n            raise ValueError('too low')\n" +
    "        self.balance -= amount\n";
  assert.equal(await against({ goal, files, writes: { "bank.py": files["bank.py"] + method } }), "");
  assert.equal(
    await against({ goal, files, writes: { "bank.py": `${files["bank.py"]}\n\nclass ValueError:\n    pass\n` } }),
    "no withdraw",
  );
});

Deno.test("what a task asks for may stand in another file than the one that was written", async () => {
  const files = { ...ADD.files, "more.py": MEDIAN };
  assert.equal(await against({ ...ADD, files, writes: { "stats.py": `import more\n\n\n${MEAN}` } }), "");
});

Deno.test("what is asked for is missed also where an attempt wrote no code at all, but not where nobody can read its language", async () => {
  assert.equal(await against({ ...ADD, writes: { "README.md": "There is a median.\n" } }), "no median");
  assert.equal(await against({ ...ADD, writes: { "stats.lua": "function median(values) end\n" } }), "");
});

Deno.test("what is there may change where the goal takes the new from it, or lets it make use of that", async () => {
  const files = { "cli.py": "def main(argv):\n    n = int(argv[1])\n    print(n)\n\n\ndef other():\n    return 1\n" };
  const parse = "def parse_args(argv):\n    return int(argv[1])\n";
  const writes = { "cli.py": `${parse}\n\n${files["cli.py"].replace("int(argv[1])", "parse_args(argv)")}` };
  const goals = [
    "Extract the reading of arguments from `main` into a function parse_args(argv).",
    "Add a function parse_args(argv) to cli.py and use it in main.",
  ];
  for (const goal of goals) {
    assert.equal(await against({ goal, files, writes }), "", goal);
    const more = { "cli.py": writes["cli.py"].replace("return 1", "return 2") };
    assert.equal(await against({ goal, files, writes: more }), "not other in cli.py", goal);
  }
  assert.equal(
    await against({ goal: "Add a function parse_args(argv) beside main.", files, writes }),
    "not main in cli.py",
  );
});

Deno.test("a definition that nothing names may change where the attempt says why by its name and a new test covers it", async () => {
  const writes = { "stats.py": `${OTHER_MEAN}\n\n${MEDIAN}` };
  const tests = ["from stats import mean\nassert mean([1]) == 1\n"];
  const reasons = "mean was wrong for one value";
  assert.equal(await against({ ...ADD, writes, tests, reasons }), "");
  assert.equal(await against({ ...ADD, writes, tests }), "not mean in stats.py");
  assert.equal(await against({ ...ADD, writes, reasons }), "not mean in stats.py");
  assert.equal(
    await against({ ...ADD, writes, reasons, tests: ["from stats import median\n"] }),
    "not mean in stats.py",
  );
});

Deno.test("a goal of several tasks is asked of the one that says so", async () => {
  const goal = "Add median(values) and mode(values) to stats.py.";
  const writes = { "stats.py": `${MEAN}\n\n${MEDIAN}` };
  const files = ADD.files;
  const others = ["Write mode in stats.py."];
  assert.equal(await against({ goal, description: "Write median in stats.py.", others, files, writes }), "");
  assert.equal(await against({ goal, description: "Write mode in stats.py.", others, files, writes }), "no mode");
  assert.equal(await against({ goal, files, writes }), "no mode");
});

Deno.test("a method is added to its class and to what makes its values, and to nothing else of it", async () => {
  const files = {
    "stack.js":
      "export class Stack {\n  constructor() {\n    this.items = [];\n  }\n\n  push(x) {\n    this.items.push(x);\n  }\n}\n",
  };
  const goal = "Add a method pop() to the class Stack.";
  const after = (text: string) => against({ goal, files, writes: { "stack.js": text } });
  const pop = files["stack.js"].replace(/\n}\n$/, "\n\n  pop() {\n    return this.items.pop();\n  }\n}\n");
  assert.equal(await after(pop), "");
  assert.equal(await after(pop.replace("= []", "= new Array()")), "");
  assert.equal(
    await after(pop.replace("push(x) {", "push(x) {\n    if (x === 1) return;")),
    "not Stack.push in stack.js",
  );
});

Deno.test("a goal that names what is there bounds its file to that, to what uses it and to what it uses", async () => {
  const files = {
    "a.go":
      'package a\n\nfunc ParseAll(s string) int {\n\treturn clean(s)\n}\n\nfunc clean(s string) int {\n\treturn 1\n}\n\nfunc Format(n int) string {\n\treturn ""\n}\n',
  };
  const goal = "`ParseAll` shall give 2 for an empty text.";
  const after = (from: string, to: string) =>
    against({ goal, files, writes: { "a.go": files["a.go"].replace(from, to) } });
  assert.equal(await after("return clean(s)", "return clean(s) + 1"), "");
  assert.equal(await after("return 1", "return 2"), "");
  assert.equal(await after('return ""', 'return "x"'), "not Format in a.go");
  assert.equal(await after("func ParseAll", "func Parse"), "no ParseAll");
});

Deno.test("a rename that is asked for may change whatever uses it, and must be carried out", async () => {
  const files = {
    "a.ts": "export function put(n: number) {\n  return n;\n}\n\nexport function other() {\n  return 1;\n}\n",
    "b.ts": 'import { put } from "./a.ts";\n\nexport function use() {\n  return put(1);\n}\n',
  };
  const goal = "Rename the function put to addMember everywhere.";
  const renamed = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll("put", "addMember")]),
  );
  assert.equal(await against({ goal, files, writes: renamed }), "");
  assert.equal(
    await against({ goal, files, writes: { "b.ts": files["b.ts"].replace("put(1)", "put(2)") } }),
    "no addMember",
  );
  const more = { ...renamed, "a.ts": renamed["a.ts"]!.replace("return 1", "return 2") };
  assert.equal(await against({ goal, files, writes: more }), "not other in a.ts");
});

Deno.test("a goal in words alone, an option and documents bound nothing; an option must be read somewhere", async () => {
  const files = { "cli.py": "def main(args):\n    print(args)\n\n\ndef run(args):\n    main(args)\n" };
  const writes = { "cli.py": files["cli.py"].replace("print(args)", "print(args.limit)") };
  assert.equal(await against({ goal: "It is too slow, make it faster.", files, writes }), "");
  assert.equal(await against({ goal: "The command needs an option --limit N.", files, writes }), "");
  assert.equal(await against({ goal: "The command needs an option --most N.", files, writes }), "no --most");
});

Deno.test("where checks failed all is in scope that what they name leads to, and what is far from it wants a reason", async () => {
  const files = {
    "test_a.py": "from a import f\n",
    "a.py": "import b\n\n\ndef f():\n    return b.g()\n",
    "b.py": "def g():\n    return 1\n",
    "far.py": "def h():\n    return 1\n",
  };
  const repairs = [{ name: "test_f", passed: false, evidence: "", files: ["test_a.py"] }];
  const goal = "Make all tests pass.";
  const b = { "b.py": "def g():\n    return 2\n" };
  const far = { "far.py": "def h():\n    return 2\n" };
  assert.equal(await against({ goal, files, writes: b, repairs }), "");
  assert.equal(await against({ goal, files, writes: far, repairs }), "", "it alone made the checks pass");
  const { "a.py": _near, ...away } = { ...files, "further.py": "def k():\n    return 1\n" };
  const both = { ...far, "further.py": "def k():\n    return 2\n" };
  assert.equal(await against({ goal, files: away, writes: both, repairs }), "", "they alone did");
  assert.equal(await against({ goal, files, writes: { ...b, ...far }, repairs }), "not h in far.py");
  assert.equal(
    await against({ goal, files, writes: { ...b, ...far }, repairs, reasons: "h gave the wrong value" }),
    "",
  );
});

Deno.test("exports that are gone, other parameters and files that lost much are told, and held against nobody", async () => {
  const rest = Array.from({ length: 30 }, (_, index) => `// ${index}\n`).join("");
  const files = { "a.js": `export function f(a) {\n  return a;\n}\n\nexport function g() {\n  return 1;\n}\n${rest}` };
  const scope = await scopeAfter({
    goal: "It is too slow.",
    files,
    writes: { "a.js": "export function f(a, b) {\n  return a;\n}\n\nfunction g() {\n  return 1;\n}\n" },
  });
  assert.deepEqual(scope, {
    missing: [],
    beyond: [],
    unexported: ["g in a.js"],
    signatures: ["f in a.js"],
    shrunk: ["a.js (7 of 37 lines)"],
  });
});
