import type { ToolDeclaration } from "../kernel/call.ts";
import { facts } from "../kernel/owed.ts";
import { closed } from "../features/decisions/closed.ts";
import { isUsedUp } from "../features/decisions/kinds.ts";
import { RULED } from "../features/decisions/rule_decision.ts";
import type { DecisionKind, Registry } from "../features/registry.ts";
import { phaseOf } from "../features/tasks/next_task.ts";
import { reasonArgument } from "./reason.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Turns to another phase that has work. */
export const changePhase: DecisionKind = {
  name: RULED.turn,
  declare: (registry) => [declared(registry, registry.phases.map(({ phase }) => phase))],
  narrowed(state, registry) {
    const phases = registry.phases.filter((kind) =>
      kind.phase !== state.run.phase && kind.hasWork(state, registry) &&
      !isUsedUp(state, registry, { name: RULED.turn, arguments: { phase: kind.phase } })
    ).map(({ phase }) => phase);
    return phases.length === 0 ? null : declared(registry, phases);
  },
  refusal(state, registry, { arguments: { phase } }) {
    const kind = phaseOf(state, registry, String(phase));
    if (kind === null) {
      return say(registry, "decisions.no_phase", { phase: String(phase), phases: namesOf(registry) });
    }
    if (kind.phase === state.run.phase) return say(registry, "decisions.is_phase", { phase: kind.phase });
    return kind.hasWork(state, registry) ? null : say(registry, "decisions.no_work", { phase: kind.phase });
  },
  about: (_state, { phase }) => String(phase),
  says(name, { phase }, made) {
    if (name !== RULED.turn) return null;
    if (made !== undefined) return `turn to ${phase === undefined ? "another phase" : String(phase)}`;
    return phase === undefined ? "change the phase" : `change the phase to ${String(phase)}`;
  },
  due(_state, registry, decision) {
    const { arguments: { phase, reason }, by } = decision;
    return facts(
      { type: "phase_changed", phase: String(phase), reason: String(reason ?? decision.reason), by },
      closed(decision, say(registry, "decisions.phase_changed", { phase: String(phase) }), true),
    );
  },
};

function declared(from: Wording, phases: readonly string[]): ToolDeclaration {
  return {
    name: RULED.turn,
    describes: say(from, "decisions.change_phase"),
    parameters: {
      type: "object",
      properties: {
        phase: { type: "string", enum: [...phases], description: say(from, "decisions.change_phase_phase") },
        reason: reasonArgument(from),
      },
      required: ["phase", "reason"],
    },
  };
}

function namesOf({ phases }: Registry): string {
  return phases.map(({ phase }) => phase).join(", ");
}
