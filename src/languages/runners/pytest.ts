import { above } from "../parts.ts";
import type { Check, PassedOver, ProjectView, Reporting, Runner } from "../runner.ts";
import {
  foldersOfDjango,
  type Interpreter,
  interpreterOf,
  isBare,
  isConfigured,
  isForPytest,
  MANIFEST,
  ownTests,
  pytestConfiguration,
  testsByPattern,
} from "./python_project.ts";
import { readPytestOutput, readPytestReport } from "./read_pytest.ts";

/** Seconds of one test after which pytest says where it is: a test that never ends is told by its place. */
const HANG_SECONDS = 20;
/** Tests that are looked into. */
const MOST_READ = 20;
/** By this unittest is told what a file's tests are, as examples in documentation: pytest would find none. */
const LOADS_TESTS = /^def[ \t]+load_tests\b/m;
/** A program that fails where there is no pytest. */
const FIND = "import importlib.util as u, sys; sys.exit(u.find_spec('pytest') is None)";

/** What pytest is asked for in PYTEST_ADDOPTS, by the plugin of its own that knows it: a project may have put that out of use. */
const OPTIONS: readonly (readonly [plugin: string, options: string])[] = [
  ["terminal", "-rfEp --tb=short"],
  ["faulthandler", `-o faulthandler_timeout=${HANG_SECONDS}`],
  // Nothing is written beside the project's files, and options that need the cache still have one.
  ["cacheprovider", "-o 'cache_dir={reports}/cache'"],
  // The older family names the file of each case.
  ["junitxml", "'--junitxml={reports}/pytest.xml' -o junit_family=xunit1"],
  // All tests run, whatever failed before.
  ["main", "--maxfail=0"],
];

/**
 * Has pytest write its results, wherever it is started in a check.
 *
 * @param without plugins of its own that are out of use in the project
 */
export function pytestReporting(without: readonly string[] = []): Reporting {
  const options = OPTIONS.filter(([plugin]) => !without.includes(plugin)).map(([, words]) => words).join(" ");
  return { variables: { PYTEST_ADDOPTS: options } };
}

/**
 * pytest, by its report in JUnit's XML (seen with pytest 9.2 and Python 3.11), and where it could not write that, as in a container, by its
 * output as `-rA --tb=short` prints it. Cases have pytest's own ids.
 */
export const pytest: Runner = {
  name: "pytest",
  runs: /\b(?:pytest|tox|hatch|nox)\b/,
  environment: { PYTHONDONTWRITEBYTECODE: "1" },
  reporting: pytestReporting(),
  manifest: MANIFEST,
  // It says something for each test.
  silentMs: 60_000,
  async checks(project, found) {
    const tests = await ownTests(project, found);
    if (tests.length === 0) return [];
    const passed = coveredBy(project, found);
    if (passed !== null) return [passed];
    const python = await interpreterOf(project);
    const given = python.of === "path" ? await environmentTool(project) : { command: null, passed: [] };
    const configuration = await pytestConfiguration(project);
    const without = [...configuration.matchAll(/-p[ =]?no:(\w+)/g)].map(([, plugin = ""]) => plugin);
    const reporting = pytestReporting(without);
    if (given.command !== null) {
      const isTox = given.command[0] === "tox";
      const environment: Record<string, string> = isTox ? { TOX_OVERRIDE: "testenv.pass_env+=PYTEST_ADDOPTS" } : {};
      return [{ name: given.command.join(" "), command: given.command, environment, reporting }];
    }
    const texts = await Promise.all(tests.slice(0, MOST_READ).map(project.text));
    const isOthers = async () => texts.some((text) => LOADS_TESTS.test(text)) || !await isThere(project, python);
    if (!await isWanted(project, texts) && await isOthers()) return given.passed;
    const pattern = await testsByPattern(project);
    const others = foldersOfDjango(project, found).map((folder) => `--ignore=${folder}`);
    const command = [...python.python, "-m", "pytest", ...others, ...(pattern === null ? toldOf(tests) : [])];
    return [...given.passed, { name: "pytest", command, reporting, tests: pattern ?? [] }];
  },
  read: (output, beside) => readPytestReport(beside?.reports ?? []) ?? readPytestOutput(output),
};

/** Words by which pytest is told the names of tests that it does not take by itself, beside those that it does. */
function toldOf(tests: readonly string[]): readonly string[] {
  const told = new Set(tests.filter(isBare).map((test) => test.slice(test.lastIndexOf("/") + 1)));
  return told.size === 0 ? [] : ["-o", ["python_files=test_*.py", "*_test.py", ...told].join(" ")];
}

/** Says that a check above runs the tests of a folder; null where none does. */
export function coveredBy(project: ProjectView, found: readonly Check[]): PassedOver | null {
  const folders = above(project.folder);
  const higher = found.find((check) =>
    ["pytest", "unittest"].includes(check.runner?.name ?? "") && folders.includes(check.folder)
  );
  if (higher === undefined) return null;
  const passedOver = project.files.find((path) => MANIFEST.test(path)) ?? "";
  return { passedOver, why: `${higher.name} finds its tests, too` };
}

/** Whether the tests are written for pytest, so that nothing else can run them. */
async function isWanted(project: ProjectView, texts: readonly string[]): Promise<boolean> {
  if (await isConfigured(project) || project.files.some((file) => /(^|\/)conftest\.py$/.test(file))) return true;
  return texts.some(isForPytest);
}

/** Whether pytest is there. A Python that may be the project's own is only looked at. */
async function isThere(project: ProjectView, { of, folder, lock }: Interpreter): Promise<boolean> {
  if (of === "path") return await project.succeeds(["python3", "-I", "-c", FIND]);
  if (lock !== null) return /^name = "pytest"$|"pytest": \{/m.test(await project.whole.text(lock));
  const look = 'ls "$0"/lib/python*/site-packages/pytest/__init__.py';
  if (of === "active") return await project.succeeds(["sh", "-c", look, folder!]);
  const library = `${folder}/lib`;
  for (const version of await project.names(library)) {
    if ((await project.names(`${library}/${version}/site-packages`)).includes("pytest")) return true;
  }
  return false;
}

/** The program that makes environments for a project's tests, where it says so and the program is there. */
async function environmentTool(
  project: ProjectView,
): Promise<{ readonly command: readonly string[] | null; readonly passed: readonly PassedOver[] }> {
  const settings = await project.text("pyproject.toml");
  const scripts = /^\[tool\.hatch\.envs\.[\w-]+\.scripts\]\n(?:(?!\[).*\n)*?test\s*=/m.test(settings);
  const tools: readonly (readonly [is: boolean, file: string, command: readonly string[]])[] = [
    [/^\[testenv/m.test(await project.text("tox.ini")), "tox.ini", ["tox", "-e", "py"]],
    [/^\[tool\.tox/m.test(settings), "pyproject.toml", ["tox", "-e", "py"]],
    [/^\[tool\.hatch\.envs/m.test(settings), "pyproject.toml", ["hatch", ...scripts ? ["run", "test"] : ["test"]]],
    [project.has("noxfile.py"), "noxfile.py", ["nox"]],
  ];
  const passed: PassedOver[] = [];
  for (const [is, file, command] of tools) {
    if (!is) continue;
    if (await project.succeeds([command[0]!, "--version"])) return { command, passed };
    passed.push({ passedOver: file, why: `${command[0]} is not there to run it` });
  }
  return { command: null, passed };
}
