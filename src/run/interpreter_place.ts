import type { Fact } from "../features/fact.ts";
import { INTERPRETER, type Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { planCrew } from "../fleet/crew_plan.ts";
import type { Fleet } from "../fleet/fleet.ts";

/** The fact that another model can play the interpreter now: one of its own models, on a host that answers; null where nothing changed. */
export function interpreterChange(state: State, registry: Registry, fleet: Fleet): Fact | null {
  const role = registry.roles[INTERPRETER];
  if (role === undefined || state.run.info === null || state.run.ending !== null) return null;
  const snapshot = fleet.snapshot();
  const [place] = planCrew([{ ...role, userNamed: true }], snapshot);
  const isUp = snapshot.hosts.some((host) => host.name === place?.host && host.state === "up");
  const host = isUp ? place?.host ?? null : null;
  const model = isUp ? place?.model ?? null : null;
  const known = state.interpreter;
  if ((known?.host ?? null) === host && (known?.model ?? null) === model) return null;
  const reason = model === null
    ? place?.note ?? "no host has a model for it"
    : `wanted for ${INTERPRETER}, and ${host} answers`;
  return { type: "interpreter_changed", host, model, reason };
}
