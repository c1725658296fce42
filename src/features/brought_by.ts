import type { Kinds, RunFeature } from "./registry.ts";

/** Kinds that may bring the feature that remembers what came of them. */
type Bringing = Partial<Pick<Kinds, "effects" | "asks" | "decisions" | "phases">>;

/** The features that kinds bring beside themselves, each once: one feature may remember for several kinds. */
export function broughtBy({ effects = {}, asks = {}, decisions = [], phases = [] }: Bringing): readonly RunFeature[] {
  const kinds = [...Object.values(effects), ...Object.values(asks), ...decisions, ...phases];
  return [...new Set(kinds.flatMap(({ feature }) => feature ?? []))];
}
