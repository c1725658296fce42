import assert from "node:assert/strict";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { runChecks } from "../../../src/work/run_checks.ts";
import { detectChecks } from "../../../src/work/detect_checks.ts";
import { ASKED_FOR_ALL } from "../../run/fixtures/asked_for_all.ts";
import { writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { enclosedTest, inEnclosedFolder } from "./enclosed_folder.ts";

/** A tiny project for each tool, and a program that has to be there. */
const PROJECTS: Readonly<Record<string, { readonly needs: string; readonly files: Readonly<Record<string, string>> }>> =
  {
    "npm and node --test": {
      needs: "npm --version",
      files: {
        "package.json": JSON.stringify({ name: "x", version: "1.0.0", scripts: { test: "node --test" } }),
        "a.test.js": 'require("node:test").test("works", () => {});\n',
      },
    },
    pytest: {
      needs: "python3 -m pytest --version",
      files: {
        "pytest.ini": "[pytest]\n",
        "test_a.py": 'def test_works(tmp_path):\n    (tmp_path / "x").write_text("a")\n',
      },
    },
    unittest: {
      needs: "python3 --version",
      files: {
        "test_a.py":
          "import tempfile, unittest\nclass A(unittest.TestCase):\n    def test_works(self):\n        tempfile.TemporaryFile().close()\n",
      },
    },
    go: {
      needs: "go version",
      files: {
        "go.mod": "module x\ngo 1.21\n",
        "a_test.go": 'package x\nimport "testing"\nfunc TestWorks(t *testing.T) { t.TempDir() }\n',
      },
    },
    cargo: {
      needs: "cargo --version",
      files: {
        "Cargo.toml": '[package]\nname = "x"\nversion = "0.1.0"\nedition = "2021"\n',
        "src/lib.rs": "#[test]\nfn works() {}\n",
      },
    },
    deno: {
      needs: "deno --version",
      files: { "deno.json": "{}", "a_test.ts": 'Deno.test("works", () => {});\n' },
    },
    make: {
      needs: "make --version",
      files: { Makefile: "test:\n\techo works > out; cat out\n" },
    },
  };

/** Tools that begin with an empty cache each time, which takes long. */
const SLOW = ["go", "cargo"];

/** Why a tool is left out; null where it is not. */
async function lackOf(name: string, command: string): Promise<string | null> {
  if (SLOW.includes(name) && !ASKED_FOR_ALL) return "AUTONOMY_TIERS=all asks for it";
  const { success } = await new Deno.Command("sh", { args: ["-c", `${command} >/dev/null 2>&1`] }).output();
  return success ? null : "this machine lacks the tool";
}

const never = new AbortController().signal;

for (const [name, { needs, files }] of Object.entries(PROJECTS)) {
  enclosedTest(
    `the checks of a small project work enclosed: ${name}`,
    () =>
      inEnclosedFolder(
        async ({ enclosure }) => {
          writeFiles(enclosure.place, files);
          const checks = await detectChecks(enclosure.place, LANGUAGES, never);
          assert.notEqual(checks.length, 0);
          const report = await runChecks(enclosure.place, checks, LANGUAGES, never, undefined, undefined, enclosure);
          assert.ok(report.results.every(({ passed }) => passed), JSON.stringify(report));
        },
        (folder) => ({ place: `${folder}/project` }),
      ),
    await lackOf(name, needs),
  );
}
