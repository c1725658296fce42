import { admit } from "./admit.ts";
import type { AnyEffect } from "./effects.ts";
import type { AnyFact } from "./fact.ts";
import { type Due, earliest } from "./owed.ts";
import type { KernelRegistry } from "./registry.ts";
import type { KernelState } from "./state.ts";

/**
 * Says what a run still owes the world: its features are asked in their order. The first that owes facts, or wants something cancelled,
 * is heard alone; what all of them want opened is admitted as budgets allow.
 *
 * @param now present time, ms
 * @returns facts, effects, keys to cancel, and when time alone will change that
 */
export function due<S extends KernelState, R, F extends AnyFact, E extends AnyEffect>(
  state: S,
  registry: R & KernelRegistry<S, R, F, E>,
  now: number,
): Due<F, E> {
  const wanted: E[] = [];
  let wakeAt: number | null = null;
  for (const feature of registry.features) {
    const part = feature.due?.(state, registry, now);
    if (part === undefined) continue;
    if (part.facts.length > 0 || part.cancel.length > 0) return { ...part, effects: [], wakeAt: null };
    wanted.push(...part.effects);
    wakeAt = earliest(wakeAt, part.wakeAt);
    if (part.waits === true) break;
  }
  return { ...admit(state, registry, wanted), wakeAt };
}
