import type { Language, Languages } from "./language.ts";

/** Folders of tests, in whatever language. */
const FOLDER = /(^|\/)(tests?|__tests__|specs?)\//;
/** Names of tests in most languages. */
const NAME = /(^|\/)[^/]*(_test|\.test|_spec|\.spec|-test)\.[a-z]+$/i;
/** Folders whose files are named by what a program can be asked to do: to test may be one of that. */
const COMMANDS = /(^|\/)(?:commands?|subcommands?|cmds?|cli|bin|actions|tasks)\/[^/]*$/i;

/**
 * Tells whether a file judges the work rather than being the work.
 *
 * @param path file, relative to the project
 * @param languages the languages that are known
 * @returns true for files in test folders or named as tests
 */
export function isTestPath(path: string, languages: Languages): boolean {
  return FOLDER.test(path) || NAME.test(path) || Object.values(languages).some(({ tests }) => tests?.test(path));
}

/**
 * Finds how a file is told for a test that has a name which a source may have, too: by what it holds.
 *
 * @param path file, relative to the project
 * @param languages the languages that are known
 * @returns that for `test.js`, `app/tests.py`, `src/tests.rs` and `test-more.js`; undefined in folders of tests, and for `commands/test.ts`
 */
export function bareTestsOf(path: string, languages: Languages): Language["bareTests"] {
  if (COMMANDS.test(path) || FOLDER.test(path)) return undefined;
  return Object.values(languages).find(({ bareTests }) => bareTests?.names.test(path))?.bareTests;
}

/** What a test's name may begin with. */
const BEGINS = /^(?:test[_-]|Test(?=[A-Z]))/;

/**
 * Takes from a file's name what it is about, so that a test and its source have the same.
 *
 * @param path file
 * @returns `duration` of `test/duration.test.js`, `src/duration.js` and `tests/test_duration.py`; `Duration` of `DurationTest.java`
 */
export function stemOf(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  return base.replace(/\.[^.]*$/, "").replace(/^test[_-]|[._-](?:test|spec)$/g, "")
    .replace(/^(?=[A-Z])(\w+?)(?:Tests?|Spec|IT)$|^Test(?=[A-Z])/, "$1");
}

/**
 * Names a file as another one that is about something else.
 *
 * @param path file
 * @param stem what the other is about
 * @returns `test/median.test.js` of `test/mean.test.js` and `median`
 */
export function withStem(path: string, stem: string): string {
  const old = stemOf(path);
  const base = path.lastIndexOf("/") + 1;
  const begins = BEGINS.exec(path.slice(base))?.[0].length ?? 0;
  // A name that begins as tests do may be all that it is about, as `TestRuns` of `TestRunsTest`.
  const from = base + (path.startsWith(old, base + begins) ? begins : 0);
  return `${path.slice(0, from)}${stem}${path.slice(from + old.length)}`;
}
