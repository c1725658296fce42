import { fieldsOf } from "../fields.ts";
import type { CaseResult, Reading } from "../runner.ts";

/** What `go test -json` says in a line. */
interface GoEvent {
  readonly action: string;
  /** The package; of what a build says, what was built. */
  readonly of: string;
  readonly test: string;
  readonly output: string;
  /** What could not be built, where that is why a package failed. */
  readonly failedBuild: string;
}

/** What is known of a test that was begun. */
interface Begun {
  readonly lines: string[];
  verdict: string;
}

/** Turns the lines of one case into what is said of it, `case` being its name and `of` its package. */
type Saying = (lines: readonly string[], of: string) => string;

/**
 * Reads the events that `go test -json` prints, which no print of a test can disturb (seen with Go 1.26). Cases are named `package.Test`; a
 * test with subtests is a result of its own only when it said something.
 *
 * @param output the whole output
 * @param evidenceOf turns what a test printed into its evidence
 * @returns its cases; null where the output is none of events
 */
export function readGoEvents(output: string, evidenceOf: Saying): Reading | null {
  const tests = new Map<string, Map<string, Begun>>();
  const builds = new Map<string, string>();
  const packages = new Map<string, string>();
  const broken: string[] = [];
  let isThere = false;
  const said = (event: GoEvent) => {
    const { action, of, test, output: text, failedBuild } = event;
    if (action === "build-output") builds.set(of, (builds.get(of) ?? "") + text);
    else if (test === "") {
      if (action === "output") packages.set(of, (packages.get(of) ?? "") + text);
      const reason = failedBuild === "" ? builtNot(packages.get(of) ?? "") : builds.get(failedBuild) ?? "";
      if (action === "fail" && reason !== null) broken.push(`${of}\n${withoutHead(reason)}`.trim());
    } else {
      const own = tests.get(of) ?? new Map<string, Begun>();
      tests.set(of, own);
      const begun = own.get(test) ?? { lines: [], verdict: "" };
      own.set(test, begun);
      if (action === "output") begun.lines.push(...text.split("\n"));
      else if (action === "pass" || action === "fail" || action === "skip") begun.verdict = action;
    }
  };
  for (const line of output.split("\n")) {
    const event = eventIn(line);
    if (event === null) continue;
    isThere = true;
    said(event);
  }
  if (!isThere) return null;
  const cases = [...tests].flatMap(([of, own]) => casesOf(of, own, evidenceOf));
  return { cases, broken };
}

/**
 * Gives the output of `go test -json` as a person reads it.
 *
 * @param output the whole output
 */
export function plainGoOutput(output: string): string {
  return output.split("\n").map((line) => {
    const event = eventIn(line);
    return event === null ? `${line}\n` : event.output;
  }).join("").trim();
}

function eventIn(line: string): GoEvent | null {
  if (!line.startsWith("{")) return null;
  try {
    const { Action, Package, ImportPath, Test, Output, FailedBuild } = fieldsOf(JSON.parse(line));
    if (typeof Action !== "string") return null;
    const text = (value: unknown) => typeof value === "string" ? value : "";
    const of = text(Package) || text(ImportPath);
    return { action: Action, of, test: text(Test), output: text(Output), failedBuild: text(FailedBuild) };
  } catch {
    // Cut off, or printed by something else.
    return null;
  }
}

/** Why a package could not be built or set up, as older versions say it; null where it was. */
function builtNot(said: string): string | null {
  return /\[(?:build|setup) failed\]/.test(said) ? said : null;
}

/** What a compiler says, without the line that names the package. */
function withoutHead(said: string): string {
  return said.replace(/^# .*\n/gm, "").trim();
}

/** The cases of one package. */
function casesOf(of: string, tests: ReadonlyMap<string, Begun>, evidenceOf: Saying): CaseResult[] {
  const cases: CaseResult[] = [];
  const parents = testsWithSubtests([...tests.keys()]);
  for (const [test, { lines, verdict }] of tests) {
    const evidence = evidenceOf(lines.filter((line) => !/^ *(?:=== |--- (?:PASS|FAIL|SKIP): )/.test(line)), of);
    if (parents.has(test) && (verdict !== "fail" || evidence === "")) continue;
    // A test without a verdict was running when the program ended by a panic or a time limit.
    if (verdict === "skip" || (verdict === "" && evidence === "")) continue;
    const passed = verdict === "pass";
    cases.push({ name: `${of}.${test}`, passed, evidence: passed ? "" : evidence });
  }
  return cases;
}

/**
 * Finds the tests that have subtests, among the names of all.
 *
 * @param names of tests, subtests behind a stroke
 */
export function testsWithSubtests(names: readonly string[]): ReadonlySet<string> {
  // In this order a test stands right before its first subtest.
  const sorted = names.map((name) => name.replaceAll("/", "\0")).sort();
  const parents = sorted.filter((name, index) => sorted[index + 1]?.startsWith(`${name}\0`) === true);
  return new Set(parents.map((name) => name.replaceAll("\0", "/")));
}
