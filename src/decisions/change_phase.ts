import type { ToolDeclaration } from "../kernel/call.ts";
import { facts } from "../kernel/owed.ts";
import { closed } from "../features/decisions/closed.ts";
import { isUsedUp } from "../features/decisions/kinds.ts";
import { RULED } from "../features/decisions/rule_decision.ts";
import type { DecisionKind, Registry } from "../features/registry.ts";
import { phaseOf } from "../features/tasks/next_task.ts";
import { REASON } from "./reason.ts";

/** Turns to another phase that has work. */
export const changePhase: DecisionKind = {
  name: RULED.turn,
  declare: (registry) => [declared(registry.phases.map(({ phase }) => phase))],
  narrowed(state, registry) {
    const phases = registry.phases.filter((kind) =>
      kind.phase !== state.run.phase && kind.hasWork(state, registry) &&
      !isUsedUp(state, registry, { name: RULED.turn, arguments: { phase: kind.phase } })
    ).map(({ phase }) => phase);
    return phases.length === 0 ? null : declared(phases);
  },
  refusal(state, registry, { arguments: { phase } }) {
    const kind = phaseOf(state, registry, String(phase));
    if (kind === null) return `There is no phase "${String(phase)}"; phases are ${namesOf(registry)}.`;
    if (kind.phase === state.run.phase) return `The phase is ${kind.phase} already.`;
    return kind.hasWork(state, registry) ? null : `There is nothing to do in ${kind.phase} now.`;
  },
  about: (_state, { phase }) => String(phase),
  says: (name, { phase }) =>
    name !== RULED.turn ? null : phase === undefined ? "change the phase" : `change the phase to ${String(phase)}`,
  due(_state, _registry, decision) {
    const { arguments: { phase, reason }, by } = decision;
    return facts(
      { type: "phase_changed", phase: String(phase), reason: String(reason ?? decision.reason), by },
      closed(decision, `The phase is ${String(phase)} now.`, true),
    );
  },
};

function declared(phases: readonly string[]): ToolDeclaration {
  return {
    name: RULED.turn,
    describes: "Changes the phase of the run.",
    parameters: {
      type: "object",
      properties: {
        phase: { type: "string", enum: [...phases], description: "The phase to go to." },
        reason: REASON,
      },
      required: ["phase", "reason"],
    },
  };
}

function namesOf({ phases }: Registry): string {
  return phases.map(({ phase }) => phase).join(", ");
}
