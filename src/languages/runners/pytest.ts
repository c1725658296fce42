import type { CaseResult, ProjectView, Reading, Runner } from "../runner.ts";
import { interpreterOf, testsIn } from "./python_project.ts";

const BIG_HEADER = /^={3,} (.+?) ={3,}$/;
const SMALL_HEADER = /^_{3,} (.+?) _{3,}$/;

/** How headers begin of what fails beside a case. */
const AT_SETUP = "ERROR at setup of ";
const AT_TEARDOWN = "ERROR at teardown of ";

/** Sections of one header that are looked through for the file that they name. */
const MOST_OF_ONE_NAME = 100;

/** Seconds of one test after which pytest says where it is: a test that never ends is told by its place. */
const HANG_SECONDS = 20;
/** What a configuration holds where tests are written for pytest. */
const MARKS = { "pyproject.toml": "[tool.pytest", "setup.cfg": "[tool:pytest]", "tox.ini": "[pytest]" };
/** A program that fails where there is no pytest. */
const FIND = "import importlib.util as u, sys; sys.exit(u.find_spec('pytest') is None)";

interface Section {
  readonly header: string;
  readonly text: string;
}

/** pytest: its output as `-q -rA --tb=short` prints it (seen with pytest 9). Cases have pytest's own ids. */
export const pytest: Runner = {
  name: "pytest",
  runs: /\bpytest\b/,
  environment: { PYTHONDONTWRITEBYTECODE: "1" },
  // It says something for each test.
  silentMs: 60_000,
  async checks(project) {
    const tests = testsIn(project);
    if (tests.length === 0) return [];
    const { python, folder } = await interpreterOf(project);
    if (!await isWanted(project, tests) && !await isThere(project, folder)) return [];
    const hangs = ["-o", `faulthandler_timeout=${HANG_SECONDS}`];
    const command = [python, "-m", "pytest", "-q", "-rA", "--tb=short", "-p", "no:cacheprovider", ...hangs];
    return [{ name: "pytest", command }];
  },
  read,
};

/** Whether the tests are written for pytest, so that nothing else can run them. */
async function isWanted(project: ProjectView, tests: readonly string[]): Promise<boolean> {
  if (project.has("pytest.ini") || project.files.some((file) => /(^|\/)conftest\.py$/.test(file))) return true;
  for (const [file, mark] of Object.entries(MARKS)) if ((await project.text(file)).includes(mark)) return true;
  for (const test of tests.slice(0, 20)) {
    if (/^(import pytest|from pytest|(async )?def test_)/m.test(await project.text(test))) return true;
  }
  return false;
}

/** Whether pytest is there. A project's own Python is only looked at. */
async function isThere(project: ProjectView, folder: string | null): Promise<boolean> {
  if (folder === null) return await project.succeeds(["python3", "-I", "-c", FIND]);
  const library = `${folder}/lib`;
  for (const version of await project.names(library)) {
    if ((await project.names(`${library}/${version}/site-packages`)).includes("pytest")) return true;
  }
  return false;
}

function read(output: string): Reading {
  const { sections, summary } = split(output);
  const byHeader = Map.groupBy(sections, ({ header }) => header);
  const cases = new Map<string, CaseResult>();
  const broken: string[] = [];
  for (const line of summary) {
    const match = /^(PASSED|FAILED|ERROR) (.+)$/.exec(line);
    if (match === null) continue;
    const [, verdict = "", rest = ""] = match;
    if (verdict === "PASSED") {
      if (!cases.has(rest)) cases.set(rest, { name: rest, passed: true, evidence: "" });
      continue;
    }
    const section = sectionFor(byHeader, verdict, rest);
    const evidence = section?.text ?? rest;
    const name = nameOf(rest, section?.header);
    if (!name.includes("::")) broken.push(`${name}\n${evidence}`);
    // A case can pass and then fail when it is cleaned up: it failed.
    else cases.set(name, { name, passed: false, evidence });
  }
  const stuck = placeIn(output);
  return { cases: [...cases.values()], broken, ...(stuck === null ? {} : { stuck }) };
}

/** Where Python's faulthandler found a test that did not end: its lines that are the project's. */
function placeIn(output: string): string | null {
  // It follows the dots of the tests before it in their line; the last one is of the test that did not end.
  const at = [...output.matchAll(/Timeout \(\d+:\d+:\d+\)!\n/g)].at(-1)?.index;
  if (at === undefined) return null;
  const dump = output.slice(at);
  const lines = [...dump.matchAll(/^ {2}File "([^"]+)", line (\d+) in (\S+)/gm)]
    .filter(([, path = ""]) => !/^[/<]|site-packages/.test(path))
    .map(([, path, line, name]) => `${path}, line ${line} in ${name}`);
  return lines.length === 0 ? null : lines.slice(0, 10).join("\n");
}

/** Cuts the output into the named blocks of its errors and failures, and the lines of the summary. */
function split(output: string): { sections: Section[]; summary: string[] } {
  const sections: Section[] = [];
  const summary: string[] = [];
  let part = "";
  let header = "";
  let lines: string[] = [];
  const close = () => {
    if (header !== "") sections.push({ header, text: ownText(lines) });
    header = "";
    lines = [];
  };
  for (const line of output.split("\n")) {
    const big = BIG_HEADER.exec(line);
    const small = SMALL_HEADER.exec(line);
    if (big?.[1] !== undefined) {
      close();
      part = big[1];
    } else if (part.startsWith("short test summary")) summary.push(line);
    else if (part === "ERRORS" || part === "FAILURES") {
      if (small?.[1] !== undefined) {
        close();
        header = small[1];
      } else lines.push(line);
    }
  }
  close();
  return { sections, summary };
}

/** A section without the frames of Python's own library. */
function ownText(lines: readonly string[]): string {
  let foreign = false;
  const kept = lines.filter((line) => {
    if (/^\S+:\d+: /.test(line)) foreign = line.startsWith("/");
    else if (!line.startsWith(" ")) foreign = false;
    return !foreign;
  });
  return kept.join("\n").trim();
}

/**
 * Takes the section of a failed case out of those that are left: its header is the id without the file, with dots. A line of the summary may go on with ` - ` and the
 * error's first words.
 */
function sectionFor(sections: ReadonlyMap<string, Section[]>, verdict: string, rest: string): Section | undefined {
  const cut = rest.indexOf("::");
  const file = cut === -1 ? rest.split(" - ")[0] ?? rest : rest.slice(0, cut);
  const headers = cut === -1 ? [`ERROR collecting ${file}`] : beginnings(dotted(rest.slice(cut + 2)));
  const names = headers.flatMap((one) => verdict === "ERROR" ? [one, AT_SETUP + one, AT_TEARDOWN + one] : [one]);
  const list = names.map((name) => sections.get(name) ?? []).find(({ length }) => length > 0) ?? [];
  // Cases of the same name in several files: the one whose text names the file.
  const named = list.slice(0, MOST_OF_ONE_NAME).findIndex(({ text }) => text.includes(file));
  return list.splice(Math.max(0, named), 1)[0];
}

/** A text, and what stands before each ` - ` in it. */
function beginnings(text: string): string[] {
  const found = [text];
  for (let at = text.indexOf(" - "); at !== -1; at = text.indexOf(" - ", at + 1)) found.push(text.slice(0, at));
  return found;
}

/** The id alone, of a summary line that may go on with ` - ` and the error's first words. */
function nameOf(rest: string, header: string | undefined): string {
  const own = header?.replace(AT_SETUP, "").replace(AT_TEARDOWN, "") ?? "";
  const cut = rest.indexOf("::");
  if (cut !== -1 && own !== "" && dotted(rest.slice(cut + 2)).startsWith(own)) {
    // Dots for `::` made the header shorter by one for each class.
    const classes = rest.slice(cut + 2).split("[")[0]?.split("::").length ?? 1;
    return rest.slice(0, cut + 2 + own.length + classes - 1);
  }
  return rest.split(" - ")[0] ?? rest;
}

/** Writes the classes of an id with dots, leaving its parameters alone. */
function dotted(id: string): string {
  const bracket = id.indexOf("[");
  const [names, rest] = bracket === -1 ? [id, ""] : [id.slice(0, bracket), id.slice(bracket)];
  return names.replaceAll("::", ".") + rest;
}
