import type { Fact } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import type { Offer } from "../offer.ts";

/** What is to become of a plugin. */
export type Wanted =
  | { readonly kind: "load"; readonly offer: Offer }
  | { readonly kind: "retire"; readonly offer: Offer }
  | { readonly kind: "back"; readonly offer: Offer; readonly reason: string };

type Ready = Extract<Fact, { type: "plugin_ready" }>;

/** The version of a plugin that is in use, as a run knows it; undefined where none is. */
function knownOf(state: Pick<State, "plugins">, plugin: string) {
  return Object.hasOwn(state.plugins.byName, plugin) ? state.plugins.byName[plugin] : undefined;
}

/** Number that a version gets, or has, once it is in use. */
export function numberOf(state: State, wanted: Wanted): number {
  const known = knownOf(state, wanted.offer.plugin);
  switch (wanted.kind) {
    case "load":
      return (known?.last ?? 0) + 1;
    case "retire":
      return known?.number ?? 1;
    case "back":
      return known?.before ?? known?.number ?? 1;
  }
}

/** The fact that a version is in use. */
function readyFact(
  { plugin, path, version, origin, specialists, tools }: Offer,
  rest: Pick<Ready, "number" | "before" | "why">,
): Ready {
  return {
    type: "plugin_ready",
    plugin,
    path,
    version,
    origin: origin === "project" ? "project" : "user",
    roles: specialists.map(({ role }) => role),
    tools: tools.map(({ declaration }) => declaration.name),
    ...rest,
  };
}

function retiredFact(state: State, { plugin, path, version }: Offer, why: "saved" | "left"): Fact {
  return { type: "plugin_retired", plugin, path, version, number: knownOf(state, plugin)?.number ?? 1, why };
}

/** What is told of a saved version that is not taken into use. */
export function refusedFact(
  state: State,
  refused: { readonly path: string; readonly version: string | null; readonly place: string; readonly text: string },
  inUse: Offer | undefined,
  plugin: string | null = inUse?.plugin ?? null,
): Fact {
  const { path, version, place, text } = refused;
  const number = inUse === undefined ? null : knownOf(state, inUse.plugin)?.number ?? null;
  return { type: "plugin_refused", path, plugin, version, place, text, number };
}

/** What is told of plugins that become others. */
export const factsOf = {
  /** A change is made. */
  swap(state: State, wanted: Wanted, before: Offer | undefined): readonly Fact[] {
    const { offer } = wanted;
    const number = numberOf(state, wanted);
    const known = knownOf(state, offer.plugin);
    switch (wanted.kind) {
      case "retire":
        return [retiredFact(state, offer, "saved")];
      case "back": {
        const { plugin, path, version } = offer;
        const from = known?.number ?? number;
        return [{ type: "plugin_rolled_back", plugin, path, version, number, from, reason: wanted.reason }];
      }
      case "load": {
        const isSame = before?.plugin === offer.plugin && known?.isRetired === false;
        return [
          ...(before !== undefined && before.plugin !== offer.plugin ? [retiredFact(state, before, "saved")] : []),
          readyFact(offer, { number, before: isSame ? known.number : null, why: "saved" }),
        ];
      }
    }
  },
  /** A change waits for open work. */
  waits(state: State, wanted: Wanted): Fact {
    const { plugin, path, version } = wanted.offer;
    const number = knownOf(state, plugin)?.number ?? null;
    const text = wanted.kind === "retire"
      ? `${plugin} v${number} retires once the work that uses it is over`
      : `${plugin} v${numberOf(state, wanted)} (${version}) waits for the end of work ${
        number === null ? "that it would change" : `that uses v${number}`
      }`;
    return { type: "plugin_waits", path, plugin, version, for: "work", text };
  },
  /** The version in use stands in its folder again, after one that was refused. */
  again(state: State, offer: Offer | undefined): readonly Fact[] {
    const known = offer === undefined ? undefined : knownOf(state, offer.plugin);
    if (offer === undefined || known === undefined) return [];
    return [readyFact(offer, { number: known.number, before: known.before, why: "saved" })];
  },
  /** The versions that a run starts with, or goes on with: each that it did not have when it was left. */
  start(state: Pick<State, "plugins">, offers: readonly Offer[], why: "start" | "left"): readonly Fact[] {
    const own = offers.filter(({ origin }) => origin !== "built-in");
    const gone = Object.values(state.plugins.byName).filter(({ plugin, isRetired }) =>
      !isRetired && !own.some((offer) => offer.plugin === plugin)
    );
    return [
      ...gone.map(({ plugin, path, version, number }): Fact => ({
        type: "plugin_retired",
        plugin,
        path,
        version,
        number,
        why: "left",
      })),
      ...own.flatMap((offer): Fact[] => {
        const known = knownOf(state, offer.plugin);
        if (known?.isRetired === false && known.version === offer.version) return [];
        const before = known?.isRetired === false ? known.number : null;
        return [readyFact(offer, { number: (known?.last ?? 0) + 1, before, why: before === null ? "start" : why })];
      }),
    ];
  },
};
