import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { PrepareEffect } from "./prepare_effect.ts";

/** Sources that are shown where nothing says which one is meant. */
const NEAR = 2;

/**
 * Finds the sources that work is likely about whose file is not there yet, or is not known: what is made of tasks is made of those of
 * `tasks.py`, and functions for the package text belong into `text.go`.
 *
 * @param effect its target, and the words in which it is wished for
 * @param files paths of the project
 * @returns those that the words speak of, by their name or that of their folder, else the only one that there is; none where the target is
 *   there, or where changes are shown
 */
export function sourcesNear(
  effect: Pick<PrepareEffect, "target" | "mentions" | "changes" | "asked">,
  files: readonly string[],
  languages: Languages,
): readonly string[] {
  const { target } = effect;
  if (effect.changes || effect.asked === true || target !== undefined && files.includes(target)) return [];
  const language = target === undefined ? null : languageOf(target, languages);
  if (target !== undefined && language === null) return [];
  const sources = files.filter((path) => {
    const own = languageOf(path, languages);
    return own !== null && (language === null ? own.runners !== undefined : own === language) &&
      !isTestPath(path, languages);
  });
  const words = new Set(effect.mentions.toLowerCase().match(/\w+/g) ?? []);
  const isSaid = (word: string) =>
    words.has(word) || words.has(`${word}s`) || word.endsWith("s") && words.has(word.slice(0, -1));
  const named = sources.filter((path) => namesOf(path).some(isSaid));
  return (named.length > 0 || sources.length > 1 ? named : sources).slice(0, NEAR);
}

/** What a path is called by: its file without the ending, and its folder. */
function namesOf(path: string): readonly string[] {
  const parts = path.toLowerCase().split("/");
  return [parts.at(-1)!.replace(/\..*$/, ""), ...parts.slice(-2, -1)];
}
