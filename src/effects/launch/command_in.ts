import { wordsOf } from "../../features/words_of.ts";

/** Characters of a line that is looked at. */
const MOST_LINE = 400;
/** Lines of a text that are looked at. */
const MOST_LINES = 400;
/** A blank and an argument behind it, one right after the other. */
const TOKEN = /[ \t]((?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"'`])+)/gy;
/** What begins a comment, or says what comes of it. */
const COMMENT = /^(?:#.*|\/\/.*|->|→|=>|\*\/)$/;
/** What a shell would read otherwise than as an argument, outside of quotes. */
const SHELL = /^(?:[|&;<>]+|\d?>.*|<<.*|\|\|)$/;
/** What stands in the place of an argument. */
const PLACEHOLDER = /^(?:<.*>|\[.*\]|\{.*\}|\$.*|\.{3}|…|[A-Z][A-Z_]{2,}(?:\.{3}|…)?)$/;

/**
 * Finds the command by which a person tries a program, in a text that says so: a line with the words that start it, and arguments behind
 * them.
 *
 * @param text of a goal, a source or a document
 * @param starts the ways to start it, each as words; the first takes the place of the others
 * @returns words of the first command with arguments that a person could type; null where there is none
 */
export function commandIn(text: string, starts: readonly (readonly string[])[]): readonly string[] | null {
  const [usual] = starts;
  if (usual === undefined) return null;
  for (const line of text.split("\n", MOST_LINES)) {
    const said = line.slice(0, MOST_LINE);
    for (const start of starts) {
      const at = said.indexOf(`${start.join(" ")} `);
      if (at < 0 || /[\w./-]/.test(said[at - 1] ?? "")) continue;
      const rest = argumentsIn(said.slice(at + start.join(" ").length));
      if (rest !== null && rest.length > 0) return [...usual, ...rest];
    }
  }
  return null;
}

/** What stands behind the words that start it, up to the end of a quotation or to a comment; null where that is no list of arguments. */
function argumentsIn(text: string): readonly string[] | null {
  const found: string[] = [];
  for (const { 0: all, 1: written = "", index } of text.matchAll(TOKEN)) {
    // What goes on with a quotation mark is the end of the text around it.
    if (COMMENT.test(written) || /["']/.test(text[index + all.length] ?? "")) break;
    found.push(wordsOf([written.replace(/(?<=["'])[.,;:)]{1,3}$/, "")])[0] ?? "");
  }
  return found.some((word) => SHELL.test(word) || PLACEHOLDER.test(word)) ? null : found;
}
