import assert from "node:assert/strict";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { runChecks } from "../../../src/work/run_checks.ts";
import { detectChecks } from "../../../src/work/detect_checks.ts";
import { ASKED_FOR_ALL } from "../../run/fixtures/asked_for_all.ts";
import { installed } from "../../run/fixtures/installed.ts";
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
    "npm in a folder below": {
      needs: "npm --version",
      files: {
        "below/package.json": JSON.stringify({ name: "x", version: "1.0.0", scripts: { test: "node --test" } }),
        "below/a.test.js": 'require("node:test").test("works", () => {});\n',
      },
    },
    ctest: {
      needs: "ctest --version && cc --version",
      files: {
        "CMakeLists.txt":
          "cmake_minimum_required(VERSION 3.16)\nproject(a C)\nenable_testing()\nadd_executable(a a.c)\nadd_test(NAME works COMMAND a)\n",
        "a.c": "int main(void) { return 0; }\n",
      },
    },
    make: {
      needs: "make --version",
      files: { Makefile: "test:\n\techo works > out; cat out\n" },
    },
  };

/** Tools that begin with an empty cache each time, which takes long. */
const SLOW = ["go", "cargo"];

/** Why a tool is left out; null where it is not. */
function lackOf(name: string, command: string): string | null {
  if (SLOW.includes(name) && !ASKED_FOR_ALL) return "AUTONOMY_TIERS=all asks for it";
  return installed("sh", "-c", command) ? null : "this machine lacks the tool";
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
          if (name !== "make") {
            assert.ok(report.results.length === 2, `its one case is named: ${JSON.stringify(report)}`);
          }
        },
        (folder) => ({ place: `${folder}/project` }),
      ),
    lackOf(name, needs),
  );
}
