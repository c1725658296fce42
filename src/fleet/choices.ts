import { abilityFor, bareName, canChat, findModel, type WantedModel, wantedModel } from "./model_name.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";

/** A role as placing needs it; `Role` of the registry is one. */
export interface CrewRole {
  readonly role: string;
  /** Models in order of preference, `name` or `name@host`. */
  readonly models: readonly string[];
  /** Context window in tokens. */
  readonly window: number;
  /** True where a person named the models: then no other one is taken. */
  readonly userNamed?: boolean;
}

/** A model on a host. */
export interface Pair {
  readonly host: HostSnapshot;
  /** Name as the host gives it. */
  readonly model: string;
}

/** Places that are equally good for a role: one wanted model, or one model to fall back to, on all hosts that have it. */
export interface Choice {
  /** Number of the preference from 0; null for a fall-back. */
  readonly preference: number | null;
  readonly pairs: readonly Pair[];
}

/**
 * Lists where a role could run, best first: its models in order of preference, then, unless a person named them, everything
 * else that can chat, by ability. What a host has another server run is taken where it is named alone: the project's text leaves for
 * nowhere that nobody chose. Hosts that are down are listed with what they had.
 *
 * @returns choices with at least one pair each
 */
export function choicesFor(role: Omit<CrewRole, "window">, fleet: FleetSnapshot): readonly Choice[] {
  const preferred = role.models.map((text, preference): Choice => ({
    preference,
    pairs: pairsOf(wantedModel(text, fleet), fleet),
  }));
  const choices = preferred.filter(({ pairs }) => pairs.length > 0);
  return isNamed(role) ? choices : [...choices, ...fallbacks(role.role, fleet, choices)];
}

/**
 * Lists the models that a crew works with as long as nothing fails: of each role the best that is to be had.
 *
 * @returns names as hosts give them
 */
export function usualModels(crew: readonly CrewRole[], fleet: FleetSnapshot): readonly string[] {
  const usual = crew.flatMap((role) => {
    const choices = choicesFor(role, fleet);
    const best = choices.find(({ pairs }) => pairs.some(({ host }) => host.state === "up"));
    return best?.pairs.map(({ model }) => model) ?? [];
  });
  return [...new Set(usual)];
}

/** Whether only the named models may be taken. */
export function isNamed(role: { readonly models: readonly string[]; readonly userNamed?: boolean }): boolean {
  return role.userNamed === true && role.models.length > 0;
}

/**
 * Says in words why a role runs where it does, where that is not simply its first choice.
 *
 * @returns a sentence without a full stop; "" for the first choice, and for the same model on another host than a missing one
 */
export function choiceNote(
  role: Omit<CrewRole, "window">,
  choice: Choice,
  model: string,
  fleet: FleetSnapshot,
): string {
  const first = role.models[0];
  if (choice.preference === 0 || first === undefined) return "";
  const wanted = wantedModel(first, fleet);
  const missed = absence(wanted, fleet);
  const isSame = bareName(wanted.name) === bareName(model);
  if (isSame && missed.known) return "";
  const start = `${role.role} wants ${first}: ${missed.text}`;
  if (choice.preference !== null) return `${start}; ${model} is its choice number ${choice.preference + 1}`;
  const others = role.models.length > 1 ? "; nor is any other of its models there" : "";
  return `${start}${others}; it falls back to ${model}, the best that is there`;
}

/** Says why a wanted model is not to be had; `known` means that no host of the fleet has it, or is called so. */
function absence(wanted: WantedModel, fleet: FleetSnapshot): { readonly text: string; readonly known: boolean } {
  const pairs = pairsOf(wanted, fleet);
  const down = pairs.find(({ host }) => host.state === "down")?.host;
  if (down !== undefined) return { text: `${down.name} is down`, known: false };
  if (pairs.length > 0) return { text: `it cannot be used on ${pairs[0]?.host.name} now`, known: false };
  if (wanted.host === null) return { text: "no host has it", known: true };
  const host = fleet.hosts.find(({ name }) => name === wanted.host);
  if (host === undefined) return { text: `no host is called ${wanted.host}`, known: true };
  if (host.state === "up") return { text: `${wanted.host} does not have it`, known: true };
  return {
    text: host.state === "down" ? `${wanted.host} is down` : `${wanted.host} has not answered yet`,
    known: false,
  };
}

/** Hosts that have a wanted model. */
function pairsOf(wanted: WantedModel, fleet: FleetSnapshot): readonly Pair[] {
  return fleet.hosts.flatMap((host) => {
    if (wanted.host !== null && wanted.host !== host.name) return [];
    const model = findModel(host.models, wanted.name);
    const told = host.models.find(({ name }) => name === model);
    return model === null || told === undefined || !canChat(told) ? [] : [{ host, model }];
  });
}

/** All other models that can chat and run where they are asked, best first, each on all hosts that have it. */
function fallbacks(role: string, fleet: FleetSnapshot, taken: readonly Choice[]): readonly Choice[] {
  const known = new Set(taken.flatMap(({ pairs }) => pairs.map(({ host, model }) => `${host.name}\n${model}`)));
  const groups = new Map<string, { ability: number; pairs: Pair[] }>();
  for (const host of fleet.hosts) {
    for (const model of host.models) {
      if (!canChat(model) || model.elsewhere === true || known.has(`${host.name}\n${model.name}`)) continue;
      const group = groups.get(bareName(model.name)) ?? { ability: -Infinity, pairs: [] };
      group.ability = Math.max(group.ability, abilityFor(model, role));
      group.pairs.push({ host, model: model.name });
      groups.set(bareName(model.name), group);
    }
  }
  return [...groups].toSorted(([a, one], [b, other]) => other.ability - one.ability || (a < b ? -1 : 1))
    .map(([, { pairs }]) => ({ preference: null, pairs }));
}
