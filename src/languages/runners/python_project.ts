import { dirname } from "node:path/posix";
import { above, mayBePart } from "../parts.ts";
import type { ProjectView } from "../runner.ts";

/** Files that make a folder a project of Python's. */
export const MANIFEST = /^(?:pyproject\.toml|setup\.(?:py|cfg)|pytest\.ini|tox\.ini|Pipfile|requirements\.txt)$/;

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

/**
 * Finds the files that Python's test runners take as tests by themselves.
 *
 * @param project files of the project
 * @returns such files
 */
export function testsIn(project: ProjectView): string[] {
  return project.files.filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file));
}

/**
 * Finds the tests that a folder's own check has to run: all of them where it says how tests are run or has some outside of the projects
 * below it; else none, since those have checks of their own.
 *
 * @param project files of the folder
 */
export async function ownTests(project: ProjectView): Promise<string[]> {
  const tests = testsIn(project);
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
  if (project.has("pytest.ini") || project.has("conftest.py")) return true;
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
