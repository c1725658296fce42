import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { roleOfSeat } from "./seat.ts";

/** The first seat of a role that works on nothing; null where all are taken. */
export function freeSeat(state: State, registry: Registry, role: string): string | null {
  const taken = new Set([
    ...Object.values(state.attempts.open).map((attempt) => attempt.role),
    ...Object.values(state.turns.open).map((turn) => turn.role),
  ]);
  return Object.keys(registry.roles).find((seat) => roleOfSeat(seat) === role && !taken.has(seat)) ?? null;
}
