import type { Cost, OverBudget } from "./budget.ts";
import type { AnyEffect } from "./effects.ts";
import type { AnyFact } from "./fact.ts";
import type { AnyFeature } from "./feature.ts";

/** What the kernel asks of a kind of effect. */
export interface KernelEffectKind<S, R, F extends AnyFact> {
  /** What it needs for itself alone: of those that name the same one is open at a time, of whatever kinds they are. Absent: nothing. */
  readonly exclusive?: string;
  /** What one sets aside before it opens; absent or null where it costs no tokens. */
  cost?(effect: never): Cost | null;
  /** What it means for the run that there is no room for one. `alone`: nothing else is open that could give something back. */
  denied?(state: S, registry: R, effect: never, over: OverBudget, alone: boolean): readonly F[];
  /** Whether nobody waits for one any more: it is cancelled. */
  orphan?(state: S, registry: R, effect: never): boolean;
}

/** What the kernel needs of a registry: the features in the order in which they are asked what they owe, and the kinds of effects. */
export interface KernelRegistry<S, R, F extends AnyFact, E extends AnyEffect> {
  readonly features: readonly AnyFeature<S, R, F, E>[];
  readonly effects: Readonly<Record<string, KernelEffectKind<S, R, F>>>;
}
