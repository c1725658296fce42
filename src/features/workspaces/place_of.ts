import type { Effect } from "../../effects/effect.ts";
import type { State } from "../state.ts";

/** An attempt that works in a copy of the project. */
export interface PlaceOfWork {
  /** Id of the workspace. */
  readonly workspace: string;
  /** The attempt, `task.number`. */
  readonly attempt: string;
}

/**
 * Tells in which workspace an effect is carried out.
 *
 * @returns null for the project itself
 */
export function placeOf(state: State, effect: Effect): PlaceOfWork | null {
  // An ask reads no file: what it is told of them was prepared.
  const turn = "turn" in effect && effect.kind !== "ask" ? effect.turn : null;
  const attempt = turn === null ? null : state.turns.open[turn]?.attempt ?? attemptOfClosed(state, turn);
  const workspace = attempt === null ? null : state.attempts.open[attempt]?.workspace ?? null;
  return attempt === null || workspace === null ? null : { workspace, attempt };
}

/** What a turn was at work on that is over: what it opened is carried out to its end where it began. */
function attemptOfClosed({ turns, attempts }: State, turn: string): string | null {
  if (turns.open[turn] !== undefined) return null;
  return Object.entries(attempts.open).find(([, attempt]) => attempt.turn === turn)?.[0] ?? null;
}

/**
 * Names a workspace for the next attempt.
 *
 * @returns null where attempts work in the project itself
 */
export function nextWorkspace({ workspaces, attempts }: State): string | null {
  if (workspaces.proof?.holds !== true) return null;
  const used = new Set(Object.values(attempts.open).map(({ workspace }) => workspace));
  for (let number = 1;; number += 1) if (!used.has(`w${number}`)) return `w${number}`;
}
