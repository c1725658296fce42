import { facts } from "../kernel/owed.ts";
import { closed } from "../features/decisions/closed.ts";
import { RULED } from "../features/decisions/rule_decision.ts";
import type { DecisionKind } from "../features/registry.ts";
import { phaseOf } from "../features/tasks/next_task.ts";
import { sayAssigned } from "../features/decisions/say_assigned.ts";
import { reasonArgument } from "./reason.ts";
import { say } from "../sentences/say.ts";

/** Does the work of the present phase. */
export const continueCurrentPhase: DecisionKind = {
  name: RULED.goOn,
  declare: (registry) => [{
    name: RULED.goOn,
    describes: say(registry, "decisions.continue_current_phase"),
    parameters: { type: "object", properties: { reason: reasonArgument(registry) }, required: ["reason"] },
  }],
  refusal: (state, registry) =>
    phaseOf(state, registry)?.hasWork(state, registry) === true
      ? null
      : say(registry, "decisions.no_work", { phase: state.run.phase }),
  says(name, _args, made) {
    if (name !== RULED.goOn) return null;
    return made === undefined ? "go on with the phase" : sayAssigned(made) ?? made.goOn;
  },
  due: (state, registry, decision) =>
    phaseOf(state, registry)?.due(state, registry, decision) ??
      facts(closed(decision, say(registry, "decisions.phase_gone", { phase: state.run.phase }), false)),
};
