import assert from "node:assert/strict";
import { type ScriptedCall, writes } from "./fixtures/scripted_coder.ts";
import { wished } from "./fixtures/wished.ts";

/** A wish for a small project whose checks pass, and crews that do it. */
interface Wish {
  readonly goal: string;
  readonly files: Readonly<Record<string, string>>;
  /** What whoever writes tests writes, for each criterion. */
  readonly tests: readonly string[];
  /** What the coding specialist does right. */
  readonly right: readonly ScriptedCall[];
  /** What one does that gets it wrong in the way of small models. */
  readonly wrong: readonly ScriptedCall[];
  /** Files as they stand once it is done right. */
  readonly left: Readonly<Record<string, string>>;
}

const HEAD = 'import test from "node:test";\nimport assert from "node:assert/strict";\n';
const PACKAGE = { "package.json": '{ "type": "module" }\n' };

const LIST = 'export function list(args) {\n  return args.join(", ");\n}\n';
const LIST_JSON =
  'export function list(args) {\n  const rest = args.filter((one) => one !== "--json");\n  return rest.length < args.length ? JSON.stringify(rest) : rest.join(", ");\n}\n';
const OPTION: Wish = {
  goal: 'Add an option --json to src/list.js. list(["--json", "a"]) is \'["a"]\'.',
  files: {
    ...PACKAGE,
    "src/list.js": LIST,
    "test/list.test.js":
      `${HEAD}import { list } from "../src/list.js";\ntest("lists", () => assert.equal(list(["a"]), "a"));\n`,
  },
  tests: [
    `${HEAD}import { list } from "../src/list.js";\ntest("lists as JSON", () => assert.equal(list(["--json", "a"]), '["a"]'));\n`,
  ],
  right: [writes("src/list.js", LIST_JSON)],
  // It leaves the option out of what is listed, and that is all.
  wrong: [writes("src/list.js", LIST.replace("args.join", 'args.filter((one) => one !== "--json").join'))],
  left: { "src/list.js": LIST_JSON },
};

const SLUG =
  'def slug(text):\n    """The text as a part of an address."""\n    return text.lower().replace(" ", "-")\n';
const SLUG_RIGHT =
  'def slug(text):\n    """The text as a part of an address."""\n    return "-".join(text.lower().split())\n';
const BUG: Wish = {
  goal: 'Two spaces in a row give two dashes in slug.py, and should give one: slug("a  b") is "a-b".',
  files: {
    "slug.py": SLUG,
    "test_slug.py":
      'import unittest\nfrom slug import slug\n\n\nclass SlugTest(unittest.TestCase):\n    def test_slug(self):\n        self.assertEqual(slug("A b"), "a-b")\n',
  },
  tests: [
    'import unittest\nfrom slug import slug\n\n\nclass SpacesTest(unittest.TestCase):\n    def test_spaces(self):\n        self.assertEqual(slug("a  b"), "a-b")\n',
  ],
  right: [writes("slug.py", SLUG_RIGHT)],
  // It works for the example of the old test and for no other.
  wrong: [writes("slug.py", SLUG.replace('.replace(" ", "-")', '.replace(" ", "-").strip("-")'))],
  left: { "slug.py": SLUG_RIGHT },
};

const AREA = "export function area(side) {\n  return side * side;\n}\n";
const users = (name: string) => ({
  "src/floor.js": `import { ${name} } from "./shapes.js";\nexport const floor = (side) => ${name}(side) * 2;\n`,
  "src/walls.js": `import { ${name} } from "./shapes.js";\nexport const walls = (side) => ${name}(side) * 4;\n`,
  "src/house.js":
    `import { floor } from "./floor.js";\nimport { ${name} } from "./shapes.js";\nimport { walls } from "./walls.js";\nexport const house = (side) => floor(side) + walls(side) + ${name}(side);\n`,
});
const RENAME: Wish = {
  goal: "Rename the function area in src/shapes.js to surface, wherever it is used.",
  files: {
    ...PACKAGE,
    "src/shapes.js": AREA,
    ...users("area"),
    "test/house.test.js":
      `${HEAD}import { house } from "../src/house.js";\ntest("a house", () => assert.equal(house(1), 7));\n`,
  },
  tests: [
    `${HEAD}import { surface } from "../src/shapes.js";\ntest("the surface", () => assert.equal(surface(2), 4));\n`,
  ],
  right: [
    writes("src/shapes.js", AREA.replace("area", "surface")),
    ...Object.entries(users("surface")).map(([path, text]) => writes(path, text)),
  ],
  // It leaves those that use it as they are.
  wrong: [writes("src/shapes.js", AREA.replace("area", "surface"))],
  left: { "src/shapes.js": AREA.replace("area", "surface"), ...users("surface") },
};

const PRICE = (from: number) =>
  `package price\n\n// Of returns the price of a number of pieces at 2 each, a tenth less from ${from} pieces on.\nfunc Of(pieces int) int {\n\tif pieces >= ${from} {\n\t\treturn pieces * 18 / 10\n\t}\n\treturn pieces * 2\n}\n`;
const priceTest = (name: string, pieces: number, price: number) =>
  `package price\n\nimport "testing"\n\nfunc Test${name}(t *testing.T) {\n\tif got := Of(${pieces}); got != ${price} {\n\t\tt.Fatal(got)\n\t}\n}\n`;
const RULE: Wish = {
  goal: "The price in price.go is a tenth less from 20 pieces on, not from 10: Of(10) is 20.",
  files: {
    "go.mod": "module example.org/price\n\ngo 1.19\n",
    "price.go": PRICE(10),
    "price_test.go": priceTest("Of", 10, 18),
  },
  tests: [priceTest("Twenty", 10, 20)],
  // The old test says otherwise: who changes it asks.
  right: [writes("price_test.go", priceTest("Of", 20, 36)), writes("price.go", PRICE(20))],
  wrong: [writes("price.go", PRICE(20))],
  left: { "price.go": PRICE(20), "price_test.go": priceTest("Of", 20, 36) },
};

const WISHES: Readonly<Record<string, Wish>> = {
  "an option of a command (JavaScript)": OPTION,
  "a bug that is told in words (Python)": BUG,
  "a new name over four files (JavaScript)": RENAME,
  "a rule that changes, and the old test with it (Go)": RULE,
};

for (const [name, one] of Object.entries(WISHES)) {
  Deno.test(`${name}: who does it right is accepted`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "accepted", ending?.cause);
      for (const [path, text] of Object.entries(one.left)) {
        assert.equal(await Deno.readTextFile(`${crew.project}/${path}`), text, path);
      }
    }, { ...one, code: one.right }));

  Deno.test(`${name}: who gets it wrong is not accepted, though all is said yes to`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.notEqual(ending?.kind, "accepted", ending?.cause);
      assert.match(ending?.cause ?? "", /is not shown/);
    }, { ...one, code: Array.from({ length: 12 }, () => one.wrong).flat() }));
}

Deno.test("a list of which one criterion is not shown is partial, also with a yes to the test of the other", () =>
  wished(async (crew) => {
    const ending = await crew.end();
    assert.equal(ending?.kind, "partial", ending?.cause);
    assert.match(ending.cause, /^1 of 2 criteria not shown: The function `list` trims/);
  }, {
    ...OPTION,
    goal: `Better lists:\n- ${OPTION.goal}\n- The function \`list\` trims what it lists.`,
    // The second is never a test of its own.
    tests: [OPTION.tests[0]!, OPTION.files["test/list.test.js"]!],
    code: [
      ...OPTION.right,
      writes("src/list.js", LIST_JSON.replace("args.filter", "args.map((one) => one.trim()).filter")),
    ],
  }));
