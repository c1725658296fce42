import { type Line, span } from "../line.ts";
import type { ReplyEvidence } from "../store.ts";
import { neutralise, oneLine, wrap } from "../text.ts";
import { timeOfDay } from "./words.ts";

/**
 * Lays out the raw view: a reply as it came, how it was read, what was tried and what helped.
 *
 * @param evidence the reply; null where the thread has none yet
 * @param role whose thread
 * @param at number of the reply from 0
 * @param count replies of the thread
 * @param width cells of a row
 * @returns rows of the whole view
 */
export function rawLines(
  evidence: ReplyEvidence | null,
  role: string,
  at: number,
  count: number,
  width: number,
): readonly Line[] {
  if (evidence === null) return [[span(`${role} has not replied yet.`, "dim")]];
  const head = `${at + 1} of ${count} · ${timeOfDay(evidence.at)} · ${evidence.purpose} · ${evidence.key}`;
  const rows = (text: string, most: number) => wrap(neutralise(text).replace(/\n+$/, ""), most);
  return [
    ...rows(oneLine(head), width).map((row): Line => [span(row, "strong")]),
    ...rows(oneLine(evidence.where), width).map((row): Line => [span(row, "dim")]),
    ...evidence.parts.flatMap(({ title, text, bad }): Line[] => [
      [],
      [span(bad ? `! ${oneLine(title)}` : oneLine(title), bad ? "bad" : "accent")],
      ...rows(text, Math.max(2, width - 2)).map((row): Line => [span("  "), span(row)]),
    ]),
  ];
}
