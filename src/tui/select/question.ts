import type { Question } from "../../features/people/slice.ts";
import { type Line, span } from "../line.ts";
import { neutralise, wrap } from "../text.ts";

const KEYS: Readonly<Record<Question["kind"], Line>> = {
  trust: [span("a", "accent"), span(" approve   "), span("d", "accent"), span(" deny")],
  call: [span("a", "accent"), span(" approve   "), span("d", "accent"), span(" deny")],
  input: [span("i", "accent"), span(" type the answer   "), span("d", "accent"), span(" leave it unanswered")],
};

/**
 * Lays out a question to the person: what is asked, why, and the keys that answer. The keys come last and are never cut off.
 *
 * @param question the question
 * @param width cells of a row
 */
export function questionLines(question: Question, width: number): Line[] {
  return [
    ...wrap(neutralise(question.text).trim(), width).map((row): Line => [span(row, "strong")]),
    ...(question.context.trim() === ""
      ? []
      : wrap(neutralise(question.context).trim(), width).map((row): Line => [span(row, "dim")])),
    KEYS[question.kind],
  ];
}
