import type { CrewInUse } from "../effects/crew_in_use.ts";
import { ARBITER } from "../features/registry.ts";
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

/** Says the same of a crew as it is now. */
export function placesOf({ registry, named }: CrewInUse, fleet: Fleet): readonly CrewPlace[] {
  const roles = Object.values(registry.roles).filter(({ role }) => !isFurtherSeat(role));
  const ordered = [...roles.filter(({ role }) => role === ARBITER), ...roles.filter(({ role }) => role !== ARBITER)];
  return planCrew(
    ordered.map(({ role, models, window }) => ({ role, models, window, userNamed: named.has(role) })),
    fleet.snapshot(),
  );
}
