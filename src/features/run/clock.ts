import { defineFeature } from "../feature.ts";
import { facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { judgeSpent } from "../checks/judge_spent.ts";
import { elapsed, isStill } from "./elapsed.ts";
import type { ClockSlice } from "./slice.ts";

/** The time that a run is at work, and what is due of it: nothing while it is paused, its end when its time is spent. */
export const clock = defineFeature<ClockSlice>({
  name: "clock",
  empty: { startedAt: null, idleMs: 0 },
  on: { run_started: (own, { at }) => ({ ...own, startedAt: at }) },
  each: (own, fact, before) =>
    fact.at > before.at && before.run.info !== null && (isStill(before) || fact.type === "run_resumed")
      ? { ...own, idleMs: own.idleMs + fact.at - before.at }
      : own,
  due(state, _registry, now) {
    if (state.run.paused) return WAITING;
    const most = state.spending.limits?.wallMs ?? null;
    if (most === null) return NOTHING;
    if (elapsed(state, now) >= most) {
      return facts(judgeSpent(state, "budget", `The run's time is spent: ${Math.round(most / 1000)} s.`));
    }
    const { startedAt, idleMs } = state.clock;
    return { ...NOTHING, wakeAt: isStill(state) || startedAt === null ? null : startedAt + idleMs + most };
  },
});
