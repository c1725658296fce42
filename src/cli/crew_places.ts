import type { Crew } from "./crew.ts";
import { ARBITER } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import { type CrewPlace, planCrew } from "../fleet/crew_plan.ts";

/**
 * Says which role would run where now.
 *
 * @param crew the crew and its hosts
 * @returns a place for each role, the arbiter first
 */
export function crewPlaces({ capabilities, fleet }: Crew): readonly CrewPlace[] {
  const roles = Object.values(capabilities.registry.roles).filter(({ role }) => !isFurtherSeat(role));
  const ordered = [...roles.filter(({ role }) => role === ARBITER), ...roles.filter(({ role }) => role !== ARBITER)];
  return planCrew(
    ordered.map(({ role, models, window }) => ({ role, models, window, userNamed: capabilities.named.has(role) })),
    fleet.snapshot(),
  );
}
