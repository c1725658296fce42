import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { readerFor, type ReaderName } from "./check_reader.ts";
import { walkProject } from "../work/project_files.ts";
import { supervise } from "../work/supervise.ts";

/** Bound of one check's command where nothing else is configured. */
const CHECK_TIMEOUT_MS = 600_000;
/** Silence, ms, after which a check hangs: pytest says something for each test, other suites build for a while before they do. */
const SILENCE_MS: Readonly<Record<string, number>> = { pytest: 60_000, any: 120_000 };
/** Seconds of one test after which pytest says where it is: a test that never ends is told by its place. */
const HANG_SECONDS = 20;

/** A check as a person configures it. */
export interface ConfiguredCheck {
  /** Its name, such as `npm test`. */
  readonly name: string;
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** How its output is read; chosen by the command where it is absent. */
  readonly reader?: ReaderName;
  /** Bound in milliseconds; 10 minutes by default. */
  readonly timeoutMs?: number;
}

/** A check that can be executed. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
  readonly reader: ReaderName;
  readonly timeoutMs: number;
  /** Time without output after which it is ended, ms, until it was seen to end. */
  readonly silentMs: number;
  /** Whether a person set the first bound; else it follows what the check is seen to take. */
  readonly fixed: boolean;
  /** Variables that make its output readable, or keep it from writing files. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What of a project detection looks at. */
interface Project {
  readonly root: string;
  readonly files: readonly string[];
  has(path: string): boolean;
  /** Text of a file; empty when it is not there. */
  text(path: string): Promise<string>;
}

/**
 * Fills in what a configured check leaves open.
 *
 * @param check the check
 * @returns the whole check
 */
export function completeCheck(check: ConfiguredCheck): Check {
  const reader = check.reader ?? readerFor(check.command);
  return {
    name: check.name,
    command: check.command,
    reader,
    timeoutMs: check.timeoutMs ?? CHECK_TIMEOUT_MS,
    silentMs: SILENCE_MS[reader] ?? SILENCE_MS.any!,
    fixed: check.timeoutMs !== undefined,
    environment: ENVIRONMENTS[reader] ?? {},
  };
}

const ENVIRONMENTS: Readonly<Partial<Record<ReaderName, Readonly<Record<string, string>>>>> = {
  pytest: { PYTHONDONTWRITEBYTECODE: "1" },
  unittest: { PYTHONDONTWRITEBYTECODE: "1" },
  cargo: { RUST_BACKTRACE: "0" },
};

/**
 * Finds out how a project is checked from its files. Nothing of the project is executed for that.
 *
 * @param root absolute path of the project
 * @param signal ends it
 * @returns the checks in the order they are run; none when nothing was recognised
 */
export async function detectChecks(root: string, signal?: AbortSignal): Promise<readonly Check[]> {
  const { files } = await walkProject(root, signal);
  const known = new Set(files);
  const project: Project = {
    root,
    files,
    has: (path) => known.has(path),
    text: (path) => known.has(path) ? readFile(join(root, path), "utf8") : Promise.resolve(""),
  };
  const found: Check[] = [];
  for (const detect of [denoChecks, nodeChecks, pythonChecks, cargoChecks, goChecks]) {
    found.push(...await detect(project));
  }
  // A Makefile mostly calls what was found already; alone, it is what there is.
  return found.length > 0 ? found : await makeChecks(project);
}

async function denoChecks(project: Project): Promise<Check[]> {
  const config = ["deno.json", "deno.jsonc"].find(project.has);
  if (config === undefined) return [];
  const tasks = field(parseJsonc(await project.text(config)), "tasks");
  const checks: Check[] = [];
  if (field(tasks, "test") !== undefined) {
    checks.push(completeCheck({ name: "deno task test", command: ["deno", "task", "test"] }));
  } else if (project.files.some((file) => /(^|[/._])test\.(ts|tsx|js|jsx|mts|mjs)$/.test(file))) {
    checks.push(completeCheck({ name: "deno test", command: ["deno", "test", "-A"] }));
  }
  if (field(tasks, "check") !== undefined) {
    checks.push(completeCheck({ name: "deno task check", command: ["deno", "task", "check"], reader: "plain" }));
  }
  return checks;
}

async function nodeChecks(project: Project): Promise<Check[]> {
  if (!project.has("package.json")) return [];
  const script = field(field(parseJsonc(await project.text("package.json")), "scripts"), "test");
  if (typeof script !== "string" || /no test specified/.test(script)) {
    // A Deno project may have a package.json for its dependencies alone.
    if (project.has("deno.json") || project.has("deno.jsonc")) return [];
    if (!project.files.some((file) => /(^test\/.*|[._-]test)\.[cm]?js$/.test(file))) return [];
    return [nodeCheck("node --test", ["node", "--test"], "node --test")];
  }
  const tool = project.has("pnpm-lock.yaml") ? "pnpm" : project.has("yarn.lock") ? "yarn" : "npm";
  return [nodeCheck(`${tool} test`, [tool, "test"], script)];
}

/** A check by Node; its own test runner is asked for the protocol that names every case. */
function nodeCheck(name: string, command: readonly string[], script: string): Check {
  const check = completeCheck({ name, command, reader: "tap" });
  const canBeAsked = /\bnode\b.*\s--test\b/.test(script) && !script.includes("--test-reporter");
  // In a variable, since the script of package.json cannot be given flags of node. Node 18 and newer know it there.
  return canBeAsked ? { ...check, environment: { NODE_OPTIONS: "--test-reporter=tap" } } : check;
}

async function pythonChecks(project: Project): Promise<Check[]> {
  const tests = project.files.filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file));
  if (tests.length === 0) return [];
  const folder = [".venv", "venv"].find((name) => exists(join(project.root, name, "bin", "python")));
  const python = folder === undefined ? "python3" : `${folder}/bin/python`;
  if (await needsPytest(project, tests) || await hasPytest(project.root, folder)) {
    const hangs = ["-o", `faulthandler_timeout=${HANG_SECONDS}`];
    const command = [python, "-m", "pytest", "-q", "-rA", "--tb=short", "-p", "no:cacheprovider", ...hangs];
    return [completeCheck({ name: "pytest", command })];
  }
  const start = ["tests", "test"].find((name) =>
    tests.some((file) => file.startsWith(`${name}/`)) && !project.has(`${name}/__init__.py`)
  );
  const command = [python, "-m", "unittest", "discover", "-v", ...start === undefined ? [] : ["-s", start]];
  return [completeCheck({ name: "unittest", command })];
}

/** Whether the tests are written for pytest, so that nothing else can run them. */
async function needsPytest(project: Project, tests: readonly string[]): Promise<boolean> {
  if (project.has("pytest.ini") || project.files.some((file) => /(^|\/)conftest\.py$/.test(file))) return true;
  for (
    const [file, mark] of [["pyproject.toml", "[tool.pytest"], ["setup.cfg", "[tool:pytest]"], ["tox.ini", "[pytest]"]]
  ) {
    if (file !== undefined && mark !== undefined && (await project.text(file)).includes(mark)) return true;
  }
  for (const test of tests.slice(0, 20)) {
    if (/^(import pytest|from pytest|(async )?def test_)/m.test(await project.text(test))) return true;
  }
  return false;
}

/** Whether pytest is there. The system's Python is asked away from the project; a project's own is only looked at. */
async function hasPytest(root: string, folder: string | undefined): Promise<boolean> {
  if (folder !== undefined) {
    const library = join(root, folder, "lib");
    if (!exists(library)) return false;
    return [...Deno.readDirSync(library)].some((entry) => exists(join(library, entry.name, "site-packages", "pytest")));
  }
  try {
    const result = await supervise({
      command: ["python3", "-I", "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('pytest') is None)"],
      folder: "/",
      timeoutMs: 10_000,
      signal: AbortSignal.timeout(15_000),
    });
    return result.code === 0;
  } catch {
    // No Python at all: the check that is chosen then says so when it is run.
    return false;
  }
}

function cargoChecks(project: Project): Promise<Check[]> {
  if (!project.has("Cargo.toml")) return Promise.resolve([]);
  return Promise.resolve([completeCheck({ name: "cargo test", command: ["cargo", "test", "--no-fail-fast"] })]);
}

function goChecks(project: Project): Promise<Check[]> {
  if (!project.has("go.mod")) return Promise.resolve([]);
  return Promise.resolve([completeCheck({ name: "go test", command: ["go", "test", "-v", "./..."] })]);
}

async function makeChecks(project: Project): Promise<Check[]> {
  const file = ["GNUmakefile", "makefile", "Makefile"].find(project.has);
  if (file === undefined) return [];
  const text = await project.text(file);
  const target = ["test", "check"].find((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(text));
  if (target === undefined) return [];
  return [completeCheck({ name: `make ${target}`, command: ["make", target], reader: "plain" })];
}

/** A field of a parsed value, where it is an object that has it. */
function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
