import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { Call } from "../../kernel/call.ts";
import { dueInterpretation } from "../../asks/interpret/due_interpretation.ts";
import { reserve } from "../../prompt/reserve.ts";
import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { kindOf, legalDecisions, refusal } from "../decisions/kinds.ts";
import { ruleDecision } from "../decisions/rule_decision.ts";
import { decisionAtWork, newDecision } from "../decisions/slice.ts";
import type { Fact } from "../fact.ts";
import { ARBITER, type Due, type Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { goesStraight } from "../tasks/goes_straight.ts";
import { byRules, made } from "./by_rules.ts";
import { isAskedInVain } from "./is_asked_in_vain.ts";

/** Tokens of a decision: a call with a reason. */
const ANSWER_LIMIT = 400;

/** The arbiter's turn: due when no decision is open and it is not thinking, or when the person spoke. */
export function dueArbiter(state: State, registry: Registry): Due {
  const thinking = Object.values(state.effects.open).some(({ effect }) =>
    effect.kind === "ask" && effect.turn === null && (effect.purpose === "decide" || effect.purpose === "interpret")
  );
  if (thinking) return NOTHING;
  const { unread, heard, fault, tries, words, calls } = state.arbiter;
  if (unread !== null) return dueInterpretation(state, registry, unread, { role: ARBITER, turn: null });
  const open = decisionAtWork(state);
  const [call] = calls;
  // Beside an open decision only an answer to what was heard is decided on; further calls of one reply wait for their turn.
  if (call !== undefined && (open === null || heard.length > 0)) return decided(state, registry, call, open !== null);
  const again = heard.length > 0 && fault !== null && tries < 2;
  if (open !== null && words.length === 0 && !again) return NOTHING;
  const rules = rulesDrive(state, registry);
  if (rules !== null) return open === null ? facts(byRules(state, registry, rules)) : NOTHING;
  const legal = legalDecisions(state, registry).map((tool) => tool.name);
  if (legal.length === 0) return facts(byRules(state, registry, "No decision of the arbiter is legal."));
  // What the rules would do and nothing else: the arbiter's words for it are worth no ask.
  const [only] = legal;
  if (open === null && legal.length === 1 && only === ruleDecision(state, registry).name) {
    return facts(byRules(state, registry, "It is the only decision that is legal."));
  }
  return effects(askToDecide(state, registry, legal));
}

function decided(state: State, registry: Registry, call: Call, beside: boolean): Due {
  const wrong = refusal(state, registry, call);
  if (wrong !== null) return facts({ type: "decision_refused", name: call.name, reason: wrong, by: ARBITER });
  const fact = made(state, registry, call, ARBITER, call.reason ?? "");
  if (!beside) return facts(fact);
  const owed = kindOf(registry, call.name)?.due(
    state,
    registry,
    newDecision({ ...fact, at: state.at, phase: state.run.phase }),
  );
  return facts<Fact>(fact, ...owed?.facts ?? []);
}

function askToDecide(state: State, registry: Registry, legal: readonly string[]): AskEffect {
  const { tries, not } = state.arbiter;
  return reserve(state, registry, {
    kind: "ask",
    key: `d${state.decisions.count + 1}.decide${state.effects.count}`,
    role: ARBITER,
    turn: null,
    purpose: "decide",
    legal: [...legal],
    temperature: tries === 0 ? 0 : registry.roles[ARBITER]?.temperature ?? 0.3,
    seed: state.decisions.count * 10 + tries + 1,
    answerLimit: ANSWER_LIMIT,
    reserved: 0,
    not: not ?? undefined,
  });
}

/** Why the rules decide instead of the arbiter; null when it is the arbiter's turn. */
function rulesDrive(state: State, registry: Registry): string | null {
  if (registry.roles[ARBITER] === undefined) return "There is no arbiter.";
  const { tries, fault, words } = state.arbiter;
  const spoken = words.length > 0;
  const mode = state.run.info?.mode;
  if (mode === "off") return "The arbiter is off.";
  if (mode === "observer" && !spoken && state.decisions.past.at(-1)?.ok !== false) return "The arbiter observes.";
  if (!spoken && goesStraight(state, registry)) return "One small model plays all roles.";
  if (tries >= registry.bounds.tries) {
    return `The arbiter gave no legal decision in ${tries} tries${fault === null ? "" : `: ${fault}`}`;
  }
  if (!spoken && isAskedInVain(state)) {
    return "The arbiter gave no legal decision twice in a row; it is asked again once you write to it.";
  }
  const { stale } = state.decisions;
  return !spoken && stale >= registry.bounds.stale ? `${stale} decisions changed nothing.` : null;
}
