import type { CaseResult, Reading, Reporting } from "../runner.ts";
import type { Beside } from "../runner.ts";
import { readJunit } from "./junit_report.ts";

/** Endings of sources in languages of the Java virtual machine. */
const SOURCES = ["java", "kt", "groovy", "scala"];
/** Names of a case that stand for a class as a whole: nothing in it was run. */
const WHOLE_CLASS = /^(?:|initializationError|executionError|classMethod)$/;

/** Reports in JUnit's XML, where Maven and Gradle leave them. */
export const junitReporting: Reporting = {
  leaves: /(?:^|\/)(?:target\/(?:surefire|failsafe)-reports|build\/test-results\/[^/]+)\/TEST-[^/]+\.xml$/,
};

/**
 * Reads the reports of Maven and Gradle. Cases are named `Class.method`, and held by the file of their class.
 *
 * @param beside reports and files
 */
export function readClasses({ reports, files }: Beside): Reading {
  const cases: CaseResult[] = [];
  const broken: string[] = [];
  for (const { name, group, verdict, evidence } of readJunit(reports)) {
    if (verdict === "skipped") continue;
    const held = fileOf(group, files);
    const place = held === null ? [] : [held];
    if (verdict === "failed" && (WHOLE_CLASS.test(name) || name === group)) {
      broken.push([group, ...place, ownFrames(evidence)].join("\n").trim());
      continue;
    }
    const passed = verdict === "passed";
    cases.push({
      name: `${group}.${name.replace(/\(\)$/, "")}`,
      passed,
      evidence: passed ? "" : ownFrames(evidence),
      files: place,
    });
  }
  return { cases, broken };
}

/** The file of a class, by its package; null where none or several can be it. */
function fileOf(group: string, files: readonly string[]): string | null {
  const path = group.replace(/\$.*$/, "").replaceAll(".", "/");
  if (path === "") return null;
  const ends = SOURCES.map((ending) => `${path}.${ending}`);
  const found = files.filter((file) => ends.some((end) => file === end || file.endsWith(`/${end}`)));
  return found.length === 1 ? found[0]! : null;
}

/** Leaves out the frames of the library and of the runner. */
function ownFrames(text: string): string {
  return text.split("\n").filter((line) =>
    !/^\s*(?:at (?:java|jdk|sun|javax|kotlin|org\.(?:junit|testng|gradle|apache\.maven|opentest4j|spockframework))[./]|\.\.\. \d+ more)/
      .test(line)
  ).join("\n").trim();
}
