import { ASKING_PROGRAMS, type AskingProgram } from "./words_that_ask.ts";

/** Whether a word is neither an option nor an assignment nor a number, such as a number of seconds. */
export function isBare(word: string): boolean {
  return !/^-|^\w+=|^\d+(?:\.\d+)?[smhd]?$/.test(word);
}

/**
 * Says where in a command others begin: at its first word, and where a program starts another, such as `timeout` or `uv run`.
 *
 * @param words its bare words
 * @returns their places, in order
 */
export function commandsIn(words: readonly string[]): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; at < words.length;) {
    starts.push(at);
    const after = Math.max(0, ...programsAt(words, at).map(({ commandAfter = 0 }) => commandAfter));
    if (after === 0) break;
    at += after;
  }
  return starts;
}

/** What is known of the program that a word names. */
export function programsAt(words: readonly string[], at: number): readonly AskingProgram[] {
  const [word = "", next = ""] = words.slice(at, at + 2);
  return namesOf(word, next).flatMap((one) => Object.hasOwn(ASKING_PROGRAMS, one) ? [ASKING_PROGRAMS[one]!] : []);
}

/**
 * The names of the program that a word names, with or without a path: `/usr/bin/python3.12` is `python`.
 *
 * @param next the word behind it, with which it may be a program of its own, such as `uv run`
 */
export function namesOf(word: string, next = ""): readonly string[] {
  const name = word.slice(word.lastIndexOf("/") + 1).toLowerCase().replace(/\.(?:exe|cmd|bat)$/, "");
  const bareName = name.replace(/(?<![\d.-])-?[\d.]+$/, "");
  return [...new Set([name, bareName, `${bareName} ${next}`])];
}
