import { stripVTControlCharacters } from "node:util";
import { type Fields, fieldsOf } from "../fields.ts";
import { withoutLongLines } from "../read_output.ts";
import type { CaseResult, Reading, Report } from "../runner.ts";

/** Characters of what is said of one case that are looked at. */
const MOST_SAID = 20_000;
/** Frames of a runner, of a package or of the runtime itself. */
const FOREIGN_FRAME = /^\s*at .*(?:node_modules\/|node:|<anonymous>\)?$|<Jasmine>$)|^\s*at <Jasmine>/;

/**
 * Reads what runners of scripts wrote: Jest and vitest in JSON of the one form (seen with Jest 30 and vitest 4), mocha and jasmine by
 * reporters of ours, a line of JSON for each result (seen with mocha 12 and jasmine 7). Cases are named `file > suite > case`.
 *
 * @param reports what was written
 */
export function readScriptReports(reports: readonly Report[]): Reading {
  const cases: CaseResult[] = [];
  const broken: string[] = [];
  for (const { path, text } of reports) {
    if (path.endsWith(".json")) readSuites(jsonOf(text), cases, broken);
    else if (path.endsWith(".jsonl")) {
      for (const line of text.split("\n")) if (line !== "") readLine(jsonOf(line), cases, broken);
    }
  }
  return { cases, broken };
}

/** Each file of a report of Jest or vitest. */
function readSuites({ testResults }: Fields, cases: CaseResult[], broken: string[]): void {
  for (const suite of listOf(testResults)) {
    const file = String(suite.name ?? "");
    const own = listOf(suite.assertionResults);
    for (const one of own) {
      if (one.status !== "passed" && one.status !== "failed") continue;
      const path = [...namesOf(one.ancestorTitles), String(one.title ?? "")];
      const said = namesOf(one.failureMessages).join("\n\n");
      cases.push(caseOf(file, path, one.status === "passed", said));
    }
    // Without a failed case it is the file itself that could not be run.
    const isBroken = suite.status === "failed" && !own.some(({ status }) => status === "failed");
    if (isBroken) broken.push(`${file}\n${evidenceOf(String(suite.message ?? ""))}`.trim());
  }
}

/** A line of one of our reporters. */
function readLine({ file, path, passed, evidence, isHook }: Fields, cases: CaseResult[], broken: string[]): void {
  const names = namesOf(path);
  const one = caseOf(typeof file === "string" ? file : "", names, passed === true, String(evidence ?? ""));
  if (isHook === true) broken.push(`${one.name}\n${one.evidence}`.trim());
  else if (names.length > 0) cases.push(one);
}

function caseOf(file: string, path: readonly string[], passed: boolean, said: string): CaseResult {
  const name = [file, ...path].filter((part) => part !== "").map((part) => stripVTControlCharacters(part)).join(" > ");
  return { name: name.replace(/\s*\n\s*/g, " "), passed, evidence: passed ? "" : evidenceOf(said) };
}

function evidenceOf(said: string): string {
  const text = withoutLongLines(stripVTControlCharacters(said.slice(0, MOST_SAID)));
  return text.split("\n").filter((line) => !FOREIGN_FRAME.test(line)).join("\n").trim();
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** The fields of a text of JSON; none where it is cut off. */
function jsonOf(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
