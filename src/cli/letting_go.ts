import type { Fact } from "../features/fact.ts";
import type { KnownRun } from "./known_run.ts";

/** What a person without a screen reads where a run goes on that was held or paused. */
export const LET_GO =
  "Something was held or paused when the run was left. There is no screen to let it go on from, so all of it goes on.";

/**
 * Lifts what only a person at the screen could lift: a run without one would stand still.
 *
 * @param known the run as it was left
 * @returns facts; none where nothing was held or paused
 */
export function lettingGo({ holds, paused }: Pick<KnownRun, "holds" | "paused">): readonly Fact[] {
  return [
    ...holds.map((id): Fact => ({ type: "hold_lifted", id })),
    ...(paused ? [{ type: "run_unpaused" } as const] : []),
  ];
}
