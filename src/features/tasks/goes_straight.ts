import { ARBITER, INTERPRETER, type Registry } from "../registry.ts";
import { isFurtherSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";
import { modelOf, sizeOf } from "../threads/model_size.ts";

/**
 * Whether a crew goes straight to work where the rules know the next step: one model plays all its roles, and is so small that what it
 * would say of plan, order and review costs more than it is worth. What a model is small for, the strategies say.
 */
export function goesStraight(state: State, registry: Registry): boolean {
  const roles = Object.keys(registry.roles).filter((role) => role !== INTERPRETER && !isFurtherSeat(role));
  const models = new Set(roles.map((role) => modelOf(state, registry, role)));
  const billions = sizeOf(state, registry, ARBITER);
  return models.size === 1 && billions !== null &&
    registry.strategies.some(({ straightUpTo }) => straightUpTo !== undefined && billions <= straightUpTo);
}
