import type { Call } from "../../kernel/call.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { phasesByRule } from "../tasks/next_task.ts";
import { say } from "../../sentences/say.ts";

/** Names of the three decisions that rules make: the way on, on the same way, and the end. */
export const RULED = { turn: "change_phase", goOn: "continue_current_phase", end: "finish" } as const;

/** Decides without a model: the step that always leads on. Every step changes the situation or ends the run. */
export function ruleDecision(state: State, registry: Registry): Call {
  const [first] = phasesByRule(state, registry);
  if (first === undefined) {
    const summary = say(registry, "arbiter.nothing_left");
    return { name: RULED.end, arguments: { summary }, reason: say(registry, "arbiter.no_phase_has_work") };
  }
  const { phase } = first;
  const reason = say(registry, "arbiter.phase_has_work", { phase });
  return phase === state.run.phase
    ? { name: RULED.goOn, arguments: { reason }, reason }
    : { name: RULED.turn, arguments: { phase, reason }, reason };
}
