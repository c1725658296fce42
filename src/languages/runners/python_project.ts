import { dirname } from "node:path/posix";
import { above, mayBePart, partOf } from "../parts.ts";
import type { Check, ProjectView } from "../runner.ts";

/** Files that make a folder a project of Python's. */
export const MANIFEST = /^(?:pyproject\.toml|setup\.(?:py|cfg)|pytest\.ini|tox\.ini|Pipfile|requirements\.txt)$/;

/** Files that are pytest's alone: the first of all that configure it counts, whatever it holds. */
const OWN = ["pytest.ini", ".pytest.ini"];
/** What the others hold where tests are written for pytest, in the order in which they count. */
const MARKS = { "pyproject.toml": "[tool.pytest", "tox.ini": "[pytest]", "setup.cfg": "[tool:pytest]" };

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
export const BARE_TEST = /(^|\/)tests?\.py$/i;
/** A line of a file that holds tests, whatever its name. */
export const HOLDS_TESTS = /^(?:(?:import|from)[ \t]+(?:pytest|unittest|doctest)\b|(?:async[ \t]+)?def[ \t]+test_)/m;
/** By this file tests are prepared by pytest. */
const CONFTEST = /(^|\/)conftest\.py$/;
/** A line by which a test is written for pytest, so that nothing else can run it. */
const FOR_PYTEST = /^(?:(?:import|from)[ \t]+pytest\b|(?:async[ \t]+)?def[ \t]+test_)/m;
/** A class that pytest alone takes for tests. */
const PLAIN_CLASS = /^class[ \t]+Test\w*[ \t]*(?:\([ \t]*\))?:/m;
/** What stands in the program by which Django is told what to do. */
const NAMES_DJANGO = /\bdjango\.core\.management\b|\bDJANGO_SETTINGS_MODULE\b/;
/** Files of one project that are looked into. */
const MOST_READ = 200;
/** Patterns for the names of tests: a list of TOML's, else a text, which may go over lines. */
const PATTERNS =
  /^[ \t]*python_files[ \t]*=[ \t]*(?:(\[(?:[\s,]|"[^"\n]{0,200}"|'[^'\n]{0,200}'|#[^\n]{0,200}\n){1,400}\])|([^\n]{0,2000}(?:\n[ \t]{1,40}[^\s=][^\n=]{0,200}){0,40}))/m;

/**
 * Finds the files that a folder's configuration of pytest names as tests by their pattern.
 *
 * @param project files of the folder
 * @returns such files; null where it names no pattern, or one that fits none
 */
export async function testsByPattern(project: ProjectView): Promise<string[] | null> {
  const [, list, text = ""] = PATTERNS.exec(await settingsOf(project)) ?? [];
  const words = (list?.match(/"[^"\n]*"|'[^'\n]*'/g) ?? [text]).flatMap((one) => one.split(/[\s"',]+/));
  const patterns = words.slice(0, 40).flatMap((word) => patternOf(word) ?? []);
  const files = project.files.filter((file) => file.endsWith(".py") && patterns.some((pattern) => pattern.test(file)));
  return files.length === 0 ? null : files;
}

/** A pattern for names, as shells have them; null for one that is not understood. */
function patternOf(word: string): RegExp | null {
  // With more signs that stand for anything, a name could take long to be looked at.
  if (!/^[\w*?.\/\[\]!-]{1,200}$/.test(word) || word.split(/\*+/).length > 3) return null;
  const parts = word.replace(/\*+|[?.]|\[!/g, (sign) => SIGNS[sign.slice(0, 2)] ?? "[^/]*");
  try {
    return new RegExp(`(?:^|/)${parts}$`);
  } catch {
    return null;
  }
}

/** What signs of patterns for names are in regular expressions. */
const SIGNS: Readonly<Record<string, string>> = { "?": "[^/]", ".": "\\.", "[!": "[^/" };

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
  return BARE_TEST.test(file);
}

/** Files that hold tests under names that a source may have, too. */
async function bareTests(project: ProjectView): Promise<string[]> {
  const files = project.files.filter((file) => BARE_TEST.test(file)).slice(0, MOST_READ);
  const texts = await Promise.all(files.map(project.text));
  return files.filter((_file, index) => HOLDS_TESTS.test(texts[index]!));
}

/**
 * Finds the tests that Django's own program runs, which sets up what they need. What is written for pytest, or configured for it in the folder
 * or above, is left to it.
 *
 * @param project files of the folder
 * @returns files that hold some; none where the folder is no project of Django's
 */
export async function djangoTests(project: ProjectView): Promise<string[]> {
  if (!NAMES_DJANGO.test(await project.text("manage.py"))) return [];
  const files = project.files.filter((file) => USUAL.test(file) || BARE_TEST.test(file)).slice(0, MOST_READ);
  const texts = await Promise.all(files.map(project.text));
  const isForPytest = project.files.some((file) => CONFTEST.test(file)) ||
    texts.some((text) => FOR_PYTEST.test(text) || PLAIN_CLASS.test(text));
  if (isForPytest && (await testsIn(project)).length > 0 || await isTakenByPytest(project)) return [];
  return files.filter((_file, index) => /^[ \t]+(?:async[ \t]+)?def[ \t]+test/m.test(texts[index]!));
}

/** Whether pytest finds tests of a folder by what configures it there or above. */
async function isTakenByPytest({ folder, whole }: ProjectView): Promise<boolean> {
  for (const at of [folder, ...above(folder)]) {
    const view = at === "" ? whole : partOf(whole, at);
    const below = at === "" || at === folder ? folder.slice(at.length) : folder.slice(at.length + 1);
    if (!await isConfigured(view)) continue;
    if ((await testsIn(view)).some((test) => below === "" || test.startsWith(`${below}/`))) return true;
  }
  return false;
}

/**
 * Lists the folders whose tests Django's own program runs.
 *
 * @param project files of a folder
 * @param found the checks that were found
 * @returns those of it and below it, relative to it; empty for its own
 */
export function foldersOfDjango({ folder }: ProjectView, found: readonly Check[]): string[] {
  const beginning = folder === "" ? "" : `${folder}/`;
  return found.filter(({ runner }) => runner?.name === "django").map((check) => check.folder)
    .filter((at) => at === folder || at.startsWith(beginning)).map((at) => at.slice(beginning.length));
}

/**
 * Tells whether a text is written for pytest, so that nothing else can run its tests.
 *
 * @param text of a test
 */
export function isForPytest(text: string): boolean {
  return FOR_PYTEST.test(text);
}

/** Whether pytest is configured to run the examples in the documentation of sources. */
async function takesDoctests(project: ProjectView): Promise<boolean> {
  return /--doctest-modules\b/.test(await settingsOf(project));
}

/**
 * Finds the tests that a folder's own check has to run: all of them where it says how tests are run or has some outside of the projects
 * below it; else none, since those have checks of their own.
 *
 * @param project files of the folder
 * @param found the checks that were found: what Django's own program runs is left to it
 */
export async function ownTests(project: ProjectView, found: readonly Check[]): Promise<string[]> {
  const others = foldersOfDjango(project, found);
  const isOthers = (test: string) => others.some((folder) => folder === "" || test.startsWith(`${folder}/`));
  const tests = (await testsIn(project)).filter((test) => !isOthers(test));
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
  return project.has("conftest.py") || await configurationOf(project) !== null;
}

/** The file by which pytest is configured in a folder; null for none. */
async function configurationOf(project: ProjectView): Promise<string | null> {
  const own = OWN.find(project.has);
  if (own !== undefined) return own;
  for (const [file, mark] of Object.entries(MARKS)) if ((await project.text(file)).includes(mark)) return file;
  return null;
}

/** Text of the file by which pytest is configured in a folder: what the others say does not count. */
async function settingsOf(project: ProjectView): Promise<string> {
  const file = await configurationOf(project);
  return file === null ? "" : await project.text(file);
}

/**
 * Reads what may configure pytest in a folder, as one text.
 *
 * @param project files of the folder
 */
export async function pytestConfiguration(project: ProjectView): Promise<string> {
  const texts = await Promise.all([...OWN, ...Object.keys(MARKS)].map(project.text));
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
