import { visible } from "../kernel/visible.ts";

/**
 * Splits a command into its words as a shell would, without a shell: at blanks, with '…' and "…" inside words, and \ before one character.
 * What rules judge and what runs are these words, so there is no other way to split.
 *
 * @param command words, or one line; a list with one item that holds blanks counts as a line
 * @returns the words
 */
export function wordsOf(command: unknown): string[] {
  const items = Array.isArray(command) ? command.map(String) : [String(command)];
  const [line = ""] = items;
  if (items.length !== 1 || (Array.isArray(command) && !/\s/.test(line))) return items;
  const words = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs) ?? [];
  return words.map((word) =>
    word.replaceAll(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs,
      (_all, double?: string, single?: string, one?: string) =>
        double?.replaceAll(/\\(["\\$`])/g, "$1") ?? single ?? one ?? "",
    )
  );
}

/**
 * Writes a command so that a person sees each of its words: where one ends, and what cannot be seen in it.
 *
 * @param words of the command
 * @returns the words with blanks between them, those in quotes that would be read in another way without
 */
export function quoteWords(words: readonly string[]): string {
  return words.map((word) => /^[\w@%+=:,./~^!-]+$/.test(word) ? word : `"${shownWord(word)}"`).join(" ");
}

/** A word between quotes, on one line. */
function shownWord(word: string): string {
  return visible(word.replaceAll(/["\\]/g, "\\$&")).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
