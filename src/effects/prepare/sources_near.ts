import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { PrepareEffect } from "./prepare_effect.ts";

/** Sources that are shown with a file that is not there yet. */
const NEAR = 2;

/**
 * Finds the sources by which a new file is written: what is made of tasks is made of those of `tasks.py`.
 *
 * @param effect its target, and the words in which it is wished for
 * @param files paths of the project
 * @returns those that the words speak of by name, else the only one that there is in its language; none where the target is there
 */
export function sourcesNear(
  effect: Pick<PrepareEffect, "target" | "mentions">,
  files: readonly string[],
  languages: Languages,
): readonly string[] {
  const { target } = effect;
  if (target === undefined || files.includes(target)) return [];
  const language = languageOf(target, languages);
  const sources = language === null
    ? []
    : files.filter((path) => languageOf(path, languages) === language && !isTestPath(path, languages));
  const words = new Set(effect.mentions.toLowerCase().match(/\w+/g) ?? []);
  const stem = (path: string) => path.slice(path.lastIndexOf("/") + 1).replace(/\..*$/, "").toLowerCase();
  const named = sources.filter((path) => words.has(stem(path)));
  return (named.length > 0 || sources.length > 1 ? named : sources).slice(0, NEAR);
}
