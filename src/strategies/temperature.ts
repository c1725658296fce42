import type { Situation } from "../features/registry.ts";
import { failedWrites } from "../features/turns/fruitless.ts";
import type { Turn } from "../features/turns/slice.ts";

/** Temperature after a write that failed: asked in the same way a model writes the same again. */
const WARM = 0.8;

/** The temperature of the next ask of a turn. */
export function warmer({ registry }: Situation, turn: Turn): number {
  return failedWrites(registry, turn).length > 0 ? Math.max(WARM, turn.temperature) : turn.temperature;
}
