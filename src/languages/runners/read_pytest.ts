import type { CaseResult, Reading, Report } from "../runner.ts";
import { readJunit } from "./junit_report.ts";

const BIG_HEADER = /^={3,} (.+?) ={3,}$/;
const SMALL_HEADER = /^_{3,} (.+?) _{3,}$/;

/** How headers begin of what fails beside a case. */
const AT_SETUP = "ERROR at setup of ";
const AT_TEARDOWN = "ERROR at teardown of ";

/** Sections of one header that are looked through for the file that they name. */
const MOST_OF_ONE_NAME = 100;

interface Section {
  readonly header: string;
  readonly text: string;
}

/**
 * Reads the report of pytest in the older family of JUnit's XML. Cases have pytest's own ids.
 *
 * @param reports what was written
 * @returns its cases; null where it wrote no report
 */
export function readPytestReport(reports: readonly Report[]): Reading | null {
  const own = reports.filter(({ path }) => path === "pytest.xml");
  if (own.length === 0) return null;
  const cases = new Map<string, CaseResult>();
  const broken: string[] = [];
  for (const { name, group, file, verdict, isError, evidence } of readJunit(own)) {
    if (verdict === "skipped") continue;
    // A file that could not be loaded is a case without a class, named by its module.
    if (isError && group === "") {
      broken.push(`${file === "" ? name : file}\n${ownText(evidence.split("\n"))}`);
      continue;
    }
    const id = idOf(file, group, name);
    const passed = verdict === "passed";
    // A case can pass and then fail when it is cleaned up: it failed.
    if (passed && cases.has(id)) continue;
    cases.set(id, { name: id, passed, evidence: passed ? "" : ownText(evidence.split("\n")) });
  }
  return { cases: [...cases.values()], broken };
}

/** The id of a case: its file, its classes, its name. */
function idOf(file: string, group: string, name: string): string {
  const module = file.replace(/\.py$/, "").replaceAll("/", ".");
  const classes = group === module
    ? []
    : group.startsWith(`${module}.`)
    ? group.slice(module.length + 1).split(".")
    : null;
  if (file === "" || classes === null) return `${group.replaceAll(".", "/")}.py::${name}`;
  return [file, ...classes, name].join("::");
}

/**
 * Reads the output of pytest as `-rA --tb=short` prints it.
 *
 * @param output the whole output
 */
export function readPytestOutput(output: string): Reading {
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
