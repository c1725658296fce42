import { ARBITER, INTERPRETER, type Registry, type Straight } from "../registry.ts";
import { isFurtherSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";
import { modelOf, sizeOf } from "../threads/model_size.ts";

/**
 * Whether a crew goes straight to work where the rules know the next step: one model plays all its roles, and is so small that what it
 * would say of plan, order and review costs more than it is worth. What a model is small for, the strategies say.
 */
export function goesStraight(state: State, registry: Registry): boolean {
  return straightOf(state, registry) !== null;
}

/** How a crew goes straight to work; null where it does not. */
export function straightOf(state: State, registry: Registry): Straight | null {
  const roles = Object.keys(registry.roles).filter((role) => role !== INTERPRETER && !isFurtherSeat(role));
  const models = new Set(roles.map((role) => modelOf(state, registry, role)));
  const billions = sizeOf(state, registry, ARBITER);
  if (models.size !== 1 || billions === null) return null;
  return registry.strategies.find(({ straight }) => straight !== undefined && billions <= straight.upTo)?.straight ??
    null;
}
