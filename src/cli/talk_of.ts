import type { Talk } from "../features/run/talk.ts";
import { ARBITER } from "../features/registry.ts";
import { recordKey, reviewsHelp } from "../fleet/model_record.ts";
import { recalled } from "../run/memory.ts";
import { placesOf, type RolesInUse } from "./crew_places.ts";
import type { Crew } from "./crew.ts";

/**
 * Says whether models talk beside the work: as wanted, else more than ever where what is remembered of the arbiter's model says that its reviews
 * of answers helped.
 *
 * @param crew the crew and its hosts
 * @param wanted what a person asked for
 * @returns undefined for as much as ever
 */
export function talkOf(
  { capabilities, fleet, memory }: Pick<Crew, "fleet" | "memory"> & { readonly capabilities: RolesInUse },
  wanted: Talk | undefined,
): Talk | undefined {
  if (wanted !== undefined) return wanted;
  const place = placesOf(capabilities, fleet).find(({ role }) => role === ARBITER);
  const host = fleet.status().find(({ name }) => name === place?.host);
  const model = host?.models.find(({ name }) => name === place?.model);
  if (model === undefined) return undefined;
  const record = recalled(memory, recordKey(model.digest ?? "", model.name));
  return record !== null && reviewsHelp(record) ? "on" : undefined;
}
