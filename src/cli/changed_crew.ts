import type { Fact } from "../features/fact.ts";
import type { RoleFact } from "../features/run/facts.ts";

/**
 * Says which roles of a run that goes on are played otherwise than before.
 *
 * @param facts the facts of the run until now
 * @param roles its roles now
 * @returns a sentence for each of them, without a full stop
 */
export function changedCrew(facts: Iterable<Fact>, roles: readonly RoleFact[]): string[] {
  let before: readonly RoleFact[] = [];
  for (const fact of facts) if (fact.type === "crew_assembled") before = fact.roles;
  return roles.flatMap(({ role, plays }) => {
    const old = before.find((one) => one.role === role)?.plays;
    const isSame = old?.model === plays?.model &&
      (old?.host === plays?.host || old?.host === undefined || plays?.host === undefined);
    if (old === undefined || isSame) return [];
    return [`${role} is played by ${playerText(plays)} from now on, by ${playerText(old)} until now`];
  });
}

function playerText(plays: RoleFact["plays"]): string {
  if (plays === undefined) return "nobody";
  return plays.host === undefined ? plays.model : `${plays.model} on ${plays.host}`;
}
