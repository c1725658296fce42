import type { CrewInUse } from "../effects/crew_in_use.ts";
import type { Fact } from "../features/fact.ts";
import type { RoleFact } from "../features/run/facts.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { billions } from "../fleet/model_name.ts";
import { changedCrew } from "./changed_crew.ts";
import { placesOf } from "./crew_places.ts";

/**
 * The fact that says who is in a crew, and which model is to play each.
 *
 * @param crew the crew
 * @param fleet its hosts
 * @param reason why it came together
 * @param past facts of the run so far: what is another crew than it had then is said
 */
export function assembled(
  crew: CrewInUse,
  fleet: Fleet,
  reason: string,
  past: Iterable<Fact> = [],
): Extract<Fact, { type: "crew_assembled" }> {
  const { hosts } = fleet.snapshot();
  const places = new Map(placesOf(crew, fleet).map((place) => [place.role, place]));
  const roles = Object.values(crew.registry.roles).filter(({ role }) => !isFurtherSeat(role)).map((
    { role, describes, models, window, temperature },
  ): RoleFact => {
    const { host = null, model = null } = places.get(role) ?? {};
    const found = hosts.find(({ name }) => name === host)?.models.find(({ name }) => name === model);
    if (found === undefined || host === null) return { role, describes, models: [...models], window, temperature };
    const plays = { model: found.name, host, billions: billions(found) };
    return { role, describes, models: [...models], window, temperature, plays };
  });
  const changes = changedCrew(past, roles);
  const said = changes.length === 0 ? {} : { changes };
  return { type: "crew_assembled", roles, tools: [...crew.tools.keys()], reason, ...said };
}
