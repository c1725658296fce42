import type { Reading, Report, Reporting } from "../runner.ts";
import { readJunit } from "./junit_report.ts";

/** Name of the report among those of other runners. */
const NAME = "bun.xml";

/**
 * Has Bun's test runner write its results (seen with Bun 1.4).
 *
 * @param between words that have to stand before those for the runner
 */
export function bunReporting(between: readonly string[]): Reporting {
  return { words: [...between, "--reporter=junit", `--reporter-outfile={reports}/${NAME}`], variables: {}, brings: [] };
}

/**
 * Reads what Bun's test runner wrote. Cases are named `file > suite > case`.
 *
 * @param reports what was written
 */
export function readBun(reports: readonly Report[]): Reading {
  const cases = readJunit(reports.filter(({ path }) => path === NAME)).filter(({ verdict }) => verdict !== "skipped")
    .map(({ file, group, name, verdict, evidence }) => ({
      // It writes the innermost suite first.
      name: [file, ...group.split(" > ").reverse(), name].filter((part) => part !== "").join(" > "),
      passed: verdict === "passed",
      evidence,
    }));
  return { cases, broken: [] };
}
