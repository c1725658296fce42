import { attemptsAt } from "../attempts/attempts_at.ts";
import type { State } from "../state.ts";
import type { Task } from "./task.ts";

/** How far the tasks of a run are. */
export interface Progress {
  readonly done: number;
  /** Tasks that want work: dropped ones are not among them. */
  readonly wanted: number;
  /** Dropped because there was nothing to change. */
  readonly unchanged: number;
  /** Dropped for another reason. */
  readonly dropped: number;
}

/**
 * Tells whether a task was dropped because an attempt at it found nothing to change: that is no failure.
 *
 * @param state the run
 * @param task one of its tasks
 */
export function neededNothing(state: State, task: Task): boolean {
  return task.status === "dropped" && task.kind !== "work" && task.kind !== "test" &&
    attemptsAt(state, task.id).at(-1)?.verdict === "empty";
}

/**
 * Counts tasks for a person.
 *
 * @param state the run
 * @returns how far they are
 */
export function progress(state: State): Progress {
  const dropped = state.tasks.list.filter((task) => task.status === "dropped");
  const unchanged = dropped.filter((task) => neededNothing(state, task)).length;
  return {
    done: state.tasks.list.filter((task) => task.status === "done").length,
    wanted: state.tasks.list.length - dropped.length,
    unchanged,
    dropped: dropped.length - unchanged,
  };
}
