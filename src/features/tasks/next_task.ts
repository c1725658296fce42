import type { PhaseKind, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Task } from "./task.ts";

/** The kind of the present phase, or of another one; null where the registry knows none of its name. */
export function phaseOf(state: State, registry: Registry, phase: string = state.run.phase): PhaseKind | null {
  return registry.phases.find((one) => one.phase === phase) ?? null;
}

/** The next task that the present phase would work on, or null. */
export function nextTask(state: State, registry: Registry): Task | null {
  return phaseOf(state, registry)?.nextTask?.(state, registry) ?? null;
}

/** Whether any phase that a run cannot end without has something to do. */
export function hasAnyWork(state: State, registry: Registry): boolean {
  return registry.phases.some((kind) => kind.rank(state) !== null && kind.hasWork(state, registry));
}

/** The phases with work that a run cannot end without, the one that comes first by the rules at the front. */
export function phasesByRule(state: State, registry: Registry): readonly PhaseKind[] {
  return registry.phases
    .flatMap((kind) => {
      const rank = kind.rank(state);
      return rank !== null && kind.hasWork(state, registry) ? [{ kind, rank }] : [];
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ kind }) => kind);
}
