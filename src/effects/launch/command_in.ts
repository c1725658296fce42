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
/** A line that begins or ends a fence, and a span of code. */
const FENCE = /^\s*(?:```|~~~)/;
const SPAN = /`([^`\n]+)`/g;
/** What a comment begins with, and a word or two that say that a command comes. */
const LEADER =
  /^\s*(?:(?:#+|\/{2,3}!?|\/?\*+|--|;+|"""|''')\s*)?(?:(?:try it|try|usage|run|example|for example):\s*)?/i;
/** What a shell shows in front of a command. */
const SHELL_SIGN = /^\s*\$ /;
/** What stands before a command that is not to be run, and a line that speaks of one that is to fail. */
const NOT_TO_RUN = /\b(?:not|never|avoid)\b|n't\b/i;
const TO_FAIL = /\b(?:exits?|exit code|errors?|fails?|failed|failure|rais(?:es|ed)|invalid)\b/i;

/** What a text is: of a goal only code counts, a source is its own description. */
export type TextKind = "goal" | "source" | "document";

/**
 * Finds the command by which a person tries a program, in a text that says so: code that begins with the words that start it, and
 * arguments behind them. Prose is none, and neither is what stands on a line about errors.
 *
 * @param text of a goal, a source or a document
 * @param starts the ways to start it, each as words; the first takes the place of the others
 * @returns words of the first command with arguments that a person could type; null where there is none
 */
export function commandIn(
  text: string,
  starts: readonly (readonly string[])[],
  kind: TextKind,
): readonly string[] | null {
  const [usual] = starts;
  if (usual === undefined) return null;
  for (const code of codeIn(text, kind)) {
    for (const start of starts) {
      if (!code.startsWith(`${start.join(" ")} `)) continue;
      const rest = argumentsIn(code.slice(start.join(" ").length));
      if (rest !== null && rest.length > 0) return [...usual, ...rest];
    }
  }
  return null;
}

/** The pieces of a text that are code and may begin with a command. */
function codeIn(text: string, kind: TextKind): readonly string[] {
  const found: string[] = [];
  let isFenced = false;
  for (const line of text.split("\n", MOST_LINES).map((one) => one.slice(0, MOST_LINE))) {
    if (FENCE.test(line)) isFenced = !isFenced;
    if (TO_FAIL.test(line)) continue;
    const spans = [...line.matchAll(SPAN)].filter(({ index }) => !NOT_TO_RUN.test(line.slice(0, index)));
    found.push(...spans.map(([, code = ""]) => code.replace(SHELL_SIGN, "")));
    const isShell = kind !== "goal" && SHELL_SIGN.test(line);
    if (isFenced || isShell) found.push(line.replace(SHELL_SIGN, "").trimStart());
    if (kind === "source") found.push(line.replace(LEADER, "").replace(SHELL_SIGN, ""));
  }
  return found;
}

/** What stands behind the words that start it, up to the end of a quotation or to a comment; null where that is no list of arguments. */
function argumentsIn(text: string): readonly string[] | null {
  const found: string[] = [];
  for (const { 0: all, 1: written = "", index } of text.matchAll(TOKEN)) {
    // What goes on with a quotation mark is the end of the text around it.
    if (COMMENT.test(written) || /["']/.test(text[index + all.length] ?? "")) break;
    found.push(wordsOf(written.replace(/(?<=["'])[.,;:)]{1,3}$/, ""))[0] ?? "");
  }
  return found.some((word) => SHELL.test(word) || PLACEHOLDER.test(word)) ? null : found;
}
