import { consultedRole } from "../../decisions/consulted_role.ts";
import { isPending } from "../messages/message.ts";
import type { State } from "../state.ts";

/** What of a crew is to become another, by name. */
export interface ChangedParts {
  readonly roles: readonly string[];
  readonly tools: readonly string[];
  /** Roles that are to be there no more. */
  readonly gone: readonly string[];
}

/**
 * Tells whether open work goes on with what is to change: each turn keeps the specialist and the tools that it began with, and whatever is on
 * its way to a role that goes is finished before.
 */
export function isInUse(state: State, { roles, tools, gone }: ChangedParts): boolean {
  const isOf = (role: string | undefined) => role !== undefined && roles.includes(role);
  return Object.values(state.turns.open).some((turn) =>
    isOf(turn.role) || turn.tools.some((name) => tools.includes(name))
  ) ||
    Object.values(state.effects.open).some(({ effect }) => "role" in effect && isOf(effect.role)) ||
    gone.length > 0 && isAwaited(state, gone);
}

function isAwaited(state: State, gone: readonly string[]): boolean {
  const isGone = (role: string | null | undefined) => typeof role === "string" && gone.includes(role);
  return Object.values(state.decisions.open).some(({ name, assigned }) =>
    isGone(consultedRole(name)) || isGone(assigned?.role)
  ) ||
    Object.values(state.attempts.open).some(({ role }) => isGone(role)) ||
    state.messages.list.some((message) => isPending(message) && isGone(message.to));
}
