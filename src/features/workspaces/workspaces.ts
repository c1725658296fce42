import { effects, NOTHING, WAITING } from "../../kernel/owed.ts";
import { causeOf, defineFeature, isCutShort, onFailure } from "../feature.ts";
import { workspaceFacts } from "./facts.ts";
import { isRunning } from "../later/slice.ts";
import type { State } from "../state.ts";
import type { WorkspacesSlice } from "./slice.ts";
import { workspacesTold } from "./told.ts";

/** Whether attempts work in copies of the project, which is proven before the first of them. */
export const workspaces = defineFeature<WorkspacesSlice>({
  name: "workspaces",
  facts: workspaceFacts,
  tell: workspacesTold,
  empty: { offered: null, proof: null, isOld: false },
  on: {
    workspaces_offered({ offered, proof, isOld }, { tier, why, network }) {
      // Another sandbox than before may show another place.
      const isSame = offered?.tier === tier && offered.network === network;
      return { offered: { tier, why, network }, proof: isSame ? proof : null, isOld: isSame && isOld };
    },
    effect_finished(own, { key, result }, before) {
      if (result.kind === "later") return installed(own, before, key);
      if (result.kind !== "prove") return own;
      const { holds, why, network } = result;
      return { ...own, proof: { holds, why, network }, isOld: false };
    },
    ...onFailure<WorkspacesSlice>((own, fact, before) => {
      const kind = before.effects.open[fact.key]?.effect.kind;
      if (kind === "later") return installed(own, before, fact.key);
      return kind !== "prove" || isCutShort(fact)
        ? own
        : { ...own, proof: { holds: false, why: causeOf(fact), network: false }, isOld: false };
    }),
  },
  due({ workspaces: { offered, proof, isOld }, checks, later, effects: { open, count } }) {
    const isAgain = proof?.holds === true && isOld && !isRunning(later);
    if (offered === null || proof !== null && !isAgain || checks.first === null) return NOTHING;
    if (Object.values(open).some(({ effect }) => effect.kind === "prove")) return WAITING;
    return {
      ...effects({ kind: "prove", key: `run.prove${count}`, ...(isAgain ? { again: true } : {}) }),
      waits: true,
    };
  },
});

/** A proof counts for what was installed then. */
function installed(own: WorkspacesSlice, before: State, key: string): WorkspacesSlice {
  const effect = before.effects.open[key]?.effect;
  return effect?.kind === "later" && effect.changes === "dependencies" && own.proof !== null
    ? { ...own, isOld: true }
    : own;
}
