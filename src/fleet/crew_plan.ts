import { choiceNote, choicesFor, type CrewRole } from "./choices.ts";
import type { FleetSnapshot } from "./fleet_snapshot.ts";
import { impossibleText } from "./impossible.ts";
import { isWarm } from "./stay.ts";
import { heldTo, windowsFor } from "./windows_for.ts";

/** Where a role would run. */
export interface CrewPlace {
  readonly role: string;
  /** Name as the host gives it; null where nothing can play the role. */
  readonly model: string | null;
  readonly host: string | null;
  /** Context window in tokens. */
  readonly window: number;
  /** What is to be said about it: a fall-back, a host that is down, or why it is impossible; "" for a first choice. */
  readonly note: string;
}

/**
 * Says which role would run where, with the same choices as placing, slots and pauses apart.
 *
 * @param roles roles that are played
 * @returns one place for each role, in their order
 */
export function planCrew(roles: readonly CrewRole[], fleet: FleetSnapshot): readonly CrewPlace[] {
  const windows = windowsFor(roles, fleet);
  return roles.map((role): CrewPlace => {
    const choices = choicesFor(role, fleet);
    const choice = choices.find(({ pairs }) => pairs.some(({ host }) => host.state === "up")) ?? choices[0];
    if (choice === undefined) {
      const asked = fleet.hosts.find(({ state }) => state === "asking");
      const note = asked === undefined ? impossibleText(role, fleet) : `${asked.name} has not answered yet`;
      return { role: role.role, model: null, host: null, window: role.window, note };
    }
    const up = choice.pairs.filter(({ host }) => host.state === "up");
    const pair = up.find(({ host, model }) => isWarm(host, model)) ?? up[0] ?? choice.pairs[0]!;
    const { host, model } = pair;
    const away = host.state === "down" ? `${host.name} is down: ${host.reason}` : "";
    const note = [choiceNote(role, choice, model, fleet), away].filter((text) => text !== "").join("; ");
    return {
      role: role.role,
      model,
      host: host.name,
      window: heldTo(host, model, windows[host.name]?.[model] ?? role.window),
      note,
    };
  });
}
