import type { Call } from "../../kernel/call.ts";
import { fingerprint } from "../decisions/fingerprint.ts";
import { aboutOf } from "../decisions/kinds.ts";
import { ruleDecision } from "../decisions/rule_decision.ts";
import type { Fact } from "../fact.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";

/** A decision that was made. */
export type Made = Extract<Fact, { type: "decision_made" }>;

/** The step that always leads on, decided without a model, and why no model was asked. */
export function byRules(state: State, registry: Registry, why: string): Made {
  const call = ruleDecision(state, registry);
  return made(state, registry, call, "rules", `${call.reason ?? ""} ${why}`.trim());
}

/** The fact of a decision. */
export function made(state: State, registry: Registry, call: Call, by: string, reason: string): Made {
  return {
    type: "decision_made",
    id: `d${state.decisions.count + 1}`,
    name: call.name,
    arguments: { ...call.arguments },
    reason,
    by,
    fingerprint: fingerprint(state),
    about: aboutOf(state, registry, call),
  };
}
