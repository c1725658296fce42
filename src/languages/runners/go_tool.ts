import type { CaseResult, Reading, Runner } from "../runner.ts";
import { plainGoOutput, readGoEvents, testsWithSubtests } from "./go_events.ts";

interface Running {
  readonly lines: string[];
  verdict: "PASS" | "FAIL" | "SKIP" | null;
}

/**
 * Go: the events of `go test -json`, and of a configured check its output as `go test -v` prints it (seen with Go 1.26). Cases are named
 * `package.Test`; a test with subtests is a result of its own only when it said something.
 */
export const goTool: Runner = {
  name: "go",
  runs: /\bgo test\b/,
  manifest: /^go\.mod$/,
  // A module below another is none of its packages, and one without any is nothing to test.
  checks: (project) =>
    project.has("go.mod") && project.files.some((path) => path.endsWith(".go"))
      ? [{ name: "go test", command: ["go", "test", "./..."], reporting: { words: ["-json"] } }]
      : [],
  read: (output, beside) => {
    const files = new Set(beside?.files);
    const evidence = (lines: readonly string[], of: string) => inPackage(evidenceOf(lines), of, files);
    const reading = readGoEvents(output, evidence) ?? read(output);
    return { ...reading, broken: reading.broken.map((text) => inPackage(text, text.split("\n")[0] ?? "", files)) };
  },
  plain: plainGoOutput,
};

/**
 * Writes the bare names of files that Go says of a package as files of the project: the package's path ends as their folder does, also
 * where it begins with the name of a module.
 */
function inPackage(text: string, of: string, files: ReadonlySet<string>): string {
  const names = of.split(/[ ./]*\[/)[0]!.split("/");
  const folders = names.map((_, index) => names.slice(index).join("/")).concat("");
  return text.replace(/(^|[\s(])(\w[\w.-]*\.go)(?=:\d)/gm, (whole, before: string, name: string) => {
    const paths = folders.map((folder) => folder === "" ? name : `${folder}/${name}`);
    const path = paths.find((one) => files.has(one));
    return path === undefined ? whole : `${before}${path}`;
  });
}

function read(output: string): Reading {
  const cases: CaseResult[] = [];
  const broken: string[] = [];
  let running = new Map<string, Running>();
  let current: Running | null = null;
  let compiling: { readonly name: string; readonly lines: string[] } | null = null;
  const failedToBuild = new Map<string, string[]>();
  const begin = (name: string): Running => {
    const known = running.get(name) ?? { lines: [], verdict: null };
    running.set(name, known);
    return known;
  };
  for (const line of output.split("\n")) {
    const started = /^=== (?:RUN|CONT|NAME) +(\S+)$/.exec(line)?.[1];
    const ended = /^ *--- (PASS|FAIL|SKIP): (\S+) \(/.exec(line);
    const finished = /^(ok|FAIL|---|\?) *\t(\S+)(.*)$/.exec(line);
    const building = /^# (\S+)(?: \[.*\])?$/.exec(line)?.[1];
    if (started !== undefined) {
      current = begin(started);
      compiling = null;
    } else if (ended !== null) {
      current = begin(ended[2] ?? "");
      current.verdict = ended[1] as "PASS" | "FAIL" | "SKIP";
    } else if (finished !== null) {
      const [, , name = "", rest = ""] = finished;
      if (/\[(build|setup) failed\]/.test(rest)) {
        broken.push([name, ...failedToBuild.get(name) ?? []].join("\n").trim());
      }
      for (const one of casesOf(name, running)) cases.push(one);
      running = new Map();
      current = null;
      compiling = null;
    } else if (building !== undefined && current === null) {
      compiling = { name: building, lines: [] };
      failedToBuild.set(building, compiling.lines);
    } else if (compiling !== null) compiling.lines.push(line);
    else if (!/^(PASS|FAIL|=== PAUSE .*)$/.test(line)) current?.lines.push(line);
  }
  return { cases, broken };
}

/** The cases of one package. */
function casesOf(name: string, running: ReadonlyMap<string, Running>): CaseResult[] {
  const cases: CaseResult[] = [];
  const parents = testsWithSubtests([...running.keys()]);
  for (const [test, { lines, verdict }] of running) {
    const evidence = evidenceOf(lines);
    if (parents.has(test) && (verdict !== "FAIL" || evidence === "")) continue;
    // A test without a verdict was running when the program ended by a panic or a time limit.
    if (verdict === "SKIP" || (verdict === null && evidence === "")) continue;
    const passed = verdict === "PASS";
    cases.push({ name: `${name}.${test}`, passed, evidence: passed ? "" : evidence });
  }
  return cases;
}

/** Leaves out the frames of Go's own library, a line and the place below it, and addresses, which differ each time. */
function evidenceOf(lines: readonly string[]): string {
  const isPlace = (line: string | undefined) => line !== undefined && /^\t\S*\/go\/src\/(testing|runtime)\//.test(line);
  return lines.filter((line, index) => !isPlace(line) && !isPlace(lines[index + 1]))
    .map((line) => line.replace(/^ {4}/, "").replace(/\b0x[0-9a-f]+\??|(?<=^goroutine )\d+/g, "…"))
    .join("\n").trim();
}
