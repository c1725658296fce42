import type { WriteFact } from "../../effects/write_fact.ts";
import type { State } from "../state.ts";

/**
 * Lists what an attempt wrote to the project that can be taken back: of one that is open, or of one whose test waits for work.
 *
 * @param name `task.number` of the attempt
 * @returns null where there is no such attempt
 */
export function writtenBy({ attempts, criteria }: State, name: string): readonly WriteFact[] | null {
  const open = attempts.open[name];
  // What was written in a copy is in nobody's way; of that only what was brought into the project has to go.
  if (open !== undefined) return open.workspace === null ? open.writes : open.applied;
  return Object.values(criteria.tests).find(({ attempt }) => attempt === name)?.writes ?? null;
}
