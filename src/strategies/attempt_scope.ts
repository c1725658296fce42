import type { PastAttempt, State, Turn } from "../features/state.ts";

/** Attempts at one function before the others are tried: what a model chose first is the likeliest. */
const TRIES = 2;
/** Attempt that looks elsewhere although the ones before it changed the task's file. */
const LOOKS_ROUND = 4;

/**
 * Tells whether the open attempt looks for the fault in what the task's file uses, not in that file: after an attempt that found
 * nothing there to change, by turns, and once after several changes that did not help.
 *
 * @param state what is so
 * @returns false where no attempt is open
 */
export function looksElsewhere(state: State): boolean {
  const attempt = state.attempt;
  if (attempt === null) return false;
  const past = state.attempts[attempt.task] ?? [];
  const idle = past.length - 1 - past.findLastIndex((one) => one.writes.length > 0);
  return idle % 2 === 1 || idle === 0 && attempt.number === LOOKS_ROUND;
}

/**
 * Counts the open attempt from the last one at its task that was kept: what it left is a new beginning.
 *
 * @param state what is so
 * @returns 1 for the first; 0 where no attempt is open
 */
export function ordinalOf(state: State): number {
  return state.attempt === null ? 0 : sinceKept(state).length + 1;
}

/**
 * Counts the attempts since the last one that was kept in which a function was tried.
 *
 * @param state what is so
 * @param piece the function, as {@link pieceOf} names it
 * @returns 0 where it was not tried
 */
export function timesTried(state: State, piece: string): number {
  return sinceKept(state).filter(({ pieces }) => pieces.includes(piece)).length;
}

/**
 * Lists the functions that a turn may write anew, by file: those of other files while the attempt looks elsewhere, and of each file those
 * that no attempt tried in vain, as long as there are some.
 *
 * @param state what is so
 * @param turn the turn, prepared
 * @returns names by file
 */
export function piecesFor(state: State, turn: Turn): Readonly<Record<string, readonly string[]>> {
  const known = Object.entries(turn.prepared?.definitions ?? {});
  if (turn.attempt === null) return Object.fromEntries(known);
  const target = state.tasks.find((one) => one.id === state.attempt?.task)?.target;
  const others = known.filter(([path]) => path !== target);
  const scope = looksElsewhere(state) && others.length > 0 ? others : known;
  return Object.fromEntries(scope.map(([path, names]) => {
    const fresh = names.filter((name) => timesTried(state, `${path} ${name}`) < TRIES);
    return [path, fresh.length > 0 ? fresh : names];
  }));
}

/**
 * Names the function that the attempt before tried and that has not had its tries yet.
 *
 * @param state what is so
 * @returns the function, as {@link pieceOf} names it; null where there is none, or more than one
 */
export function pieceToGoOn(state: State): string | null {
  const pieces = sinceKept(state).at(-1)?.pieces ?? [];
  const [piece] = pieces;
  return piece !== undefined && pieces.length === 1 && timesTried(state, piece) < TRIES ? piece : null;
}

function sinceKept(state: State): readonly PastAttempt[] {
  const past = state.attempt === null ? [] : state.attempts[state.attempt.task] ?? [];
  return past.slice(past.findLastIndex((one) => one.verdict === "kept") + 1);
}
