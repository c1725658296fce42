import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { completeCheck } from "../../src/languages/check.ts";
import { cargo } from "../../src/languages/runners/cargo.ts";
import { detectChecks } from "../../src/work/detect_checks.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

/** The checks of a project with these files, as `name: command (runner)`. */
async function detected(files: Readonly<Record<string, string>>): Promise<string[]> {
  let found: string[] = [];
  await inTemporaryFolder(async (root) => {
    writeFiles(root, files);
    found = (await detectChecks(root, LANGUAGES)).map((check) =>
      `${check.name}: ${check.command.join(" ")} (${check.runner?.name ?? "plain"})`
    );
  });
  return found;
}

Deno.test("checks are detected from what a project holds", async () => {
  const pytest = "pytest: python3 -m pytest -q -rA --tb=short -p no:cacheprovider -o faulthandler_timeout=20 (pytest)";
  const cases: [Record<string, string>, string[]][] = [
    [{ "README.md": "" }, []],
    [{ "deno.json": '{ "tasks": { "test": "deno test" } }' }, ["deno task test: deno task test (deno)"]],
    [
      { "deno.jsonc": '{ // why\n "tasks": { "test": { "command": "deno test" }, "check": "deno check ." }, }' },
      ["deno task test: deno task test (deno)", "deno task check: deno task check (plain)"],
    ],
    [{ "deno.json": "{}", "src/a_test.ts": "" }, ["deno test: deno test -A (deno)"]],
    [{ "deno.json": "{}", "src/latest.ts": "" }, []],
    [{ "package.json": '{ "scripts": { "test": "node --test" } }' }, ["npm test: npm test (node)"]],
    [{ "package.json": '{ "scripts": { "test": "vitest run" } }', "pnpm-lock.yaml": "" }, [
      "pnpm test: pnpm test (node)",
    ]],
    [{ "package.json": '{ "scripts": { "test": "echo \\"Error: no test specified\\" && exit 1" } }' }, []],
    [{ "package.json": "{}", "test/a.js": "" }, ["node --test: node --test (node)"]],
    [{ "package.json": "not json" }, []],
    [{ "tests/test_a.py": "import pytest\n" }, [pytest]],
    [{ "tests/test_a.py": "import unittest\n", "pyproject.toml": "[tool.pytest.ini_options]\n" }, [pytest]],
    [
      { "tests/test_a.py": "import pytest\n", ".venv/bin/python": "" },
      ["pytest: .venv/bin/python -m pytest -q -rA --tb=short -p no:cacheprovider -o faulthandler_timeout=20 (pytest)"],
    ],
    [
      { "tests/test_a.py": "import unittest\n", ".venv/bin/python": "" },
      ["unittest: .venv/bin/python -m unittest discover -v -s tests (unittest)"],
    ],
    [
      { "tests/test_a.py": "import unittest\n", "tests/__init__.py": "", "venv/bin/python": "" },
      ["unittest: venv/bin/python -m unittest discover -v (unittest)"],
    ],
    [
      {
        "test_a.py": "import unittest\n",
        ".venv/bin/python": "",
        ".venv/lib/python3.12/site-packages/pytest/__init__.py": "",
      },
      ["pytest: .venv/bin/python -m pytest -q -rA --tb=short -p no:cacheprovider -o faulthandler_timeout=20 (pytest)"],
    ],
    [{ "pyproject.toml": "" }, []],
    [{ "Cargo.toml": "" }, ["cargo test: cargo test --no-fail-fast (cargo)"]],
    [{ "go.mod": "" }, ["go test: go test -v ./... (go)"]],
    [{ "Makefile": "all:\n\techo\ntest: all\n\t./run\n" }, ["make test: make test (make)"]],
    [{ "Makefile": "check:\n\t./run\n" }, ["make check: make check (make)"]],
    [{ "Makefile": "test := 1\nlatest:\n" }, []],
    [{ "Makefile": "test:\n\tgo test\n", "go.mod": "" }, ["go test: go test -v ./... (go)"]],
  ];
  for (const [files, wanted] of cases) assert.deepEqual(await detected(files), wanted, JSON.stringify(files));
});

Deno.test("Node's own test runner is asked to name its cases, others and chosen reporters are left alone", async () => {
  const environmentOf = async (script: string) => {
    let environment: Readonly<Record<string, string>> | undefined;
    await inTemporaryFolder(async (root) => {
      writeFiles(root, { "package.json": JSON.stringify({ scripts: { test: script } }) });
      environment = (await detectChecks(root, LANGUAGES))[0]?.environment;
    });
    return environment;
  };
  assert.deepEqual(await environmentOf("tsc && node --import tsx --test"), { NODE_OPTIONS: "--test-reporter=tap" });
  assert.deepEqual(await environmentOf("node --test --test-reporter=dot"), {});
  assert.deepEqual(await environmentOf("jest"), {});
});

Deno.test("a configured check gets its runner by its command", () => {
  const runner = (...command: string[]) => completeCheck({ name: "c", command }, LANGUAGES).runner?.name;
  assert.equal(runner("uv", "run", "pytest"), "pytest");
  assert.equal(runner("python", "-m", "unittest"), "unittest");
  assert.equal(runner("cargo", "+nightly", "test"), "cargo");
  assert.equal(runner("go", "test", "./..."), "go");
  assert.equal(runner("./check.sh"), undefined);
  assert.equal(runner("npm", "test"), "node");
  assert.equal(runner("node", "--import", "tsx", "--test"), "node");
  const own = completeCheck({ name: "c", command: ["./check.sh"], runner: cargo, timeoutMs: 5 }, LANGUAGES);
  assert.deepEqual([own.runner, own.timeoutMs, own.environment], [cargo, 5, { RUST_BACKTRACE: "0" }]);
});
