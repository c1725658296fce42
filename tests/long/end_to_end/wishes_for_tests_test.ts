import assert from "node:assert/strict";
import { writes } from "../../end_to_end/fixtures/scripted_coder.ts";
import { wished } from "../../end_to_end/fixtures/wished.ts";

const HEAD = 'import test from "node:test";\nimport assert from "node:assert/strict";\n';

/** A project with code that works and has hardly a test, and what is written of tests for it. */
interface ForTests {
  readonly goal: string;
  readonly files: Readonly<Record<string, string>>;
  readonly path: string;
  /** Tests that test something. */
  readonly right: string;
  /** Tests that call what they are about and say nothing of it. */
  readonly vain: string;
  /** Tests that look at the text of the code, and not at what it does. */
  readonly reading: string;
}

const WISHES: Readonly<Record<string, ForTests>> = {
  JavaScript: {
    goal: "Write tests for src/slug.js and make sure they pass.",
    files: {
      "package.json": '{ "type": "module" }\n',
      "src/slug.js":
        'export function slug(text) {\n  return text.trim().toLowerCase().split(/\\s+/).join("-");\n}\n\nexport const isSlug = (text) => slug(text) === text;\n',
      "src/sum.js": "export const sum = (a, b) => a + b;\n",
      "test/sum.test.js":
        `${HEAD}import { sum } from "../src/sum.js";\ntest("a sum", () => assert.equal(sum(1, 2), 3));\n`,
    },
    path: "test/slug.test.js",
    right:
      `${HEAD}import { isSlug, slug } from "../src/slug.js";\ntest("a slug", () => assert.equal(slug(" A  b"), "a-b"));\ntest("is one", () => assert.equal(isSlug("a-b"), true));\n`,
    reading:
      `${HEAD}import { readFileSync } from "node:fs";\nimport { slug } from "../src/slug.js";\ntest("a slug", () => {\n  assert.match(readFileSync("src/slug.js", "utf8"), /toLowerCase/);\n  assert.match(String(slug), /return|split/);\n});\n`,
    vain:
      `${HEAD}import { slug } from "../src/slug.js";\ntest("a slug", () => {\n  slug("a");\n  assert.ok(true);\n});\n`,
  },
  Python: {
    goal: "Add unit tests for slug in slug.py",
    files: {
      "slug.py":
        'def slug(text):\n    """The text as a part of an address."""\n    return "-".join(text.lower().split())\n',
      "sums.py": "def total(a, b):\n    return a + b\n",
      "test_sums.py":
        "import unittest\nfrom sums import total\n\n\nclass SumsTest(unittest.TestCase):\n    def test_total(self):\n        self.assertEqual(total(1, 2), 3)\n",
    },
    path: "test_slug.py",
    right:
      'import unittest\nfrom slug import slug\n\n\nclass SlugTest(unittest.TestCase):\n    def test_slug(self):\n        self.assertEqual(slug("A  b"), "a-b")\n',
    reading:
      'import unittest\nfrom slug import slug\n\n\nclass SlugTest(unittest.TestCase):\n    def test_slug(self):\n        self.assertTrue(callable(slug))\n        with open("slug.py") as file:\n            self.assertIn("text.lower()", file.read())\n',
    vain:
      'import unittest\nfrom slug import slug\n\n\nclass SlugTest(unittest.TestCase):\n    def test_slug(self):\n        slug("a")\n        self.assertTrue(True)\n',
  },
};

for (const [language, { goal, files, path, right, vain, reading }] of Object.entries(WISHES)) {
  Deno.test(`tests that fail where what they test does nothing are what was wished for (${language})`, () =>
    wished(async (crew) => {
      const ending = await crew.end();
      assert.equal(ending?.kind, "accepted", ending?.cause);
      assert.match(ending.cause, /which failed where what they test does nothing, shows? it, agreed by the person/);
      assert.match(ending.cause, /is shown by tests that fail where what they test does nothing\./);
      assert.equal(await Deno.readTextFile(`${crew.project}/${path}`), right);
      for (const [name, text] of Object.entries(files)) {
        assert.equal(await Deno.readTextFile(`${crew.project}/${name}`), text, `${name} stands as it was`);
      }
    }, { goal, files, tests: [], code: [writes(path, right, true)], apart: "none" }));

  for (const [what, text] of Object.entries({ "pass whatever the code does": vain, "read the code": reading })) {
    Deno.test(`tests that ${what} show nothing, also with a yes (${language})`, () =>
      wished(async (crew) => {
        const ending = await crew.end();
        assert.equal(ending?.kind, "partial", ending?.cause);
        assert.match(ending.cause, /pass where what they test does nothing as well, so they do not show the work/);
      }, { goal, files, tests: [], code: [writes(path, text, true)] }));
  }
}
