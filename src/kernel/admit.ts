import { overBudget, setAside } from "./budget.ts";
import { type Due, effects, facts } from "./owed.ts";
import type { AnyEffect } from "./effects.ts";
import type { AnyFact } from "./fact.ts";
import type { KernelRegistry } from "./registry.ts";
import type { KernelState } from "./state.ts";

/**
 * Opens what budgets allow; each effect sees what the ones before it set aside. What an effect that finds no room means for the run, its
 * kind says. What needs something for itself alone that is taken waits: it is wanted again once that is free.
 */
export function admit<S extends KernelState, R, F extends AnyFact, E extends AnyEffect>(
  state: S,
  registry: R & KernelRegistry<S, R, F, E>,
  wanted: readonly E[],
): Due<F, E> {
  let ahead = state;
  const admitted: E[] = [];
  for (const effect of wanted) {
    const kind = registry.effects[effect.kind];
    if (kind?.exclusive !== undefined && isTaken(state, registry, kind.exclusive, admitted)) continue;
    const cost = kind?.cost?.(effect as never) ?? null;
    const over = cost === null ? null : overBudget(ahead, cost);
    if (cost === null || over === null) {
      admitted.push(effect);
      if (cost !== null) ahead = setAside(ahead, cost);
      continue;
    }
    // What is open may give back a part of what it reserved; only without it is the budget really spent.
    const alone = admitted.length === 0 && isEmpty(state.effects.open);
    const due = kind?.denied?.(state, registry, effect as never, over, alone) ?? [];
    if (due.length > 0) return facts(...due);
  }
  return effects(...admitted);
}

function isTaken<S extends KernelState, R, F extends AnyFact, E extends AnyEffect>(
  { effects: { open } }: S,
  { effects: kinds }: KernelRegistry<S, R, F, E>,
  exclusive: string,
  admitted: readonly E[],
): boolean {
  const all = [...Object.values(open).map(({ effect }) => effect), ...admitted];
  return all.some(({ kind }) => kinds[kind]?.exclusive === exclusive);
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return false;
  return true;
}
