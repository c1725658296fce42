import { VAGUE } from "./understudy_verdict.ts";

/** Something that an understudy knows how to repair: a faulty statement, wherever it stands in a shown file. */
export interface Repair {
  /** Finds the faulty statement within one line. */
  readonly faulty: RegExp;
  /** What takes its place. */
  readonly right: string;
  /** What comes to mind before that, one idea after the other: plausible, and refuted by the checks. */
  readonly plausible?: readonly string[];
  /** Why the statement is wrong. */
  readonly because: string;
  /** A first attempt looks for the file in a wrong place, or leaves out lines of the file's text. */
  readonly habit?: "wrong_path" | "elides";
  /** What a first attempt asks before it writes. */
  readonly asks?: Asks;
}

/** A question to another specialist. */
export interface Asks {
  readonly role: string;
  /** How it is asked first, so that nobody can answer it. */
  readonly vaguely?: string;
  readonly question: string;
}

/** A statement that is right for the tests, and in which a review finds a fault that no test shows. */
export const SPREAD = /return Math\.max\(title\.length, \.\.\.lengths\);/;

/** The faults of the sample project, as statements. */
const REPAIRS: readonly Repair[] = [
  {
    faulty: /const (\w+) = (\w+)\.trim\(\)\.replace\(\/\[\^a-z0-9\]\/g, separator\);/,
    right: "const $1 = ($2.match(/[a-z0-9]+/g) ?? []).join(separator);",
    because: "every character that is no letter becomes a separator of its own, also at both ends",
    habit: "wrong_path",
    asks: { role: "reasoning", question: "Which words does slugify cut?" },
  },
  {
    faulty: /const count = Math\.floor\(milliseconds \/ size\);/,
    right: "const count = Math.floor(rest / size);",
    plausible: ["const count = Math.round(rest / size);"],
    because: "each unit is counted from the whole duration and not from what the larger units left",
  },
  {
    faulty: /return Math\.max\(\.\.\.lengths, 0\);/,
    right: "return Math.max(title.length, ...lengths);",
    plausible: ["return Math.max(title.length, lengths[0] ?? 0);", "return title.length + Math.max(...lengths, 0);"],
    because: "the width of a column leaves out its title",
    habit: "elides",
    asks: {
      role: "analysis",
      vaguely: VAGUE,
      question: "Where does renderTable use the widths besides the cells of the rows?",
    },
  },
  {
    faulty: SPREAD,
    right: "return lengths.reduce((most, length) => Math.max(most, length), title.length);",
    because: "a table of very many rows gives one call more arguments than there may be",
  },
];

/**
 * Finds what an understudy can repair in a text.
 * @param text lines of a file
 * @returns the repair, null where none is known
 */
export function repairFor(text: string): Repair | null {
  return REPAIRS.find(({ faulty }) => faulty.test(text)) ?? null;
}

/**
 * Writes the repaired text.
 * @param text lines that hold the faulty statement
 * @param repair what is known of it
 * @param idea which of its ideas an understudy writes, from 0: the plausible ones first; absent: the right one
 * @returns the same lines with the statement replaced
 */
export function repaired(text: string, repair: Repair, idea?: number): string {
  const plausible = idea === undefined ? undefined : repair.plausible?.[idea];
  return text.replace(repair.faulty, plausible ?? repair.right);
}

/**
 * Finds the line of the faulty statement.
 * @param text lines of a file
 * @param repair what is known of the fault
 * @returns its index from 0 and the line with its indentation
 */
export function faultyLine(text: string, repair: Repair): { readonly index: number; readonly line: string } {
  const lines = text.split("\n");
  const index = lines.findIndex((line) => repair.faulty.test(line));
  return { index, line: lines[index] ?? "" };
}
