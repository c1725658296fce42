import { dirname } from "node:path/posix";
import { above, mayBePart } from "../parts.ts";
import type { ProjectView } from "../runner.ts";

/** Files that make a folder a project of Python's. */
export const MANIFEST =
  /^(?:pyproject\.toml|manage\.py|setup\.(?:py|cfg)|pytest\.ini|tox\.ini|Pipfile|requirements\.txt)$/;

/** What a configuration holds where tests are written for pytest. */
const MARKS = { "pyproject.toml": "[tool.pytest", "setup.cfg": "[tool:pytest]", "tox.ini": "[pytest]" };

/** Programs that run a project's Python, by the file that says so. */
const MANAGERS: Readonly<Record<string, readonly string[]>> = {
  // The check writes no lock file.
  "uv.lock": ["uv", "run", "--frozen", "python"],
  "poetry.lock": ["poetry", "run", "python"],
  "pdm.lock": ["pdm", "run", "python"],
  "Pipfile.lock": ["pipenv", "run", "python"],
  Pipfile: ["pipenv", "run", "python"],
};

/** The Python that a project is run by. */
export interface Interpreter {
  /** Program and words to which those for Python are added. */
  readonly python: readonly string[];
  /** Whose it is: the project's own folder, the one that is active where the program was started, a manager's, or what the PATH has. */
  readonly of: "folder" | "active" | "manager" | "path";
  /** The folder of an environment; null where nothing says it. */
  readonly folder: string | null;
  /** The file of a manager; null without one. */
  readonly lock: string | null;
}

/** Names of files that Python's test runners take as tests by themselves. */
const USUAL = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/;
/** Names that unittest takes besides, and that pytest has to be told. */
const BARE = /(^|\/)tests?\.py$/;
/** A line of a file that holds tests, whatever its name. */
const HOLDS_TESTS = /^(?:(?:import|from)[ \t]+(?:pytest|unittest|doctest)\b|(?:async[ \t]+)?def[ \t]+test_)/m;
/** Files of one project that are looked into. */
const MOST_READ = 200;

/**
 * Finds the files that a folder's configuration of pytest names as tests by their pattern.
 *
 * @param project files of the folder
 * @returns such files; null where it names no pattern
 */
export async function testsByPattern(project: ProjectView): Promise<string[] | null> {
  const said =
    /^[ \t]*python_files[ \t]*=[ \t]*(\[[^\]]{0,2000}\]|[^\n]{0,2000}(?:\n[ \t]{1,40}[^\s=][^\n=]{0,200}){0,40})/m;
  const words = said.exec(await pytestConfiguration(project))?.[1]?.match(/[\w*?.\/-]+/g);
  if (words === undefined || words === null) return null;
  // With more signs that stand for anything, a name could take long to be looked at.
  const patterns = words.slice(0, 40).map((word) => word.split(/\*+/)).filter((parts) => parts.length <= 3).map(
    (parts) => {
      const pattern = parts.map((part) => part.replaceAll(".", "\\.").replaceAll("?", "[^/]"));
      return new RegExp(`(?:^|/)${pattern.join("[^/]*")}$`);
    },
  );
  return project.files.filter((file) => file.endsWith(".py") && patterns.some((pattern) => pattern.test(file)));
}

/** Files of Python's that are tests by their names, else by names that sources have, too, where they hold tests. */
async function testsIn(project: ProjectView): Promise<string[]> {
  const named = await testsByPattern(project) ?? project.files.filter((file) => USUAL.test(file));
  if (await isConfigured(project)) {
    if (named.length > 0 || !await takesDoctests(project)) return named;
    return project.files.filter((file) => file.endsWith(".py"));
  }
  return [...named, ...await bareTests(project)];
}

/**
 * Tells files that pytest takes as tests only where it is told them from those that it finds by itself.
 *
 * @param file a test
 */
export function isBare(file: string): boolean {
  return BARE.test(file);
}

/** Files that hold tests under names that a source may have, too. */
async function bareTests(project: ProjectView): Promise<string[]> {
  const files = project.files.filter((file) => BARE.test(file)).slice(0, MOST_READ);
  const texts = await Promise.all(files.map(project.text));
  return files.filter((_file, index) => HOLDS_TESTS.test(texts[index]!));
}

/**
 * Finds the tests that Django's own program runs, which sets up what they need: pytest runs them where it is configured to.
 *
 * @param project files of the folder
 * @returns files that hold some; none where the folder is no project of Django's
 */
export async function djangoTests(project: ProjectView): Promise<string[]> {
  if (!await isOfDjango(project)) return [];
  const files = project.files.filter((file) => USUAL.test(file) || BARE.test(file)).slice(0, MOST_READ);
  const texts = await Promise.all(files.map(project.text));
  return files.filter((_file, index) => /^[ \t]+(?:async[ \t]+)?def[ \t]+test/m.test(texts[index]!));
}

async function isOfDjango(project: ProjectView): Promise<boolean> {
  return project.has("manage.py") && /\bdjango\b/.test(await project.text("manage.py")) && !await isConfigured(project);
}

/** Whether pytest is configured to run the examples in the documentation of sources. */
async function takesDoctests(project: ProjectView): Promise<boolean> {
  return /--doctest-modules\b/.test(await pytestConfiguration(project));
}

/**
 * Finds the tests that a folder's own check has to run: all of them where it says how tests are run or has some outside of the projects
 * below it; else none, since those have checks of their own.
 *
 * @param project files of the folder
 */
export async function ownTests(project: ProjectView): Promise<string[]> {
  const tests = await isOfDjango(project) ? [] : await testsIn(project);
  if (tests.length === 0) return [];
  if (await isConfigured(project)) return tests;
  const parts = project.files.filter((path) => MANIFEST.test(path.slice(path.lastIndexOf("/") + 1)))
    .map((path) => dirname(path)).filter((folder) => folder !== "." && mayBePart(folder));
  const isOutside = (test: string) => !parts.some((part) => test.startsWith(`${part}/`));
  return tests.some(isOutside) ? tests : [];
}

/**
 * Tells whether a folder's own configuration says that its tests are pytest's.
 *
 * @param project files of the folder
 */
export async function isConfigured(project: ProjectView): Promise<boolean> {
  if ([".pytest.ini", "pytest.ini", "conftest.py"].some(project.has)) return true;
  for (const [file, mark] of Object.entries(MARKS)) if ((await project.text(file)).includes(mark)) return true;
  return false;
}

/**
 * Reads what configures pytest in a folder, as one text.
 *
 * @param project files of the folder
 */
export async function pytestConfiguration(project: ProjectView): Promise<string> {
  const texts = await Promise.all(["pytest.ini", ".pytest.ini", ...Object.keys(MARKS)].map(project.text));
  return texts.join("\n");
}

/**
 * Chooses the Python that a project is run by: the environment in its folder or one above, then the one that is active, then the one of
 * the manager whose file is there, then what the PATH has.
 *
 * @param project files of the folder
 */
export async function interpreterOf(project: ProjectView): Promise<Interpreter> {
  const folders = [project.folder, ...above(project.folder)];
  for (const [index, at] of folders.entries()) {
    for (const name of [".venv", "venv"]) {
      const folder = `${"../".repeat(index)}${name}`;
      if ((await project.whole.names(at === "" ? `${name}/bin` : `${at}/${name}/bin`)).includes("python")) {
        return { python: [`${folder}/bin/python`], of: "folder", folder, lock: null };
      }
    }
  }
  const active = project.variable("VIRTUAL_ENV");
  if (active !== undefined) return { python: [`${active}/bin/python`], of: "active", folder: active, lock: null };
  for (const at of folders) {
    for (const [file, python] of Object.entries(MANAGERS)) {
      const lock = at === "" ? file : `${at}/${file}`;
      if (project.whole.has(lock)) return { python, of: "manager", folder: null, lock };
    }
  }
  return { python: ["python3"], of: "path", folder: null, lock: null };
}
