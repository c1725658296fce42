import type { State } from "../state.ts";

/**
 * Names the attempt of which a round of checks says something: the one that it is executed for, or the one in whose turn something was
 * written.
 *
 * @param cause of the round
 * @returns `task.number`; null where it is of none
 */
export function judgedAttempt({ attempts, turns }: State, cause: string): string | null {
  if (attempts.open[cause] !== undefined) return cause;
  const attempt = turns.open[cause]?.attempt ?? null;
  return attempt !== null && attempts.open[attempt]?.turn === cause ? attempt : null;
}
