import type { Registry } from "../registry.ts";
import { roleOfSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";

/**
 * Reads the size of a model out of a text that a host or a person wrote.
 *
 * @param text a number before B, M or K that stands alone or is a part of a name; a mixture of models is written as a product
 * @returns billions of parameters, null where the text names none
 */
export function parametersIn(text: string): number | null {
  const found = /(?:^|[^a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)([bmk])(?![a-z0-9])/i.exec(text);
  if (found === null) return null;
  const unit = { b: 1, m: 1e-3, k: 1e-6 }[found[3]?.toLowerCase() ?? "b"] ?? 1;
  const size = Number(found[1] ?? 1) * Number(found[2]) * unit;
  return size > 0 ? size : null;
}

/**
 * Names the model that plays a role: the one that its last ask went to; before the first, the one that was planned when the crew came
 * together; else the role's first choice.
 *
 * @param registry what the crew offers
 * @param role a role
 * @returns its name; empty where nobody knows
 */
export function modelOf(state: State, registry: Registry, role: string): string {
  return state.threads[role]?.model ?? playsOf(state, role)?.model ?? registry.roles[role]?.models[0] ?? "";
}

/**
 * Says how large the model is that plays a role: what its host says, else what its name says.
 *
 * @param registry what the crew offers
 * @param role a role
 * @returns billions of parameters, null where nobody knows
 */
export function sizeOf(state: State, registry: Registry, role: string): number | null {
  const model = modelOf(state, registry, role);
  const plays = playsOf(state, role);
  const told = state.threads[role]?.model === model ? state.threads[role]?.billions : undefined;
  return told ?? (plays?.model === model ? plays.billions : null) ?? parametersIn(model);
}

function playsOf(state: State, role: string) {
  return state.run.crew.find((one) => one.role === roleOfSeat(role))?.plays;
}
