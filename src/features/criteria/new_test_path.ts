import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath, stemOf, withStem } from "../../languages/test_path.ts";
import type { State } from "../state.ts";
import type { Criterion } from "./slice.ts";

/** Words of a criterion that its test is named by, where it speaks of no name. */
const WORDS = 3;
/** Words that tell no criterion apart. */
const COMMON =
  /^(?:a|an|the|to|of|in|on|for|and|or|with|that|this|it|is|are|be|so|should|shall|must|can|will|make|add|write|let|give|gives?|when|as|by|from|not|its?|new|then|also|after|afterwards)$/;

/** Where a new test of a criterion belongs. */
export interface NewTestPlace {
  /** null where the project has no test to go by and the goal names no language: whoever writes it chooses. */
  readonly path: string | null;
  /** A test of the project that shows how tests are written there; null where there is none. */
  readonly like: string | null;
}

/**
 * Finds where a new test belongs: beside the test of the project that is about the most of what the goal names, and named as that is; where there is
 * none, where tests of the language usually stand.
 *
 * @param taken paths that further new tests have already
 */
export function newTestPlace(
  state: State,
  languages: Languages,
  criterion: Criterion,
  taken: readonly string[],
): NewTestPlace {
  const goal = `${state.run.info?.goal ?? ""}\n${criterion.text}`;
  const tests = testsOf(state, languages);
  const like = tests.find((path) => isNamed(goal, stemOf(path))) ?? tests[0] ?? null;
  const known = new Set([...Object.keys(state.protection.files ?? {}), ...Object.keys(state.files.byPath), ...taken]);
  const begun = like === null ? state.setup.plan?.test : undefined;
  const path = begun ?? (like === null ? usual(goal, criterion, languages) : besides(like, nameOf(criterion)));
  return { path: path === null ? null : free(path, known), like };
}

/** Whether a text names what a test of the project is about. */
export function namesTested(state: State, languages: Languages, text: string): boolean {
  return testsOf(state, languages).some((path) => isNamed(text, stemOf(path)));
}

/** Tests of the project that are files of their own, those that its checks name first; those of other criteria come last. */
function testsOf({ protection, checks, criteria }: State, languages: Languages): readonly string[] {
  const named = (checks.latest ?? []).flatMap(({ files }) => files);
  const standing = Object.values(protection.files ?? {}).filter(({ as }) => as === "test").map(({ path }) => path);
  const own = new Set(Object.values(criteria.tests).map(({ path }) => path));
  const all = [...new Set([...named, ...standing.toSorted()])];
  return [...all.filter((path) => !own.has(path)), ...all.filter((path) => own.has(path))].filter((path) =>
    isTestPath(path, languages) && stemOf(path) !== path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "") &&
    languageOf(path, languages)?.runners !== undefined
  );
}

/** `test/median.test.js` beside `test/mean.test.js`. */
function besides(like: string, name: string): string {
  const stem = stemOf(like);
  const styled = /^[A-Z]/.test(stem)
    ? name.replace(/(?:^|_)([a-z0-9])/g, (_all, sign: string) => sign.toUpperCase())
    : name;
  return withStem(like, styled);
}

/** Where tests usually stand in the language that the goal names by a file. */
function usual(goal: string, criterion: Criterion, languages: Languages): string | null {
  const [language] = [...goal.matchAll(/[\w./-]{1,120}\.\w{1,6}\b/g)]
    .map(([path]) => languageOf(path, languages)).filter((one) => one?.newTest !== undefined);
  return language?.newTest?.replace("{{name}}", () => nameOf(criterion)) ?? null;
}

/** What a test of a criterion is named by: its first name, else its first words that say something. */
function nameOf({ names: [name], text }: Criterion): string {
  const words = name === undefined
    ? (text.slice(0, 400).toLowerCase().match(/[a-z0-9]{2,30}/g) ?? []).filter((word) => !COMMON.test(word)).slice(
      0,
      WORDS,
    )
    : [name.split(".").at(-1)!];
  const plain = words.join("_").replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return plain.replace(/^_+/, "").replace(/(?<!_)_+$/, "").slice(0, 40) || "wish";
}

function isNamed(goal: string, stem: string): boolean {
  return stem.length > 2 && goal.toLowerCase().includes(stem.toLowerCase());
}

/** The path, or the first with a number that is free. */
function free(path: string, known: ReadonlySet<string>): string {
  if (!known.has(path)) return path;
  const stem = stemOf(path);
  for (let number = 2;; number++) {
    const other = withStem(path, `${stem}${number}`);
    if (!known.has(other)) return other;
  }
}
