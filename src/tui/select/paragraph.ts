import { type Line, type Span, span } from "../line.ts";
import { neutralise, wrap } from "../text.ts";

/**
 * Lays out a text behind its name.
 *
 * @param name stands in the first row only
 * @param text any text
 * @param width cells of a row
 * @param style style of the text
 */
export function paragraph(name: string, text: string, width: number, style: Span["style"] = "plain"): Line[] {
  const indent = Math.min(12, Math.floor(width / 3));
  return wrap(neutralise(text).trim(), width - indent).map((row, index): Line => [
    span((index === 0 ? name : "").padEnd(indent), "dim"),
    span(row, style),
  ]);
}
