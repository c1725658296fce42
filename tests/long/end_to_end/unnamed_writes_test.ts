import assert from "node:assert/strict";
import { installed } from "../../run/fixtures/installed.ts";
import { withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";

const WRONG = "limit = 3\n\n\ndef cut(text):\n    return text\n";
const RIGHT = WRONG.replace("return text", "return text[:limit]");
const SETUP = "limit = 3\n";
const FILES = {
  "cutting.py": WRONG,
  "setup.py": SETUP,
  ".autonomy/plugins/own.ts": "export const limit = 3;\n",
  "test_cutting.py":
    "import unittest\nfrom cutting import cut\n\n\nclass CutTest(unittest.TestCase):\n    def test_cut(self):\n        self.assertEqual(cut('abcd'), 'abc')\n",
};

for (const headless of [true, false]) {
  Deno.test({
    name: `a tool that writes files which its call does not name changes none that judges the work, ${
      headless ? "without a person" : "nor asks afterwards"
    }`,
    ignore: !installed("python3", "--version"),
    fn: () =>
      withCrew(async (crew) => {
        const ending = await crew.end();
        const wrote = crew.facts().flatMap((fact) => fact.type === "write_opened" ? [fact.write.path] : []);
        assert.equal(ending?.kind, "accepted", ending?.cause);
        assert.deepEqual([...new Set(wrote)], ["cutting.py"]);
        for (const path of ["setup.py", ".autonomy/plugins/own.ts"] as const) {
          assert.equal(Deno.readTextFileSync(`${crew.project}/${path}`), FILES[path]);
        }
      }, {
        files: FILES,
        begun: { goal: "Rename the value limit to bound, and make the tests pass.", headless },
        player: scriptedCoder([
          { name: "rename", arguments: { from: "limit", to: "bound" } },
          writes("cutting.py", RIGHT.replaceAll("limit", "bound")),
        ]),
      }),
  });
}
