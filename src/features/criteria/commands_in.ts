import { shellLine, wordsOf } from "../words_of.ts";
import type { CommandProof } from "./facts.ts";

/** Commands of one criterion. */
const MOST = 4;
/** A command as code, words that say that it prints something, and that as code or in quotes. */
const PROOF =
  /`([^`\n]{3,200})`[^`"'\n.]{0,30}?\b(?:prints?|outputs?|shows?|says?|writes?|answers?|gives?)\b[^`"'\n.]{0,30}(?:`([^`\n]{1,200})`|"([^"\n]{1,200})"|'([^'\n]{1,200})')/g;
/** What a shell would read otherwise than as a word, and what stands in the place of one. */
const SHELL = /[|&;<>$\\`]|\.{3}|…/;
/** A text in quotes. */
const QUOTED = /"[^"\n]{0,200}"|'[^'\n]{0,200}'/g;
/** Words of which one stands behind a program that starts something of the project. */
const STARTS = /^(?:-m|run|start|exec)$/;
/** Says that such a command may end with an error. */
const MAY_FAIL = /\b(?:errors?|exits?|exit code|fails?|refuses?|invalid)\b/i;

/**
 * Finds commands of which a text says what they print, such as "`python3 tool.py --version` prints `1.2.0`": whoever can type that needs no
 * test. A call is none, nor a name that nobody could start.
 */
export function commandsIn(text: string): readonly CommandProof[] {
  const mayFail = MAY_FAIL.test(text.replace(/`[^`\n]{1,200}`/g, ""));
  return [...text.matchAll(PROOF)].flatMap(([, command = "", code, quoted, single]): readonly CommandProof[] =>
    isCommand(command) ? [{ words: wordsOf(command), prints: (code ?? quoted ?? single ?? "").trim(), mayFail }] : []
  ).slice(0, MOST);
}

/** How a command's proof is named among the results of checks. */
export function nameOfProof({ words, prints }: CommandProof): string {
  return `${shellLine(words)} prints ${prints}`;
}

/**
 * Whether what a command gave is what it is to print: all of it, or its first or last line, since others are of what runs it. Any line would let
 * one that prints all it could be pass.
 *
 * @param code its exit code; null where a signal or the end of its time ended it
 */
export function holdsProof({ prints, mayFail }: CommandProof, output: string, code: number | null): boolean {
  if (code !== 0 && !(mayFail && code !== null)) return false;
  const lines = output.trim().split(/\r?\n/);
  return output.trim() === prints || [lines[0], lines.at(-1)].some((line) => line?.trim() === prints);
}

/** Whether a code is a command: words that name a file, or that begin with a program and how it starts something. */
function isCommand(code: string): boolean {
  if (SHELL.test(code.replace(QUOTED, ""))) return false;
  const words = wordsOf(code);
  const [program = "", second = ""] = words;
  if (!/^[\w./-]+$/.test(program)) return false;
  return program.includes("/") || STARTS.test(second) ||
    words.length > 1 && words.slice(1).some((word) => /^[\w./-]+\.[A-Za-z]\w{0,5}$/.test(word));
}
