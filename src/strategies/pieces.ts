import { pieceOf } from "../features/attempts/piece.ts";
import type { Situation } from "../features/registry.ts";
import type { Turn } from "../features/turns/slice.ts";
import { timesTried, triesBefore } from "./tries.ts";

/** Attempts at one function before the others are tried: what a model chose first is the likeliest. */
const TRIES = 2;

/**
 * Lists the functions that a turn may write anew, by file: those of other files while the attempt looks elsewhere, and of each file those
 * to which the failing tests can lead and that no attempt tried in vain, as long as there are some.
 */
export function piecesFor(situation: Situation, turn: Turn): Readonly<Record<string, readonly string[]>> {
  const known = Object.entries(turn.prepared?.definitions ?? {});
  const { attempt, task } = situation;
  if (attempt === null) return Object.fromEntries(known);
  const others = known.filter(([path]) => path !== task?.target);
  const scope = attempt.elsewhere && others.length > 0 ? others : known;
  return Object.fromEntries(scope.map(([path, all]) => {
    const names = path === task?.target ? reachedOf(all, turn) : all;
    const fresh = names.filter((name) => timesTried(situation, nameOf(path, name)) < TRIES);
    return [path, fresh.length > 0 ? fresh : names];
  }));
}

/** Those of the functions of the task's file to which the failing tests can lead: in another the fault is not. */
function reachedOf(names: readonly string[], { prepared }: Turn): readonly string[] {
  const reached = names.filter((name) => prepared?.reached?.includes(name) === true);
  return reached.length > 0 ? reached : names;
}

/** The function that the attempt before tried and that has not had its tries yet. */
export function pieceToGoOn(situation: Situation): string | null {
  const pieces = triesBefore(situation).at(-1)?.pieces ?? [];
  const [piece] = pieces;
  return piece !== undefined && pieces.length === 1 && timesTried(situation, piece) < TRIES ? piece : null;
}

function nameOf(path: string, name: string): string {
  return pieceOf({ arguments: { path, function: name } })!;
}
