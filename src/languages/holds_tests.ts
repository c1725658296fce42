import type { Languages } from "./language.ts";
import { HOLDS_TESTS } from "./runners/python_project.ts";
import { hasBareName } from "./test_path.ts";

/** What takes hold of a runner in a script, or names a test of one by its words. */
const SCRIPT =
  /\bnode:test\b|["'](?:vitest|bun:test|@jest\/globals|@playwright\/test|ava|tape|tap|uvu)["']|(?<![\w$.])(?:(?:Deno|QUnit)\.test|(?:describe|suite|test|it)(?:\.\w{1,20})?)[ \t]*\(\s{0,200}["'`]/;
/** What takes hold of assertions in a script. */
const ASSERTS = /(?:\bfrom|\bimport|\brequire\()\s{0,20}["'](?:node:)?(?:assert(?:\/strict)?|chai)["']/;
/** A class of tests in Python, whatever it is called. */
const CASES = /^class[ \t]+\w{1,200}[ \t]*\([^\n)]{0,200}\b\w{0,100}TestCase\b/m;
/** The attribute of a test in Rust. */
const ATTRIBUTE = /#\[(?:\w{1,40}::){0,3}(?:test|rstest|test_case|quickcheck)\b/;

/**
 * Tells whether a file whose name sources have, too, is a test: only what it holds says so.
 *
 * @param path file, relative to the project
 * @param text its text
 * @param languages by which tests inside a source are told, which make none of it
 * @param assertsAlone whether a script that asserts without a runner is one, as where Node runs the tests
 * @returns false for a file of any other name
 */
export function isBareTest(path: string, text: string, languages: Languages, assertsAlone: boolean): boolean {
  if (!hasBareName(path)) return false;
  if (path.endsWith(".py")) return HOLDS_TESTS.test(text) || CASES.test(text);
  if (path.endsWith(".rs")) return ATTRIBUTE.test(withoutTests(path, text, languages));
  return SCRIPT.test(text) || assertsAlone && ASSERTS.test(text);
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
