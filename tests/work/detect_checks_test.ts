import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { completeCheck } from "../../src/languages/check.ts";
import { cargo } from "../../src/languages/runners/cargo.ts";
import { detectChecks, lookForChecks } from "../../src/work/detect_checks.ts";
import { ownPath } from "../../src/work/own_path.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";
import { testsInOwnProcess } from "../run/fixtures/own_process.ts";
import { withVariables } from "../run/fixtures/with_variables.ts";

const alone = testsInOwnProcess(import.meta.url);

/** The checks of a project with these files, as `name: command (runner)`, the folder before the name of one below. */
async function detected(files: Readonly<Record<string, string>>): Promise<string[]> {
  let found: string[] = [];
  await inTemporaryFolder(async (root) => {
    writeFiles(root, files);
    found = (await detectChecks(root, LANGUAGES)).map(({ name, command, folder, runner }) =>
      `${folder === "" ? "" : `${folder} | `}${name}: ${command.join(" ")} (${runner?.name ?? "plain"})`
    );
  });
  return found;
}

/** What is passed over in a project with these files, as `path: why`. */
async function passedOver(files: Readonly<Record<string, string>>): Promise<string[]> {
  let found: string[] = [];
  await inTemporaryFolder(async (root) => {
    writeFiles(root, files);
    found = (await lookForChecks(root, LANGUAGES)).passedOver.map((one) => `${one.passedOver}: ${one.why}`);
  });
  return found;
}

/** A project of Django's, and a test as its apps hold them. */
const DJANGO = { "manage.py": "#!/usr/bin/env python\nfrom django.core.management import execute_from_command_line\n" };
const DJANGO_TEST =
  "from django.test import TestCase\n\n\nclass ATest(TestCase):\n    def test_a(self):\n        pass\n";

Deno.test("checks are detected from what a project holds", async () => {
  const pytest = "pytest: python3 -m pytest (pytest)";
  const told = "pytest: python3 -m pytest -o python_files=test_*.py *_test.py tests.py (pytest)";
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
    [{ "package.json": "{}", "test.js": "" }, ["node --test: node --test (node)"]],
    [{ "test/a.test.js": 'import test from "node:test";\n' }, ["node --test: node --test (node)"]],
    [{ "a.test.cjs": 'const test = require("node:test");\n' }, ["node --test: node --test (node)"]],
    [{ "a.test.js": 'import { test } from "vitest";\n' }, []],
    [{ "a/package.json": '{ "scripts": { "test": "mocha" } }', "a/a.test.js": 'import "node:test";\n' }, [
      "a | npm test in a: npm test (node)",
    ]],
    [{ "package.json": '{ "devDependencies": { "jest": "30" } }', "src/a.test.js": "" }, [
      "jest: npx --no jest (node)",
    ]],
    [{ "package.json": '{ "devDependencies": { "vitest": "4" } }', "a.spec.ts": "", "pnpm-lock.yaml": "" }, [
      "vitest: pnpm exec vitest run (node)",
    ]],
    [{ "package.json": '{ "devDependencies": { "mocha": "12" } }', "test/a.js": "", "yarn.lock": "" }, [
      "mocha: yarn run mocha (node)",
    ]],
    [{ "package.json": '{ "devDependencies": { "vitest": "4" } }', "src/a.ts": "" }, []],
    [{ "package.json": '{ "devDependencies": { "jest": "30" } }', "a/package.json": "{}", "a/a.test.js": "" }, [
      "a | node --test in a: node --test (node)",
    ]],
    [{ "tests/test_a.py": "import pytest\n" }, [pytest]],
    [{ "tests/test_a.py": "import unittest\n", "pyproject.toml": "[tool.pytest.ini_options]\n" }, [pytest]],
    [
      { "tests/test_a.py": "import pytest\n", ".venv/bin/python": "" },
      ["pytest: .venv/bin/python -m pytest (pytest)"],
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
      ["pytest: .venv/bin/python -m pytest (pytest)"],
    ],
    [{ "pyproject.toml": "" }, []],
    [{ "pytest.ini": "[pytest]\npython_files = check_*.py\n  try_*.py\n", "a.py": "", "check_a.py": "" }, [pytest]],
    [{ "pyproject.toml": '[tool.pytest.ini_options]\npython_files = ["check_*.py"]\n', "a/check_a.py": "" }, [pytest]],
    [{ "pytest.ini": "[pytest]\npython_files = check_*.py\n", "test_a.py": "" }, [pytest]],
    [{ "pyproject.toml": '[tool.pytest.ini_options]\npython_files = ["test_[a-z]*.py"]\n', "test_a.py": "" }, [pytest]],
    [{ "pytest.ini": "[pytest]\npython_files = t[!0-9]*.py [z-a].py\n", "try.py": "" }, [pytest]],
    [{ "pytest.ini": "[pytest]\npython_files = t[!0-9]*.py\n", "t1.py": "" }, []],
    [
      { "setup.cfg": "[tool:pytest]\npython_files = check_*.py\n", "pytest.ini": "[pytest]\n", "tests/test_a.py": "" },
      [pytest],
    ],
    [{ "setup.cfg": "[tool:pytest]\npython_files = a.py\n", "pytest.ini": "[pytest]\n", "a.py": "" }, []],
    [{ "pytest.ini": "[pytest]\naddopts = --doctest-modules\n", "a.py": "" }, [pytest]],
    [{ "tests.py": "import pytest\n" }, [told]],
    [{ "tests.py": "def test_a(): pass\n", "a/test.py": "", "tests/test_b.py": "" }, [told]],
    [{ "tests.py": "import unittest\n", ".venv/bin/python": "" }, [
      "unittest: .venv/bin/python -m unittest discover -v (unittest)",
    ]],
    [{ "tests.py": "import unittest\n", "tests/test_b.py": "", ".venv/bin/python": "" }, [
      "unittest: .venv/bin/python -m unittest discover -v (unittest)",
      "unittest of tests: .venv/bin/python -m unittest discover -v -s tests (unittest)",
    ]],
    [{ "test.py": "import torch\nprint(torch)\n" }, []],
    [{ "manage.py": "", "app/tests.py": "import unittest\n", ".venv/bin/python": "" }, [
      "unittest: .venv/bin/python -m unittest discover -v (unittest)",
    ]],
    [{ ...DJANGO, "shop/tests.py": DJANGO_TEST, "shop/test_b.py": "import unittest\n" }, [
      "django: python3 manage.py test -v 2 --noinput (django)",
    ]],
    [{ ...DJANGO, "shop/tests.py": "from django.test import TestCase\n\n# Create your tests here.\n" }, []],
    [{ ...DJANGO, "shop/tests.py": DJANGO_TEST, "pytest.ini": "[pytest]\npython_files = tests.py\n" }, [pytest]],
    [{ ...DJANGO, "shop/tests.py": DJANGO_TEST, "pytest.ini": "[pytest]\n" }, [
      "django: python3 manage.py test -v 2 --noinput (django)",
    ]],
    [{ ...DJANGO, "requirements.txt": "", "tests/conftest.py": "", "tests/test_a.py": DJANGO_TEST }, [pytest]],
    [{ ...DJANGO, "shop/test_a.py": "def test_a():\n    assert 1\n", "shop/test_b.py": DJANGO_TEST }, [pytest]],
    [{ ...DJANGO, "shop/test_a.py": "class TestA:\n    def test_a(self):\n        pass\n", "conftest.py": "" }, [
      pytest,
    ]],
    [
      {
        "pyproject.toml": "[tool.pytest.ini_options]\npythonpath = 'src'\n",
        "src/manage.py": DJANGO["manage.py"],
        "src/requirements.txt": "",
        "src/shop/test_models.py": DJANGO_TEST,
      },
      [pytest],
    ],
    [{ "test_a.py": "def test_a(): pass\n", "web/manage.py": DJANGO["manage.py"], "web/test_b.py": DJANGO_TEST }, [
      "web | django in web: python3 manage.py test -v 2 --noinput (django)",
      "pytest: python3 -m pytest --ignore=web (pytest)",
    ]],
    [{ "server/manage.py": "from server.app import app\n", "server/test_a.py": "def test_a(): pass\n" }, [pytest]],
    [{ "web/manage.py": DJANGO["manage.py"], "web/test_a.py": "def test_a(): pass\n" }, [pytest]],
    [{ "web/manage.py": DJANGO["manage.py"], "web/shop/tests.py": DJANGO_TEST, ".venv/bin/python": "" }, [
      "web | django in web: ../.venv/bin/python manage.py test -v 2 --noinput (django)",
    ]],
    [
      {
        "test_a.py": "import doctest, a\n\n\ndef load_tests(loader, tests, ignore):\n    return tests\n",
        ".venv/bin/python": "",
        ".venv/lib/python3.12/site-packages/pytest/__init__.py": "",
      },
      ["unittest: .venv/bin/python -m unittest discover -v (unittest)"],
    ],
    [{ "Cargo.toml": "" }, ["cargo test: cargo test --no-fail-fast (cargo)"]],
    [{ "go.mod": "", "a.go": "" }, ["go test: go test ./... (go)"]],
    [{ "go.mod": "" }, []],
    [{ "Cargo.toml": "", "src/lib.rs": "\n" }, []],
    [{ "Makefile": "all:\n\techo\ntest: all\n\t./run\n" }, ["make test: make test (make)"]],
    [{ "Makefile": "check:\n\t./run\n" }, ["make check: make check (make)"]],
    [{ "Makefile": "test := 1\nlatest:\n" }, []],
    [{ "Makefile": "test:\n\tgo test\n", "go.mod": "", "a.go": "" }, ["go test: go test ./... (go)"]],
  ];
  await withVariables({ VIRTUAL_ENV: null }, async () => {
    for (const [files, wanted] of cases) assert.deepEqual(await detected(files), wanted, JSON.stringify(files));
  });
});

Deno.test("each kind of project has its check, by the program that it names itself", async () => {
  const tests = "def test_a(): pass\n";
  const script = '{ "scripts": { "test": "jest" } }';
  const cases: [Record<string, string>, string[]][] = [
    [{ "package.json": script, "yarn.lock": "" }, ["yarn test: yarn test (node)"]],
    [{ "package.json": script, "bun.lock": "" }, ["bun test: bun run test (node)"]],
    [{ "package.json": '{ "scripts": { "test": "jest" }, "packageManager": "pnpm@12.21.0" }' }, [
      "pnpm test: pnpm test (node)",
    ]],
    [{ "package.json": "{}", "bun.lockb": "", "a.test.ts": "" }, ["bun test: bun test (node)"]],
    [{ "uv.lock": "version = 1", "tests/test_a.py": tests }, ["pytest: uv run --frozen python -m pytest (pytest)"]],
    [{ "uv.lock": "", "test_a.py": "import unittest\n" }, [
      "unittest: uv run --frozen python -m unittest discover -v (unittest)",
    ]],
    [{ "uv.lock": 'name = "pytest"\n', "test_a.py": "import unittest\n" }, [
      "pytest: uv run --frozen python -m pytest (pytest)",
    ]],
    [{ "poetry.lock": "", "tests/test_a.py": tests }, ["pytest: poetry run python -m pytest (pytest)"]],
    [{ "pdm.lock": "", "tests/test_a.py": tests }, ["pytest: pdm run python -m pytest (pytest)"]],
    [{ Pipfile: "", "tests/test_a.py": tests }, ["pytest: pipenv run python -m pytest (pytest)"]],
    [{ "uv.lock": "", ".venv/bin/python": "", "test_a.py": tests }, ["pytest: .venv/bin/python -m pytest (pytest)"]],
    [{ "pom.xml": "" }, ["mvn test: mvn --batch-mode --fail-at-end test (maven)"]],
    [{ "pom.xml": "", mvnw: "" }, ["mvn test: ./mvnw --batch-mode --fail-at-end test (maven)"]],
    [{ "build.gradle.kts": "", gradlew: "" }, [
      "gradle test: ./gradlew cleanTest test --continue --console=plain --no-daemon (gradle)",
    ]],
    [{ "settings.gradle": "", "app/build.gradle": 'plugins { id "com.android.application" }' }, [
      "gradle test: gradle test --rerun-tasks --continue --console=plain --no-daemon (gradle)",
    ]],
    [{ "spec/a_spec.rb": "" }, ["rspec: rspec (rspec)"]],
    [{ "spec/a_spec.rb": "", Gemfile: 'gem "rspec"\n' }, ["rspec: bundle exec rspec (rspec)"]],
    [{ "spec/a_spec.rb": "", Gemfile: "", "bin/rspec": "" }, ["rspec: bin/rspec (rspec)"]],
    [{ "phpunit.xml": "", "tests/ATest.php": "" }, ["phpunit: phpunit (phpunit)"]],
    [{
      "composer.json": '{ "require-dev": { "phpunit/phpunit": "^11" } }',
      "tests/ATest.php": "",
      "vendor/bin/phpunit": "",
    }, [
      "phpunit: vendor/bin/phpunit tests (phpunit)",
    ]],
    [{ "composer.json": '{ "require-dev": { "pestphp/pest": "^3" } }', "tests/ATest.php": "" }, [
      "pest: pest tests (phpunit)",
    ]],
    [{ "CMakeLists.txt": "project(a)\nenable_testing()\n" }, [
      "ctest: ctest --build-and-test . {reports}/build --build-noclean --build-generator Unix Makefiles --test-command ctest --output-on-failure (ctest)",
    ]],
    [{ "CMakeLists.txt": "include(CTest)\n", "build/CMakeCache.txt": "", "build/build.ninja": "" }, [
      "ctest: ctest --build-and-test . build --build-noclean --build-generator Ninja --test-command ctest --output-on-failure (ctest)",
    ]],
    [{ justfile: "build:\n  cc a.c\ntest: build\n  ./a\n" }, ["just test: just test (just)"]],
    [{ justfile: "@check *words='':\n  ./a {{words}}\n" }, ["just check: just check (just)"]],
    [{ Cargo: "", "Cargo.toml": "[workspace]\n[package]\n" }, [
      "cargo test: cargo test --workspace --no-fail-fast (cargo)",
    ]],
  ];
  await withVariables({ VIRTUAL_ENV: null }, async () => {
    for (const [files, wanted] of cases) assert.deepEqual(await detected(files), wanted, JSON.stringify(files));
  });
});

Deno.test("checks are found below the project's own folder, and run there", async () => {
  const script = (test: string, more = "") => `{ "scripts": { "test": "${test}" }${more} }`;
  const cases: [Record<string, string>, string[]][] = [
    [{ "frontend/package.json": script("node --test") }, ["frontend | npm test in frontend: npm test (node)"]],
    [{ "frontend/package.json": script("jest"), "backend/go.mod": "", "backend/a.go": "" }, [
      "frontend | npm test in frontend: npm test (node)",
      "backend | go test in backend: go test ./... (go)",
    ]],
    [
      {
        "go.mod": "",
        "a.go": "",
        "tools/go.mod": "",
        "tools/a.go": "",
        "tools/lint/go.mod": "",
        "tools/lint/a.go": "",
      },
      [
        "go test: go test ./... (go)",
        "tools | go test in tools: go test ./... (go)",
        "tools/lint | go test in tools/lint: go test ./... (go)",
      ],
    ],
    [{ "Cargo.toml": '[workspace]\nmembers = ["a"]\n', "a/Cargo.toml": "[package]\n" }, [
      "cargo test: cargo test --no-fail-fast (cargo)",
    ]],
    [{ "Cargo.toml": "[package]\n", "fuzzer/Cargo.toml": "[package]\n" }, [
      "cargo test: cargo test --no-fail-fast (cargo)",
      "fuzzer | cargo test in fuzzer: cargo test --no-fail-fast (cargo)",
    ]],
    [{ "native/Cargo.toml": "[package]\n" }, ["native | cargo test in native: cargo test --no-fail-fast (cargo)"]],
    [{ "pom.xml": "<modules><module>a</module></modules>", "a/pom.xml": "" }, [
      "mvn test: mvn --batch-mode --fail-at-end test (maven)",
    ]],
    [{ "server/pom.xml": "", "server/mvnw": "" }, [
      "server | mvn test in server: ./mvnw --batch-mode --fail-at-end test (maven)",
    ]],
    [{ "backend/pyproject.toml": "", "backend/tests/test_a.py": "import pytest\n" }, [
      "backend | pytest in backend: python3 -m pytest (pytest)",
    ]],
    [{ "backend/pyproject.toml": "", "backend/test_a.py": "import pytest\n", "backend/.venv/bin/python": "" }, [
      "backend | pytest in backend: .venv/bin/python -m pytest (pytest)",
    ]],
    [{ "backend/pyproject.toml": "", "backend/test_a.py": "import pytest\n", ".venv/bin/python": "" }, [
      "backend | pytest in backend: ../.venv/bin/python -m pytest (pytest)",
    ]],
    [{ "pyproject.toml": "[tool.pytest.ini_options]\n", "a/pyproject.toml": "", "a/test_a.py": "import pytest\n" }, [
      "pytest: python3 -m pytest (pytest)",
    ]],
    [{
      "package.json": '{ "workspaces": ["packages/*"] }',
      "packages/a/package.json": script("jest"),
      "packages/b/package.json": "{}",
    }, [
      "packages/a | npm test in packages/a: npm test (node)",
    ]],
    [{ "pnpm-workspace.yaml": "", "package.json": "{}", "packages/a/package.json": script("vitest run") }, [
      "packages/a | pnpm test in packages/a: pnpm test (node)",
    ]],
    [{ "package.json": script("pnpm -r test"), "packages/a/package.json": script("vitest run") }, [
      "npm test: npm test (node)",
    ]],
    [{ "package.json": script("turbo run test"), "a/package.json": script("jest") }, ["npm test: npm test (node)"]],
    [{ "package.json": script("jest"), "a/package.json": script("jest") }, ["npm test: npm test (node)"]],
    [{ "package.json": script("jest"), "web/package.json": script("vitest") }, [
      "npm test: npm test (node)",
      "web | npm test in web: npm test (node)",
    ]],
    [{ "ios/spec/a_spec.rb": "", "ios/Gemfile": "" }, ["ios | rspec in ios: rspec (rspec)"]],
    [{ "firmware/CMakeLists.txt": "enable_testing()", "firmware/src/CMakeLists.txt": "" }, [
      "firmware | ctest in firmware: ctest --build-and-test . {reports}/build --build-noclean --build-generator Unix Makefiles --test-command ctest --output-on-failure (ctest)",
    ]],
  ];
  await withVariables({ VIRTUAL_ENV: null }, async () => {
    for (const [files, wanted] of cases) assert.deepEqual(await detected(files), wanted, JSON.stringify(files));
  });
});

Deno.test("what speaks of a check and is none is named with the reason", async () => {
  const script = '{ "scripts": { "test": "jest" }, "devDependencies": { "jest": "30" } }';
  const cases: [Record<string, string>, string[]][] = [
    [{ "examples/a/package.json": script }, [
      "examples/a/package.json: it lies among tests, examples or what comes from elsewhere",
    ]],
    [{ "test/fixtures/go.mod": "" }, [
      "test/fixtures/go.mod: it lies among tests, examples or what comes from elsewhere",
    ]],
    [{ "a/package.json": "{}" }, ['a/package.json: it has no "test" script']],
    [{ "go.mod": "", "a.go": "", "web/package.json": script }, []],
    [{ "Cargo.toml": "[workspace]", "a/Cargo.toml": "" }, ["a/Cargo.toml: cargo test tests the whole workspace"]],
    [{ "go.mod": "", "a.go": "", Makefile: "test:\n\tgo test ./...\n" }, [
      "Makefile: make test is taken to call what was found",
    ]],
    [{ Makefile: "all:\n\tcc a.c\n" }, ["Makefile: it has no task test or check"]],
    [{ "CMakeLists.txt": "project(a)" }, ["CMakeLists.txt: it enables no tests"]],
    [
      {
        "package.json": '{ "scripts": { "test": "vitest" } }',
        "a/package.json": '{ "scripts": { "test": "vitest" } }',
      },
      [
        "a/package.json: npm test of package.json finds its tests, too",
      ],
    ],
    [{ "package.json": '{ "scripts": { "test": "mocha" } }', "web/package.json": script }, [
      "web/package.json: what it uses is not installed",
    ]],
    [{ "a/b/c/d/e/f/go.mod": "" }, ["a/b/c/d/e/f/go.mod: it lies more than 5 folders deep"]],
  ];
  for (const [files, wanted] of cases) assert.deepEqual(await passedOver(files), wanted, JSON.stringify(files));
});

alone({
  name: "the Python that is active where the program was started runs a project that has none of its own",
  fn: () =>
    inTemporaryFolder((folder) =>
      withVariables({ VIRTUAL_ENV: folder }, async () => {
        writeFiles(folder, { "lib/python3.13/site-packages/pytest/__init__.py": "" });
        const files = { "test_a.py": "import unittest\n" };
        assert.deepEqual(await detected(files), [`pytest: ${folder}/bin/python -m pytest (pytest)`]);
        assert.deepEqual(await detected({ ...files, "uv.lock": "" }), [
          `pytest: ${folder}/bin/python -m pytest (pytest)`,
        ]);
        assert.deepEqual(await detected({ ...files, "venv/bin/python": "" }), [
          "unittest: venv/bin/python -m unittest discover -v (unittest)",
        ]);
      })
    ),
});

Deno.test("what npx puts before a search path stands behind the person's own", () => {
  const own = "/root/.pyenv/shims:/usr/local/bin:/usr/bin";
  const gyp = "/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin";
  assert.equal(ownPath(own), own);
  assert.equal(ownPath(`/usr/bin:/p/node_modules/.bin:${gyp}:${own}`), `${own}:/usr/bin:/p/node_modules/.bin:${gyp}`);
  assert.equal(ownPath(`/a/node-gyp-bin:/b:${gyp}:${own}`), `${own}:/a/node-gyp-bin:/b:${gyp}`);
  assert.equal(ownPath(`${own}:${gyp}`), `${own}:${gyp}`);
  assert.equal(ownPath(""), "");
});

Deno.test("Node's own test runner is asked to name its cases, others and chosen reporters are left alone", async () => {
  const environmentOf = async (test: string, further: Readonly<Record<string, string>> = {}) => {
    let environment: Readonly<Record<string, string>> | undefined;
    await inTemporaryFolder(async (root) => {
      writeFiles(root, { "package.json": JSON.stringify({ scripts: { test, ...further } }) });
      environment = (await detectChecks(root, LANGUAGES))[0]?.environment;
    });
    return environment;
  };
  assert.deepEqual(await environmentOf("tsc && node --import tsx --test"), { NODE_OPTIONS: "--test-reporter=tap" });
  assert.deepEqual(await environmentOf("tsx --test"), { NODE_OPTIONS: "--test-reporter=tap" });
  const tap = { NODE_OPTIONS: "--test-reporter=tap" };
  const further = { unit: "node --test", lint: "eslint .", "build:unit": "node --test", "spec:a": "tsx --test a.ts" };
  for (const script of ["npm run lint && npm run unit", "run-s lint unit", "npm-run-all -p spec:*", "CI=1 yarn unit"]) {
    assert.deepEqual(await environmentOf(script, further), tap, script);
  }
  assert.deepEqual(await environmentOf('concurrently "npm:unit" "npm:lint"', further), tap);
  for (const script of ["npm run build:unit && mocha", "unit && mocha", "npm run lint"]) {
    assert.deepEqual(await environmentOf(script, further), {}, script);
  }
  assert.deepEqual(await environmentOf("node --test --test-reporter=dot"), {});
  assert.deepEqual(await environmentOf("jest"), {});
});

Deno.test("a script that no variable reaches is asked to report by words behind it", async () => {
  const wordsOf = async (test: string, more: Readonly<Record<string, string>> = {}) => {
    let words: readonly string[] | undefined;
    await inTemporaryFolder(async (root) => {
      writeFiles(root, { "package.json": JSON.stringify({ scripts: { test } }), ...more });
      words = (await detectChecks(root, LANGUAGES))[0]?.reporting.words;
    });
    return words?.join(" ");
  };
  const jest = "--json --outputFile={reports}/words.json --watch=false --watchAll=false";
  const bun = "--reporter=junit --reporter-outfile={reports}/bun.xml";
  const cases: [string, string | undefined, Record<string, string>?][] = [
    ["jest", undefined],
    ["NODE_OPTIONS=--experimental-vm-modules jest", `-- ${jest}`],
    ["tsc && cross-env NODE_OPTIONS=--no-warnings jest --ci", `-- ${jest}`],
    ["NODE_OPTIONS=--no-warnings jest", jest, { "yarn.lock": "" }],
    [
      "NODE_OPTIONS=--no-warnings vitest",
      "-- --run --reporter=default --reporter=json --outputFile.json={reports}/words.json",
    ],
    // What is added would go to another program, or there twice.
    ["NODE_OPTIONS=--no-warnings jest && eslint .", undefined],
    ["NODE_OPTIONS=--no-warnings jest --json", undefined],
    ["NODE_ENV=test bun test", `-- ${bun}`],
    ["bun test", bun, { "bun.lock": "" }],
  ];
  for (const [script, wanted, more] of cases) assert.equal(await wordsOf(script, more), wanted, script);
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
