import { failing } from "../../features/checks/slice.ts";
import type { State } from "../../features/state.ts";
import type { Languages } from "../../languages/language.ts";
import { languageOf } from "../../languages/languages_of.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { PrepareEffect } from "./prepare_effect.ts";

/** Sources that are shown where nothing says which one is meant. */
export const NEAR = 2;

/** Sources among which work may have its place. */
export interface Near {
  /** Those that the words speak of by name, in order; the only one that there is. */
  readonly named: readonly string[];
  /** Those of a folder that the words speak of, or where they speak of none all that there are: what stands in them tells. */
  readonly among: readonly string[];
  /** Whether the words speak of their folder. */
  readonly isTold: boolean;
}

const NONE: Near = { named: [], among: [], isTold: false };

/** Characters of a wish in which it is looked for. */
const MOST_SAID = 2_000;
/** Asks for something that has a file of its own. */
const MAKES =
  /\b(?:add|build|create|develop|implement|make|start|write)\b[^.\n]{0,20}\b(?:an?|another|new)\s(?:(?!(?:for|in|of|on|that|the|to|which|with)\s)[\w-]{1,30}\s){0,3}(?:app|application|file|game|library|module|package|page|program|script|server|service|tool)\b/i;
/** Names of files and folders that say nothing of what is in them. */
const PLAIN =
  /^(?:src|lib|app|apps|pkg|packages|cmd|internal|source|sources|code|test|tests|index|main|mod|init|dist|build|.{0,2})$/;
/** A path in a text, which speaks of that file and of none that is named as its folder. */
const PATH = /(?<![\w.-])(?:[\w.-]{0,80}(?:\/[\w.-]{1,80}){1,20}|[\w-]{1,80}\.\w{1,6}\b)/g;

/**
 * Finds the sources that work is likely about whose file is not there yet, or is not known: what is made of tasks is made of those of
 * `tasks.py`, and functions for the package text belong into `text.go`. Where checks fail, those say what it is about.
 *
 * @param effect its target, and the words in which it is wished for
 * @param files paths of the project
 * @param named files that it names, or that its checks do
 * @returns none where the target is there, or where changes are shown; those that are named where any are
 */
export function sourcesNear(
  effect: Pick<PrepareEffect, "target" | "mentions" | "changes" | "asked">,
  { checks }: Pick<State, "checks">,
  files: readonly string[],
  named: readonly string[],
  languages: Languages,
): Near {
  const { target } = effect;
  if (effect.changes || effect.asked === true || failing(checks.first).length > 0) return NONE;
  if (target !== undefined && files.includes(target)) return NONE;
  const language = target === undefined ? null : languageOf(target, languages);
  if (target !== undefined && language === null) return NONE;
  const isSource = (path: string) => {
    const own = languageOf(path, languages);
    return own !== null && (language === null ? own.runners !== undefined : own === language) &&
      !isTestPath(path, languages);
  };
  const said = named.filter(isSource);
  if (said.length > 0) return { named: said, among: [], isTold: false };
  const sources = files.filter(isSource);
  const words = new Set(effect.mentions.replace(PATH, " ").toLowerCase().match(/\w+/g) ?? []);
  const isSaid = (word: string) =>
    !PLAIN.test(word) &&
    (words.has(word) || words.has(`${word}s`) || word.endsWith("s") && words.has(word.slice(0, -1)));
  const byFile = sources.filter((path) => isSaid(stemOf(path)));
  const byFolder = sources.filter((path) =>
    !byFile.includes(path) && isSaid(path.toLowerCase().split("/").at(-2) ?? "")
  );
  const isTold = byFile.length > 0 || byFolder.length > 0;
  if (!isTold && sources.length === 1) return { named: sources, among: [], isTold: false };
  // What is made anew goes into nothing that is there.
  const among = isTold ? byFolder : MAKES.test(effect.mentions.slice(0, MOST_SAID)) ? [] : sources;
  return { named: byFile, among, isTold };
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).split(".")[0]!.toLowerCase();
}
