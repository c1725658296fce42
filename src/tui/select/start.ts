import { type Line, span } from "../line.ts";
import type { StartForm } from "../store.ts";
import { cells, cut, oneLine } from "../text.ts";
import { paragraph } from "./paragraph.ts";

/**
 * Lays out what is known before a run.
 *
 * @param form project, crew, checks
 * @param width cells of a row
 */
export function startLines(form: StartForm, width: number): Line[] {
  const lines: Line[] = [...paragraph("project", form.project, width, "strong"), []];
  const roleWidth = Math.max(12, ...form.rows.map((row) => cells(oneLine(row.role)) + 2));
  const modelWidth = Math.max(8, ...form.rows.map((row) => cells(oneLine(`${row.model}@${row.host}`)) + 2));
  for (const row of form.rows) {
    const model = oneLine(row.host === "" ? row.model : `${row.model}@${row.host}`);
    const note = oneLine(row.note);
    const room = width - roleWidth - modelWidth;
    const beside = room >= Math.min(16, cells(note));
    lines.push([
      span(oneLine(row.role).padEnd(roleWidth), "strong"),
      span(cut(model, width - roleWidth).padEnd(modelWidth)),
      ...(beside ? [span(note, "dim")] : []),
    ]);
    if (!beside && note !== "") lines.push([span(" ".repeat(roleWidth)), span(note, "dim")]);
  }
  lines.push([]);
  lines.push(
    ...paragraph(
      "checks",
      form.checks.length === 0 ? "none found: the run can end partly done, never accepted" : form.checks.join("\n"),
      width,
    ),
  );
  for (const note of form.notes) lines.push(...paragraph("", note, width, "dim"));
  return lines;
}
