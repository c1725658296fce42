import type { Turn, TurnsSlice } from "./slice.ts";

/**
 * Changes a turn that is at work.
 *
 * @param id its id; where no turn has it, nothing changes
 * @param how what of it becomes what
 */
export function changedTurn(own: TurnsSlice, id: string, how: (turn: Turn) => Partial<Turn>): TurnsSlice {
  const turn = own.open[id];
  return turn === undefined ? own : { ...own, open: { ...own.open, [id]: { ...turn, ...how(turn) } } };
}
