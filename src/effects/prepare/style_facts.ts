import type { Languages } from "../../languages/language.ts";
import { isTestPath, stemOf } from "../../languages/test_path.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Files of one form from which the form counts as a standard. */
const ENOUGH = 3;

/**
 * Says where the tests of a project stand and what they are called.
 *
 * @param target file that is to be changed; null where none is known
 * @param languages by which tests are told
 * @returns at most one sentence
 */
export function layoutFacts(
  files: readonly string[],
  target: string | null,
  from: Wording,
  languages: Languages,
): string[] {
  const tests = files.filter((path) => isTestPath(path, languages));
  if (tests.length === 0) return [];
  const stem = target === null ? null : stemOf(target);
  const own = stem === null ? undefined : tests.find((path) => stemOf(path) === stem);
  if (own !== undefined) return [say(from, "standards.tests_of", { file: target!, test: own })];
  const example = tests.find((path) => /\.\w+$/.test(path)) ?? tests[0]!;
  return [say(from, "standards.tests", { test: example })];
}

/**
 * Says how the files beside the target are named, where they agree.
 *
 * @param target file that is to be changed; null where none is known
 * @returns at most one sentence
 */
export function nameFacts(files: readonly string[], target: string | null, from: Wording): string[] {
  const folder = target === null ? "" : target.slice(0, target.lastIndexOf("/") + 1);
  const names = files.filter((path) => path.startsWith(folder) && !path.slice(folder.length).includes("/"))
    .map(stemOf).filter((name) => /[a-z][-_A-Z]|[A-Z]/.test(name));
  const forms = names.map(formOf).filter((form) => form !== null);
  const first = forms[0];
  if (first === undefined || forms.length < ENOUGH || forms.some((form) => form !== first)) return [];
  return [say(from, "standards.names", { form: first })];
}

/**
 * Says how neighbouring files quote and indent, where they agree.
 *
 * @param text texts of some files beside the target
 */
export function spacingFacts(text: string, from: Wording): string[] {
  const facts: string[] = [];
  const double = (text.match(/"[^"'\n]*"/g) ?? []).length;
  const single = (text.match(/'[^"'\n]*'/g) ?? []).length;
  if (double + single >= 6 && Math.min(double, single) * 8 < Math.max(double, single)) {
    facts.push(say(from, double > single ? "standards.double_quotes" : "standards.single_quotes"));
  }
  const tabs = (text.match(/^\t+\S/gm) ?? []).length;
  const spaces = (text.match(/^ {2,}\S/gm) ?? []).length;
  if (tabs >= ENOUGH && spaces === 0) facts.push(say(from, "standards.tabs"));
  return facts;
}

function formOf(name: string): "snake_case" | "kebab-case" | "PascalCase" | "camelCase" | null {
  if (/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(name)) return "snake_case";
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(name)) return "kebab-case";
  if (/^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)*$/.test(name)) return "PascalCase";
  return /^[a-z0-9]+(?:[A-Z][a-z0-9]*)+$/.test(name) ? "camelCase" : null;
}
