import { causeOf, defineFeature, isCutShort, onFailure } from "../feature.ts";
import type { State } from "../state.ts";
import type { Failure } from "./slice.ts";

/** So many are kept. */
const KEPT = 8;

/** The last things that went wrong, newest last. */
export const failures = defineFeature<readonly Failure[]>({
  name: "failures",
  empty: [],
  on: {
    decision_refused: (own, { at, name, reason }) =>
      [...own, { at, where: `decision ${name}`, failure: "refused" as const, text: reason }].slice(-KEPT),
    attempt_closed: (own, { at, task, number, verdict, summary }, before) =>
      verdict === "kept" || verdict === "cancelled" || verdict === "empty" && isNeedless(before, task)
        ? own
        : [...own, { at, where: `${task}, attempt ${number}`, failure: verdict, text: summary }].slice(-KEPT),
    turn_closed(own, { at, id, ending, text }, before) {
      const role = before.turns.open[id]?.role;
      if (ending !== "no_call" || role === undefined) return own;
      return [...own, { at, where: role, failure: ending, text }].slice(-KEPT);
    },
    ...onFailure<readonly Failure[]>((own, fact, before) => {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind !== "ask" || isCutShort(fact)) return own;
      const failure = fact.type === "effect_failed" ? fact.failure : "refused" as const;
      return [...own, { at: fact.at, where: effect.role, failure, text: causeOf(fact) } satisfies Failure].slice(
        -KEPT,
      );
    }),
  },
});

/** Whether a task that no check asks for needs no change: then an attempt that changed nothing is no failure. */
function isNeedless(before: State, task: string): boolean {
  return before.tasks.list.some((one) => one.id === task && one.kind !== "work");
}
