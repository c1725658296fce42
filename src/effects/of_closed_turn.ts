import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";

/** Whether the turn that an effect belongs to is over: then nobody waits for it any more. */
export function isOfClosedTurn(state: State, _registry: Registry, { turn }: { readonly turn: string }): boolean {
  return state.turns.open[turn] === undefined;
}
