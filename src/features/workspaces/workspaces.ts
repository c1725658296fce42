import { effects, NOTHING, WAITING } from "../../kernel/owed.ts";
import { causeOf, defineFeature, isCutShort, onFailure } from "../feature.ts";
import { workspaceFacts } from "./facts.ts";
import type { WorkspacesSlice } from "./slice.ts";
import { workspacesTold } from "./told.ts";

/** Whether attempts work in copies of the project, which is proven before the first of them. */
export const workspaces = defineFeature<WorkspacesSlice>({
  name: "workspaces",
  facts: workspaceFacts,
  tell: workspacesTold,
  empty: { offered: null, proof: null },
  on: {
    workspaces_offered({ offered, proof }, { tier, why, network }) {
      // Another sandbox than before may show another place.
      const isSame = offered?.tier === tier && offered.network === network;
      return { offered: { tier, why, network }, proof: isSame ? proof : null };
    },
    effect_finished(own, { result }) {
      if (result.kind !== "prove") return own;
      const { holds, why, network } = result;
      return { ...own, proof: { holds, why, network } };
    },
    ...onFailure<WorkspacesSlice>((own, fact, before) =>
      before.effects.open[fact.key]?.effect.kind !== "prove" || isCutShort(fact)
        ? own
        : { ...own, proof: { holds: false, why: causeOf(fact), network: false } }
    ),
  },
  due({ workspaces: { offered, proof }, checks, effects: { open, count } }) {
    if (offered === null || proof !== null || checks.first === null) return NOTHING;
    if (Object.values(open).some(({ effect }) => effect.kind === "prove")) return WAITING;
    return { ...effects({ kind: "prove", key: `run.prove${count}` }), waits: true };
  },
});
