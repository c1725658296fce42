import { facts } from "../kernel/owed.ts";
import { closed } from "../features/decisions/closed.ts";
import { RULED } from "../features/decisions/rule_decision.ts";
import type { DecisionKind } from "../features/registry.ts";
import { phaseOf } from "../features/tasks/next_task.ts";
import { REASON } from "./reason.ts";

/** Does the work of the present phase. */
export const continueCurrentPhase: DecisionKind = {
  name: RULED.goOn,
  declare: () => [{
    name: RULED.goOn,
    describes:
      "Does the work of the present phase: planning makes tasks, coding and debugging work on the next task, qa executes the checks and reviews.",
    parameters: { type: "object", properties: { reason: REASON }, required: ["reason"] },
  }],
  refusal: (state, registry) =>
    phaseOf(state, registry)?.hasWork(state, registry) === true
      ? null
      : `There is nothing to do in ${state.run.phase} now.`,
  says: (name) => name === RULED.goOn ? "go on with the phase" : null,
  due: (state, registry, decision) =>
    phaseOf(state, registry)?.due(state, registry, decision) ??
      facts(closed(decision, `There is no phase ${state.run.phase} any more.`, false)),
};
