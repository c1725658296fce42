import type { Languages } from "./language.ts";
import { bareTestsOf } from "./test_path.ts";

/**
 * Tells whether a file whose name sources have, too, is a test: only what it holds says so.
 *
 * @param path file, relative to the project
 * @param text its text; tests inside a source make none of it
 * @param languages the languages that are known
 * @param assertsAlone whether a script that asserts without a runner is one, as where Node runs the tests
 * @returns false for a file of any other name
 */
export function isBareTest(path: string, text: string, languages: Languages, assertsAlone: boolean): boolean {
  return bareTestsOf(path, languages)?.holds(withoutTests(path, text, languages), assertsAlone) === true;
}

/**
 * A source without the tests that stand inside it.
 *
 * @param path the source
 * @param text its text
 */
export function withoutTests(path: string, text: string, languages: Languages): string {
  const testsIn = Object.values(languages).find((one) => one.testsIn !== undefined && one.files.test(path))?.testsIn;
  return (testsIn?.(text) ?? []).toReversed().reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text);
}
