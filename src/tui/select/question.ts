import type { Question } from "../../features/people/slice.ts";
import type { Text } from "../../kernel/text.ts";
import { inWords } from "../keymap.ts";
import type { Keymap } from "../keys.ts";
import { type Line, span, type Style } from "../line.ts";
import { PANE_KEYS } from "../pane_keys.ts";
import { cells, cut, neutralise, wrap } from "../text.ts";

/** A tab, and what stands before the rest of a line that is longer than a row. */
const TAB = "→ ";
const GOES_ON = "↪ ";

/** Laid out questions: what a call shows may be long, and the screen is painted many times. */
const known = new WeakMap<Question, { readonly width: number; readonly lines: readonly Line[] }>();

/**
 * Lays out a question to the person: what is asked, why, and all that would be written or run.
 *
 * @param question the question
 * @param width cells of a row
 * @param whole reads the whole of a text that a fact names
 */
export function questionLines(question: Question, width: number, whole: (text: Text) => string): readonly Line[] {
  const before = known.get(question);
  if (before?.width === width) return before.lines;
  const rows = (text: string, style: Style): Line[] =>
    text.trim() === "" ? [] : wrap(neutralise(text).trim(), width).map((row): Line => [span(row, style)]);
  const lines = [
    ...rows(question.text, "strong"),
    ...rows(question.context, "dim"),
    ...(question.shows === undefined ? [] : shownLines(whole(question.shows), width)),
  ];
  known.set(question, { width, lines });
  return lines;
}

/**
 * The keys that answer a question, as they are bound.
 *
 * @param question the question
 * @param keymap what is bound anew
 */
export function questionKeys({ kind, proposes }: Question, keymap: Keymap): Line {
  const { judge, write } = PANE_KEYS;
  const keys = kind === "input" && proposes !== undefined
    ? [[inWords(keymap, judge, "a"), "agree"], [inWords(keymap, write, "i"), "edit"], [
      inWords(keymap, judge, "d"),
      "leave it",
    ]] as const
    : kind === "input"
    ? [[inWords(keymap, write, "i"), "type the answer"], [inWords(keymap, judge, "d"), "leave it unanswered"]] as const
    : [[inWords(keymap, judge, "a"), "approve"], [inWords(keymap, judge, "d"), "deny"]] as const;
  return keys.filter(([key]) => key !== null).flatMap(([key, does], index) => [
    span(`${index === 0 ? "" : "   "}${key}`, "key"),
    span(` ${does}`),
  ]);
}

/**
 * What would be written or run, each character of it: lines that come and go in a difference are told by their signs, the rest of a long line
 * by a sign of its own, and a tab is no run of blanks.
 */
function shownLines(text: string, width: number): Line[] {
  return text.replace(/(?<!\n)\n+$/, "").split("\n").flatMap((line) => {
    const style = styleOf(line);
    const rows: Line[] = [];
    for (let rest = neutralise(line.replaceAll("\t", TAB)); rest !== "" || rows.length === 0;) {
      const lead = rows.length === 0 ? "" : GOES_ON;
      const row = cut(rest, Math.max(2, width - cells(lead)), "");
      rest = rest.slice(row.length);
      rows.push([span(lead, "dim"), span(row, style)]);
    }
    return rows;
  });
}

function styleOf(line: string): Style {
  if (/^(?:\+\+\+|---|@@) /.test(line)) return "heading";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "plain";
}
