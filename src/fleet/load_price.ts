import { waitedMs } from "../features/ledger/waits.ts";
import { expectedLoad } from "./expected_time.ts";
import type { HostSnapshot } from "./fleet_snapshot.ts";
import { bareName } from "./model_name.ts";
import type { Planning } from "./planning.ts";
import { hasRoom } from "./room.ts";
import { heldModels, isWarm } from "./stay.ts";

/** Share of the time of its next load that counts for a model that is pushed out of its last host and that nobody wants now. */
const UNWANTED = 0.6;

/**
 * Says what a load of a model costs, beside the time of the ask that it is for: the next loads of what it pushes out, and of models of the
 * crew that have no host left. What asks waited for the model already is paid: without that, a model for which there is always a short queue
 * would never have a second host.
 *
 * @param pushes models that the load pushes out
 * @param loadMs how long the load takes, ms
 * @returns what is to be paid for the load, its own time included, and what waits paid of it, ms
 */
export function loadPrice(
  host: HostSnapshot,
  model: string,
  pushes: readonly string[],
  loadMs: number,
  planning: Planning,
): { readonly price: number; readonly paid: number } {
  const { ledger, usual, wanted } = planning;
  const next = (name: string) => expectedLoad(host, name, ledger) ?? loadMs;
  const spare = pushes.filter((name) => isHeldElsewhere(host, name, planning));
  const last = pushes.filter((name) => !spare.includes(name));
  const homeless = pushes.length > 0 || !isHeldElsewhere(host, model, planning)
    ? []
    : usual.filter((name) => name !== model && losesHome(host, model, name, planning));
  const waits = waited(model, planning) - spare.reduce((all, name) => all + waited(name, planning), 0);
  const paid = Math.max(0, Math.min(loadMs, waits));
  const price = loadMs - paid +
    homeless.reduce((all, name) => all + next(name), 0) +
    last.reduce((all, name) => all + next(name) * (wanted.has(bareName(name)) ? 1 : UNWANTED), 0);
  return { price, paid };
}

/** Whether a host that answers has a model in memory, or is loading it. */
function isHeldElsewhere(host: HostSnapshot, model: string, { hosts }: Planning): boolean {
  return [...hosts.values()].some((other) =>
    other.name !== host.name && other.state === "up" && other.residentUnknown !== true && isWarm(other, model)
  );
}

/** Whether a model of the crew that no host has in memory could come to this one without pushing anything out, and to none after the load. */
function losesHome(host: HostSnapshot, model: string, name: string, { hosts }: Planning): boolean {
  const has = ({ models }: HostSnapshot) => models.some((one) => one.name === name);
  const up = [...hosts.values()].filter((one) => one.state === "up" && has(one));
  if (!has(host) || up.some((one) => isWarm(one, name))) return false;
  if (hasRoom(host, name, [...heldModels(host), model])) return false;
  return !up.some((one) => one.name !== host.name && hasRoom(one, name, heldModels(one)));
}

/** How long asks waited for a model of late, on any host, ms. */
function waited(model: string, { ledger, now }: Planning): number {
  return Object.values(ledger).reduce((sum, models) => sum + waitedMs(models[model], now), 0);
}
