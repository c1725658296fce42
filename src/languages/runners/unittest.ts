import type { CaseResult, Reading, Runner } from "../runner.ts";
import { interpreterOf, isBare, MANIFEST, ownTests } from "./python_project.ts";
import { coveredBy, pytest } from "./pytest.ts";

const STARTED = /^([\w.]+) \(([\w.]+)\)(?: \.\.\. (.*))?$/;
const PASSED = /(?:^|\.\.\. )(?:ok|expected failure)$/;
const OTHER = /(?:^|\.\.\. )(?:FAIL|ERROR|skipped .*|unexpected success)$/;
const DETAIL = /^(ERROR|FAIL): (\S+)(?: \(([^()]+)\))?(.*)$/;
const FAILED_IMPORT = "unittest.loader._FailedTest";

/** Python's own test runner: its output as `python -m unittest -v` prints it (seen with Python 3.8 and 3.11). Cases are named `module.Class.test`. */
export const unittest: Runner = {
  name: "unittest",
  runs: /\bunittest\b/,
  environment: { PYTHONDONTWRITEBYTECODE: "1" },
  manifest: MANIFEST,
  async checks(project, found) {
    const tests = await ownTests(project, found);
    // pytest runs its tests too.
    if (tests.length === 0 || found.some(({ runner, folder }) => runner === pytest && folder === project.folder)) {
      return [];
    }
    const passed = coveredBy(project, found);
    // What pytest passed over it has named.
    if (passed !== null) return [];
    const { python } = await interpreterOf(project);
    const start = ["tests", "test"].find((name) =>
      tests.some((file) => file.startsWith(`${name}/`)) && !project.has(`${name}/__init__.py`)
    );
    const command = [...python, "-m", "unittest", "discover", "-v"];
    const below = start === undefined ? [] : [{ name: "unittest", command: [...command, "-s", start] }];
    // From the project's folder it looks into packages alone.
    const isAbove = tests.some((file) => isBare(file) && !file.includes("/"));
    if (below.length === 0 || !isAbove) return below.length === 0 ? [{ name: "unittest", command }] : below;
    return [{ name: "unittest", command }, ...below.map((one) => ({ ...one, name: `unittest of ${start}` }))];
  },
  read: readUnittest,
};

/**
 * Reads the output of Python's own runner, and of what runs tests by it.
 *
 * @param output as `-v` prints it
 */
export function readUnittest(output: string): Reading {
  const cases = new Map<string, CaseResult>();
  const broken: string[] = [];
  let current: string | null = null;
  const lines = output.split("\n");
  const firstDetail = lines.findIndex((line) => /^={20,}$/.test(line));
  for (const line of firstDetail === -1 ? lines : lines.slice(0, firstDetail)) {
    const started = STARTED.exec(line);
    if (started !== null) current = nameOf(started[1] ?? "", started[2] ?? "");
    if (current === null) continue;
    if (PASSED.test(line)) {
      cases.set(current, { name: current, passed: true, evidence: "" });
      current = null;
    } else if (OTHER.test(line)) current = null;
  }
  for (const { header, text } of details(firstDetail === -1 ? [] : lines.slice(firstDetail))) {
    const [, , short = "", id = short, more = ""] = DETAIL.exec(header) ?? [];
    if (id.startsWith(FAILED_IMPORT)) {
      broken.push(`${short}\n${text}`);
      continue;
    }
    // `setUpClass (module.Class)` and the like stand for all cases of a class: none of them was run.
    if (/^(setUp|tearDown)(Class|Module)$/.test(short)) {
      broken.push(`${short} (${id})\n${text}`);
      continue;
    }
    const name = nameOf(short, id);
    const before = cases.get(name)?.evidence ?? "";
    const evidence = more.trim() === "" ? text : `${more.trim()}\n${text}`;
    cases.set(name, { name, passed: false, evidence: before === "" ? evidence : `${before}\n\n${evidence}` });
  }
  return { cases: [...cases.values()], broken };
}

/** Since Python 3.11 the id ends with the test's name; before it ended with the class. */
function nameOf(short: string, id: string): string {
  return id === short || id.endsWith(`.${short}`) ? id : `${id}.${short}`;
}

/** The blocks of errors and failures, without the frames of Python's own library. */
function details(lines: readonly string[]): { header: string; text: string }[] {
  const found: { header: string; lines: string[] }[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const next = lines[index + 1] ?? "";
    if (/^={20,}$/.test(line) && DETAIL.test(next)) {
      found.push({ header: next, lines: [] });
      index += 1;
    } else if (/^-{20,}$/.test(line) && /^Ran \d+ tests? in /.test(next)) break;
    else if (!/^-{20,}$/.test(line)) found.at(-1)?.lines.push(line);
  }
  return found.map(({ header, lines }) => ({ header, text: ownText(lines) }));
}

function ownText(lines: readonly string[]): string {
  let foreign = false;
  const kept = lines.filter((line) => {
    const frame = /^ {2}File "(.*?)"/.exec(line);
    if (frame !== null) foreign = frame[1]?.startsWith("/") === true || frame[1]?.startsWith("<frozen") === true;
    else if (!line.startsWith("    ")) foreign = false;
    return !foreign;
  });
  return kept.join("\n").trim();
}
