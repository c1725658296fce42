import { ARBITER, type Registry } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import { type CrewPlace, planCrew } from "../fleet/crew_plan.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Crew } from "./crew.ts";

/**
 * Says which role would run where now.
 *
 * @param crew the crew and its hosts
 * @returns a place for each role, the arbiter first
 */
export function crewPlaces({ capabilities, fleet }: Crew): readonly CrewPlace[] {
  return placesOf(capabilities, fleet);
}

/** Roles, and those whose model the user named. */
export interface RolesInUse {
  readonly registry: Pick<Registry, "roles">;
  readonly named: ReadonlySet<string>;
}

/** Says the same of a crew as it is now. */
export function placesOf({ registry, named }: RolesInUse, fleet: Fleet): readonly CrewPlace[] {
  const roles = Object.values(registry.roles).filter(({ role }) => !isFurtherSeat(role));
  const ordered = [...roles.filter(({ role }) => role === ARBITER), ...roles.filter(({ role }) => role !== ARBITER)];
  return planCrew(
    ordered.map(({ role, models, window }) => ({ role, models, window, userNamed: named.has(role) })),
    fleet.snapshot(),
  );
}

/**
 * Smallest window that a crew can work in, in tokens: the arbiter's prompt for a project of a few files takes 1,100 (measured with the
 * tokenizer o200k), a specialist's 1,300, and answers need 400 to 1,000 beside them.
 */
const LEAST_WINDOW = 2_048;

/**
 * Says which servers hold too little for a prompt. What a person configured so small is their choice.
 *
 * @param crew the crew and its hosts
 * @returns a sentence for each model on each host, with what to do
 */
export function tooSmall(crew: Crew): string[] {
  const { roles } = crew.capabilities.registry;
  const small = crewPlaces(crew).filter(({ role, model, window }) =>
    model !== null && window < LEAST_WINDOW && window < (roles[role]?.window ?? 0)
  );
  const pairs = new Map(small.map((place) => [`${place.model} on ${place.host}`, place.window]));
  return [...pairs].map(([pair, window]) => {
    const named = small.filter((place) => `${place.model} on ${place.host}` === pair).map(({ role }) => role).join(
      ", ",
    );
    return `${pair} has a window of ${window} tokens, and ${named} ${
      named.includes(",") ? "need" : "needs"
    } at least ${LEAST_WINDOW}. Start its server with a larger one (llama.cpp: -c, which --parallel divides; vLLM: --max-model-len; ` +
      "LM Studio: the context length of the loaded model), or name another model.";
  });
}
