import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { Languages } from "../../languages/language.ts";
import { isTestPath } from "../../languages/test_path.ts";

/**
 * Finds the file that a failing check is most likely about: the first source that its evidence names.
 *
 * @param result a failing result
 * @param languages by which tests are told; those that are built in where absent
 * @returns a file that is no test, or null
 */
export function suspectOf(result: CheckFact, languages?: Languages): string | null {
  return result.files.find((path) => !isTestPath(path, languages)) ?? null;
}
