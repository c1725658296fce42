import type { Registry, Situation, Step, Strategy } from "../registry.ts";
import type { State } from "../state.ts";
import { sizeOf } from "../threads/model_size.ts";
import type { Task } from "../tasks/task.ts";
import type { Turn } from "../turns/slice.ts";
import type { Attempt } from "./slice.ts";

/** The situation of a task that has no attempt open. */
export function situationOf(
  state: State,
  registry: Registry,
  { task, wished, tries, beside = 0 }: {
    readonly task: Task;
    readonly wished: string | null;
    readonly tries: number;
    readonly beside?: number;
  },
): Situation {
  const phase = task.kind === "documentation" ? "documentation" : state.run.phase;
  const role = wished ?? registry.phases.find((kind) => kind.phase === phase)?.role ?? "";
  return { state, registry, task, attempt: null, wished, tries, beside, billions: sizeOf(state, registry, role) };
}

/** The situation of a turn at work. */
export function situationOfTurn(state: State, registry: Registry, turn: Turn): Situation {
  const attempt = attemptOf(state, turn);
  const task = attempt === null ? null : state.tasks.list.find((one) => one.id === attempt.task) ?? null;
  return {
    state,
    registry,
    task,
    attempt,
    wished: null,
    tries: 0,
    beside: 0,
    billions: sizeOf(state, registry, turn.role),
  };
}

/** The attempt that a turn is; null where it is none. */
export function attemptOf(state: State, { attempt }: Pick<Turn, "attempt">): Attempt | null {
  return attempt === null ? null : state.attempts.open[attempt] ?? null;
}

/** The task that a turn works on; null where it works on none. */
export function taskOf(state: State, turn: Pick<Turn, "attempt">): Task | null {
  const attempt = attemptOf(state, turn);
  return attempt === null ? null : state.tasks.list.find((one) => one.id === attempt.task) ?? null;
}

/**
 * The strategy for a situation: the first of the registry that fits.
 *
 * @throws where none does, which is a fault of the registry: the last one must fit always
 */
export function strategyOf(registry: Registry, situation: Situation): Strategy {
  const strategy = registry.strategies.find((one) => one.fits(situation));
  if (strategy === undefined) throw new Error("No strategy of the registry fits: its last one must fit always.");
  return strategy;
}

/** Least temperature after an ask that failed: without chance the same prompt gives the same reply, whatever the seed is. */
const AFTER_FAILURE = 0.5;

/** What is possible at the next ask of a turn. */
export function stepOf(state: State, registry: Registry, turn: Turn): Step {
  const situation = situationOfTurn(state, registry, turn);
  const step = strategyOf(registry, situation).step(situation, turn);
  return turn.failures === 0 ? step : { ...step, temperature: Math.max(AFTER_FAILURE, step.temperature) };
}
