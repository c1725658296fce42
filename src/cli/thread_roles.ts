import { ARBITER } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import type { State } from "../features/state.ts";

/**
 * Says which roles have a thread, the arbiter first: those of the crew, its further seats once they worked, and those that were in it and have
 * something to show.
 *
 * @returns what says it of a crew and the threads so far: the list that it gives is the same object while it says the same
 */
export function threadRoles(): (crew: readonly string[], threads: State["threads"]) => readonly string[] {
  let last: readonly string[] = [];
  return (crew, threads) => {
    const inCrew = crew.filter((role) => !isFurtherSeat(role) || threads[role] !== undefined);
    const roles = [...inCrew, ...Object.keys(threads).filter((role) => !inCrew.includes(role))];
    const ordered = [...roles.filter((role) => role === ARBITER), ...roles.filter((role) => role !== ARBITER)];
    if (ordered.join("\n") !== last.join("\n")) last = ordered;
    return last;
  };
}
