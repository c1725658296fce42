import { attemptOf, taskOf } from "../features/attempts/strategy_of.ts";
import type { Turn } from "../features/turns/slice.ts";
import { openTasks } from "../features/tasks/task.ts";
import { failing } from "../features/checks/slice.ts";
import type { State } from "../features/state.ts";

/** Lines from which a file counts as long. */
export const LONG_FILE = 300;

/**
 * Says how involved a turn is. It grows with what went wrong and with what has to be held in mind, and is the same for all asks of
 * the turn, because what follows from it stands in the turn's head:
 *
 * `1 + earlier attempts (≤ 3) + ⌊(results that must pass − 1) / 2⌋ (≤ 2) + files shown beyond two (≤ 2)
 *  + 1 where no single file is the task's own + 1 where a shown file is long or shown in part`, at most 10.
 *
 * @param turn the turn
 * @returns 1 to 10
 */
export function complexityOf(state: State, turn: Turn): number {
  const attempt = attemptOf(state, turn);
  const task = taskOf(state, turn);
  const past = task === null ? 0 : (attempt?.number ?? 1) - 1;
  const wanted = task === null ? failing(state.checks.first).length : task.checks.length;
  const texts = turn.prepared?.texts ?? [];
  const shown = new Set(texts.map((file) => file.path)).size;
  const long = texts.some((file) => file.lines > LONG_FILE);
  return Math.min(
    10,
    1 + Math.min(3, past) + Math.min(2, Math.max(0, Math.floor((wanted - 1) / 2))) +
      Math.min(2, Math.max(0, shown - 2)) +
      (turn.purpose === "work" && (task === null || task.target === null) ? 1 : 0) + (long ? 1 : 0),
  );
}

/**
 * Says how involved a decision of the arbiter is:
 *
 * `1 + open tasks beyond three (≤ 3) + failures in sight (≤ 3) + decisions that changed nothing (≤ 3)`, at most 10.
 *
 * @returns 1 to 10
 */
export function decisionComplexity(state: State): number {
  return Math.min(
    10,
    1 + Math.min(3, Math.max(0, openTasks(state).length - 3)) + Math.min(3, state.failures.length) +
      Math.min(3, state.decisions.stale),
  );
}
