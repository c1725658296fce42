import type { CheckFact } from "../../src/effects/check/check_effect.ts";

/** What the project's checks are like: a result a case, none at all, or a suite that a harmful file keeps from starting. */
export type Suite = "cases" | "none" | "fragile";

/**
 * What the checks of a made project say.
 *
 * @param files hash of each file, by path
 */
export function resultsOf(files: ReadonlyMap<string, string>, suite: Suite): CheckFact[] {
  if (suite === "none") return [];
  const harmed = [...files].filter(([, hash]) => hash.startsWith("worse"));
  if (suite === "fragile" && harmed.length > 0) {
    return [{ name: "npm test", passed: false, evidence: `SyntaxError in ${harmed[0]![0]}`, files: [harmed[0]![0]] }];
  }
  const cases = [...files].filter(([path]) => path.startsWith("src/part")).map(([path, hash]) => ({
    name: `npm test: ${path} works`,
    passed: hash.startsWith("fix"),
    evidence: hash.startsWith("fix") ? "" : `Expected 1, got 2 at ${path}`,
    files: hash.startsWith("fix") ? [] : ["tests/a_test.ts", path],
  }));
  return [...cases, { name: "npm test: nothing else broke", passed: harmed.length === 0, evidence: "", files: [] }];
}
