import { defineFeature, isCutShort, onFailure } from "../feature.ts";
import { shownBy } from "./agreed.ts";
import { evidenceFacts } from "./facts.ts";
import { type EvidenceSlice, namesOf } from "./slice.ts";
import { evidenceTold } from "./told.ts";

/** Begins the id of the question whether new tests show what was wanted. */
export const PROOF = "proof.";

/** What shows the work where no check failed when the run began: new tests that tell the old code from the new, and the person's yes. */
export const evidence = defineFeature<EvidenceSlice>({
  name: "evidence",
  facts: evidenceFacts,
  tell: evidenceTold,
  empty: { tests: {}, holding: [], renamed: {}, flips: null, before: {}, answer: null, ahead: false },
  on: {
    attempt_opened: (own, { task, number }) => ({
      ...own,
      before: {
        ...own.before,
        [`${task}.${number}`]: { tests: own.tests, holding: own.holding, renamed: own.renamed },
      },
    }),
    attempt_closed(own, { task, number }) {
      const { [`${task}.${number}`]: _over, ...before } = own.before;
      return { ...own, before };
    },
    effect_finished(own, { key, result }, state) {
      const effect = state.effects.open[key]?.effect;
      if (effect?.kind === "take_back") return { ...own, ...own.before[effect.attempt] };
      if (result.kind === "check") {
        const { newTests = [], holding = [], renamed = [] } = result;
        const byPath = (all: readonly { readonly path: string; readonly hash: string }[]) =>
          Object.fromEntries(all.map(({ path, hash }) => [path, hash]));
        return { ...own, tests: byPath(newTests), holding, renamed: byPath(renamed) };
      }
      if (result.kind !== "flip") return own;
      const { flips, same, shown, hollow: isHollow = false } = result;
      return { ...own, flips: { of: namesOf(own.tests), flips, same, shown, isHollow } };
    },
    // A look that failed found nothing, and is not due again.
    ...onFailure<EvidenceSlice>((own, fact, before) =>
      before.effects.open[fact.key]?.effect.kind !== "flip" || isCutShort(fact)
        ? own
        : { ...own, flips: { of: namesOf(own.tests), flips: [], same: [], shown: "", isHollow: false } }
    ),
    tests_accepted: (own, { ahead }, before) =>
      ahead ? { ...own, ahead } : { ...own, answer: { of: shownBy(before), agreed: true } },
    question_answered: (own, { id, approved }, before) =>
      id.startsWith(PROOF) ? { ...own, answer: { of: shownBy(before), agreed: approved } } : own,
  },
});
