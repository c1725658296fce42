import { SaxesParser } from "saxes";
import { stripVTControlCharacters } from "node:util";
import { withoutLongLines } from "../read_output.ts";
import type { Report } from "../runner.ts";

/** A test case of a report in JUnit's XML, as nearly every runner can write it. */
export interface JunitCase {
  readonly name: string;
  /** What it belongs to: a class, a module, a path of suites; empty where the report does not say. */
  readonly group: string;
  /** Its file as the report names it; of its suite where only that says it; empty where neither does. */
  readonly file: string;
  readonly verdict: "passed" | "failed" | "skipped";
  /** Whether it could not be run, rather than that it failed. */
  readonly isError: boolean;
  /** What is said of its failures. */
  readonly evidence: string;
}

/** Characters of one failure's text that are kept. */
const MOST_TEXT = 20_000;

/**
 * Reads reports in JUnit's XML.
 *
 * @param reports what was written; those with another ending than `.xml` are passed over
 * @returns their cases, of a report that is cut off those before the end
 */
export function readJunit(reports: readonly Report[]): JunitCase[] {
  return reports.filter(({ path }) => path.endsWith(".xml")).flatMap(({ text }) => casesIn(text));
}

interface Opened {
  name: string;
  group: string;
  file: string;
  verdict: JunitCase["verdict"];
  isError: boolean;
  said: string[];
  printed: string;
}

function casesIn(text: string): JunitCase[] {
  const parser = new SaxesParser();
  const cases: JunitCase[] = [];
  const suites: string[] = [];
  let current: Opened | null = null;
  let said: string | null = null;
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testsuite") suites.push(attributes.file ?? "");
    else if (name === "testcase") current = opened(attributes, suites);
    else if (current !== null && (name === "failure" || name === "error")) {
      current.verdict = "failed";
      current.isError ||= name === "error";
      said = "";
      current.said.push(attributes.message ?? attributes.type ?? "");
    } else if (current !== null && name === "system-out") said = "";
    else if (current !== null && name === "skipped" && current.verdict === "passed") current.verdict = "skipped";
  });
  const add = (piece: string) => {
    // The end of a long text says most.
    if (said !== null) said = (said + piece.slice(-MOST_TEXT)).slice(-MOST_TEXT);
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", ({ name }) => {
    if (name === "testsuite") suites.pop();
    if (current === null) return;
    if (name === "system-out") {
      current.printed = said ?? "";
      said = null;
    } else if (name === "failure" || name === "error") {
      const message = current.said.pop() ?? "";
      const body = said?.trim() ?? "";
      // Most write the message at the head of the text as well.
      current.said.push(body.includes(message.split("\n")[0] ?? "") ? body : `${message}\n${body}`.trim());
      said = null;
    } else if (name === "testcase") {
      cases.push(closed(current));
      current = null;
    }
  });
  parser.on("error", () => {
    // What stands behind the fault is not understood; what stood before it holds.
  });
  try {
    parser.write(text).close();
  } catch {
    // As above.
  }
  return cases;
}

function opened(attributes: Readonly<Record<string, string>>, suites: readonly string[]): Opened {
  return {
    name: attributes.name ?? "",
    group: attributes.classname ?? attributes.class ?? "",
    file: attributes.file ?? suites.findLast((file) => file !== "") ?? "",
    // Of ctest and some others the state alone tells that it did not run.
    verdict: /^(?:notrun|disabled|skipped)$/.test(attributes.status ?? "") ? "skipped" : "passed",
    isError: false,
    said: [],
    printed: "",
  };
}

function closed({ said, printed, ...rest }: Opened): JunitCase {
  const failures = said.join("\n\n").trim();
  // Some, such as ctest, say a word and leave the cause to what was printed.
  const evidence = failures.includes("\n") || failures.length > 40 ? failures : `${failures}\n${printed}`;
  return {
    ...rest,
    evidence: rest.verdict === "failed" ? withoutLongLines(stripVTControlCharacters(evidence)).trim() : "",
  };
}
