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

/**
 * Writes a command as a shell reads it, on one line: what stands in its words is never carried out by the shell.
 *
 * @param words of the command
 */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

/** A word as a shell reads it. */
function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (visible(word) === word && !/[\n\t]/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(word, escaped).join("")}'`;
}

/** A character between `$'` and `'`. */
function escaped(char: string): string {
  if (char === "\n") return "\\n";
  if (char === "\t") return "\\t";
  if (char === "'" || char === "\\") return `\\${char}`;
  return visible(char) === char ? char : `\\U${char.codePointAt(0)!.toString(16).padStart(8, "0")}`;
}

/** A word between quotes, on one line. */
function shownWord(word: string): string {
  return visible(word.replaceAll(/["\\]/g, "\\$&")).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
