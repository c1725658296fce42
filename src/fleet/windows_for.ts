import { choicesFor, type CrewRole } from "./choices.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";

/** Context windows in tokens, by host and model. */
export type Windows = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * Fixes the window of each model on each host: one number for all roles, since a server reloads the model when another one is
 * sent. It is the largest window among the roles that run there at first; where none does, among those that could come there
 * when other hosts fail. What was asked for before in this run stays.
 *
 * @param roles roles that are played
 * @returns windows in tokens, never above what the model or its server can hold, where that is known
 */
export function windowsFor(roles: readonly CrewRole[], fleet: FleetSnapshot): Windows {
  const first: Record<string, Record<string, number>> = {};
  const possible: Record<string, Record<string, number>> = {};
  for (const role of roles) {
    const choices = choicesFor(role, fleet);
    const best = choices.find(({ pairs }) => pairs.some(({ host }) => host.state === "up")) ?? choices[0];
    for (const choice of choices) {
      for (const { host, model } of choice.pairs) {
        widen(possible, host.name, model, role.window);
        if (choice === best) widen(first, host.name, model, role.window);
      }
    }
  }
  const entries = fleet.hosts.map((host) => {
    const models = Object.entries({ ...possible[host.name], ...first[host.name] });
    return [host.name, Object.fromEntries(models.map(([model, window]) => [model, heldTo(host, model, window)]))];
  });
  return Object.fromEntries(entries);
}

/**
 * Holds a window to what was asked for before in this run and to what model and server can hold.
 *
 * @param model model as the host names it
 * @param window window that is wanted, in tokens
 * @returns window to be sent, in tokens
 */
export function heldTo(host: HostSnapshot, model: string, window: number): number {
  return Math.min(host.windows[model] ?? window, host.windowLimits[model] ?? Infinity);
}

function widen(windows: Record<string, Record<string, number>>, host: string, model: string, window: number): void {
  const ofHost = windows[host] ??= {};
  ofHost[model] = Math.max(ofHost[model] ?? 0, window);
}
