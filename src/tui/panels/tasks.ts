import { attemptsAt } from "../../features/attempts/attempts_at.ts";
import type { Task } from "../../features/tasks/task.ts";
import { neededNothing, progress } from "../../features/tasks/progress.ts";
import type { State } from "../../features/state.ts";
import { type Line, lineCells, type Span, span, spread } from "../line.ts";
import type { Panel } from "../panel.ts";
import { taskShown } from "../select/words.ts";
import { oneLine, wrap } from "../text.ts";

/** In narrower rows a task's sign alone says its status, and its name stands beside that. */
const WORDS_FROM = 44;

/** Cells of a task's sign and status. */
const STATUS_CELLS = 14;

/** The tasks of the run. With the focus each is shown whole, else as far as there is room. */
export const tasks: Panel = {
  id: "tasks",
  key: "t",
  room: { share: 0.55, least: 4 },
  title(state) {
    const { done, wanted } = progress(state);
    return state.tasks.list.length === 0 ? "tasks" : `tasks ${done}/${wanted}`;
  },
  lines: ({ state, ui }, { width, height }) => taskLines(state, width, ui.focus === "tasks" ? Infinity : height),
  brief({ state }) {
    const { done, wanted } = progress(state);
    return [span("tasks ", "dim"), span(`${done}/${wanted}`)];
  },
};

/**
 * Lays out the tasks: status, attempts, description.
 *
 * @param state the run
 * @param width cells of a row
 * @param height rows to be used: each task has one, the earlier ones take what is left; infinite for all of every task
 */
export function taskLines(state: State, width: number, height: number): Line[] {
  const { list } = state.tasks;
  if (list.length === 0) return [[span(state.run.info === null ? "" : "No tasks yet.", "dim")]];
  let left = Math.max(0, height - list.length);
  return list.flatMap((task) => {
    const rows = taskRows(state, task, width, 1 + left);
    left -= rows.length - 1;
    return rows;
  });
}

/** A task's first row with what stands at its right, and the rows that its text takes below; at most so many, the last is cut. */
function taskRows(state: State, task: Task, width: number, most: number): Line[] {
  const shown = taskShown(state, task);
  const open = Object.values(state.attempts.open).filter((attempt) => attempt.task === task.id).length;
  const attempts = attemptsAt(state, task.id).length + open;
  const right: Span[] = attempts === 0
    ? []
    : [span(`try ${attempts}`, attempts > 1 && task.status !== "done" ? "warned" : "dim")];
  const isOut = task.status === "parked" || task.status === "dropped" && !neededNothing(state, task);
  const why = isOut && task.reason !== "" ? ` (${task.reason})` : "";
  const text = oneLine(`${task.kind === "issue" ? "issue: " : ""}${task.description}${why}`);
  const style: Span["style"] = task.status === "done" || task.status === "dropped" ? "dim" : "plain";
  const status = width < WORDS_FROM
    ? span(`${shown.sign} ${oneLine(task.id)} `, shown.style)
    : span(`${shown.sign} ${shown.word.padEnd(STATUS_CELLS - 2)}`, shown.style);
  const beside = width - lineCells([status]) - (right.length === 0 ? 0 : lineCells(right) + 1);
  const first = most === 1 ? text : wrap(text, beside)[0] ?? "";
  const indent = width >= 56 ? STATUS_CELLS : 2;
  const rest = text.slice(first.length).trimStart();
  const below = rest === "" ? [] : wrap(rest, width - indent);
  const kept = below.length < most ? below : [...below.slice(0, most - 2), below.slice(most - 2).join(" ")];
  return [
    spread([status, span(first, style)], right, width),
    ...kept.map((row): Line => [span(" ".repeat(indent)), span(row, style)]),
  ];
}
