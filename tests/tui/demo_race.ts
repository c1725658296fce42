import type { State } from "../../src/features/state.ts";
import { threadOf } from "../../src/features/threads/slice.ts";
import { CODING_TURN, NOON, withAsks } from "./demo_parts.ts";
import { DEMO, ROLES } from "./demo_state.ts";
import { DemoStore } from "./demo_store.ts";

/** The run with two seats at the same task: the one at its second try, the other at its third. */
function race(): State {
  const [second] = Object.values(DEMO.attempts.open);
  const third = { ...second!, number: 3, role: "coding·2", turn: "t3", pastBefore: 1 };
  const state = withAsks(
    DEMO,
    { key: "t2.ask.3", role: "coding", turn: "t2" },
    { key: "t3.ask.1", role: "coding·2", turn: "t3", placed: { host: "fast", model: "qwen2.5:14b" } },
  );
  return {
    ...state,
    attempts: { ...state.attempts, open: { ...state.attempts.open, "k1.3": third } },
    turns: {
      count: 3,
      open: {
        ...state.turns.open,
        t3: { ...CODING_TURN, id: "t3", role: "coding·2", attempt: "k1.3", exchange: [] },
      },
    },
    threads: { ...state.threads, "coding·2": threadOf({}, "coding·2") },
  };
}

/** A store of that run, in which both seats write. */
export function racing(): DemoStore {
  const store = new DemoStore(race());
  const [arbiter, coding, ...others] = ROLES;
  store.crew = [arbiter, coding, "coding·2", ...others];
  store.streams.set("t2.ask.3", { text: ["the one writes"], thinking: [], status: "writing", since: NOON + 60_000 });
  store.streams.set("t3.ask.1", { text: ["the other writes"], thinking: [], status: "writing", since: NOON + 70_000 });
  return store;
}
