import { defineFeature, onFailure } from "../feature.ts";
import type { PlacementsSlice } from "./slice.ts";

/** Where each ask that is open was placed. */
export const placements = defineFeature<PlacementsSlice>({
  name: "placements",
  empty: {},
  on: {
    ask_placed(own, { key, host, model, way, window, estimated, at, reason, wayReason, wayFrom, thinking }, before) {
      if (before.effects.open[key]?.effect.kind !== "ask") return own;
      return { ...own, [key]: { host, model, way, window, estimated, at, reason, wayReason, wayFrom, thinking } };
    },
    effect_finished: over,
    ...onFailure<PlacementsSlice>(over),
  },
});

function over(own: PlacementsSlice, { key }: { readonly key: string }): PlacementsSlice {
  if (own[key] === undefined) return own;
  const { [key]: _over, ...rest } = own;
  return rest;
}
