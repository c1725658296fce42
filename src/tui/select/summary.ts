import { progress } from "../../features/tasks/progress.ts";
import { elapsed } from "../../features/run/elapsed.ts";
import { counted } from "../../kernel/text.ts";
import type { State } from "../../features/state.ts";
import type { StartForm } from "../store.ts";
import { HELP, type HelpEntry } from "../keys.ts";
import { type Line, lineCells, type Span, span } from "../line.ts";
import { cells, cut, neutralise, oneLine, wrap } from "../text.ts";
import { checksSentence } from "./body.ts";
import { taskLines } from "./panels.ts";
import { amount, duration, ENDING_WORDS } from "./words.ts";

function paragraph(name: string, text: string, width: number, style: Span["style"] = "plain"): Line[] {
  const indent = Math.min(12, Math.floor(width / 3));
  return wrap(neutralise(text).trim(), width - indent).map((row, index): Line => [
    span((index === 0 ? name : "").padEnd(indent), "dim"),
    span(row, style),
  ]);
}

/** What the run did to a file. */
function changeOf(file: { readonly original: string | null; readonly current: string | null }): string {
  if (file.original === null) return "new";
  return file.current === null ? "deleted" : "changed";
}

/**
 * Lays out how a run ended: kind, cause, tasks, checks, folder and files, spending, how to take it back and how to go on.
 *
 * @param state a run that is over
 * @param width cells of a row
 */
export function summaryLines(state: State, width: number): Line[] {
  if (state.run.ending === null || state.run.info === null) return [];
  const words = ENDING_WORDS[state.run.ending.kind];
  const lines: Line[] = [[span(words.title, words.style === "plain" ? "strong" : words.style)], [
    span(words.sentence, "plain"),
  ], []];
  lines.push(...paragraph("cause", state.run.ending.cause, width), ...paragraph("goal", state.run.info.goal, width));
  lines.push(...paragraph("project", state.run.info.project, width));
  if (state.checks.latest !== null) lines.push(...paragraph("checks", checksSentence(state.checks.latest), width));
  lines.push(...paragraph(
    "spent",
    `${amount(state.spending.run.tokens)} tokens, ${counted(state.spending.run.turns, "turn")}, ${
      duration(elapsed(state, state.at))
    }`,
    width,
  ));
  const { done, wanted, unchanged, dropped } = progress(state);
  const rest = `${unchanged === 0 ? "" : `, ${unchanged} with nothing to change`}${
    dropped === 0 ? "" : `, ${dropped} dropped`
  }`;
  lines.push([], [span(`Tasks, ${done} of ${wanted} done${rest}`, "strong")]);
  if (state.tasks.list.length > 0) lines.push(...taskLines(state, width, Infinity));
  const files = Object.entries(state.files.byPath).filter(([, file]) => file.original !== file.current);
  lines.push([], [span(files.length === 0 ? "No file is changed" : `Files, ${files.length}`, "strong")]);
  for (const [path, file] of files) lines.push([span(changeOf(file).padEnd(10), "dim"), span(oneLine(path))]);
  if (files.length > 0) {
    lines.push([], [
      span("autonomy undo ", "accent"),
      span(state.run.info.id, "accent"),
      span(" puts every file back."),
    ]);
  }
  if (state.run.ending.kind !== "accepted") {
    const needs = state.run.ending.kind === "budget" ? " with a higher limit" : "";
    const text = `autonomy run --resume ${state.run.info.id} goes on${needs}. Quitting prints the whole command.`;
    lines.push([], ...paragraph("go on", text, width));
  }
  lines.push([], [
    span("q", "strong"),
    span(" quits   "),
    span("Esc", "strong"),
    span(" looks at the threads   "),
    span("s", "strong"),
    span(" comes back here"),
  ]);
  return lines;
}

function helpColumn(groups: typeof HELP, width: number): Line[] {
  const most = Math.max(...groups.flatMap((group) => group.entries.map((entry: HelpEntry) => cells(entry.keys))));
  return groups.flatMap((group, index): Line[] => [
    ...(index === 0 ? [] : [[]]),
    [span(group.title, "strong")],
    ...group.entries.flatMap((entry): Line[] =>
      wrap(entry.does, Math.max(8, width - most - 2)).map((row, at): Line => [
        span((at === 0 ? entry.keys : "").padEnd(most + 2), "accent"),
        span(row),
      ])
    ),
  ]);
}

/**
 * Lays out the help: every key.
 *
 * @param width cells of a row
 */
export function helpLines(width: number): Line[] {
  if (width < 88) return helpColumn(HELP, width);
  const half = Math.floor(width / 2) - 2;
  const [left, right] = [helpColumn(HELP.slice(0, 3), half), helpColumn(HELP.slice(3), half)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index): Line => {
    const first = left[index] ?? [];
    return [...first, span(" ".repeat(Math.max(1, half + 4 - lineCells(first)))), ...(right[index] ?? [])];
  });
}

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
