import type { AnyEffect, EffectsSlice } from "./effects.ts";
import type { SpendingSlice } from "./budget.ts";

/** What the kernel itself keeps of a run; every feature adds a slice under its own name. */
export interface KernelState<E extends AnyEffect = AnyEffect> {
  /** Place of the last fact; 0 before the first. */
  readonly seq: number;
  /** Time of the last fact, milliseconds since 1970. */
  readonly at: number;
  readonly effects: EffectsSlice<E>;
  readonly spending: SpendingSlice;
}
