import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { playLone } from "../../end_to_end/fixtures/lone_model.ts";
import { type CaseLanguage, isUnsolvable, readWishes, RUNNERS } from "../../eval/read_cases.ts";

/** Asks in which a lone small model is led: two for a test, five for the code. */
const LED = 7;

/** A test that is broken by itself, and no code. */
const WORTHLESS: Readonly<Record<CaseLanguage, string>> = {
  python:
    "import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(nothing, 1)\n",
  javascript: 'import test from "node:test";\ntest("says it", () => nothing());\n',
  go: 'package nothing\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {\n\tnothing()\n}\n',
};

const isThere = (language: CaseLanguage) =>
  new Deno.Command("which", { args: [RUNNERS[language]], stdout: "null" }).outputSync().success;

for (const wish of readWishes()) {
  Deno.test({
    name:
      `whatever a lone small model writes of the wish ${wish.name}, it is asked for texts, and for no choice of tools`,
    // What nobody can fulfil, or understand, is planned first.
    ignore: isUnsolvable(wish) || !isThere(wish.language),
    fn: async () => {
      const text = `\`\`\`\n${WORTHLESS[wish.language]}\`\`\``;
      const { asked } = await playLone([text], filesOf(`${wish.folder}/project`), { goal: wish.wish });
      const choices = asked.slice(0, LED).filter((prompt) => prompt.split('"type": "function"').length > 2);
      assert.deepEqual(choices, []);
    },
  });
}

/** The texts of a project by path. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(entries.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), readFileSync(path, "utf8")];
  }));
}
