import { ARBITER, legalDecisions, refusal, ruleDecision } from "../features/decisions/arbiter.ts";
import { elapsed, overBudget, setAside } from "./budget.ts";
import type { Call } from "./call.ts";
import { answerPerson, dueDecision } from "../features/decisions/due_decision.ts";
import { dueMessages } from "../features/messages/due_messages.ts";
import { closeTurn, dueTurn } from "../features/turns/due_turn.ts";
import type { AskEffect, Effect } from "../effects/effect.ts";
import type { Fact } from "../features/fact.ts";
import { fingerprint } from "../features/decisions/fingerprint.ts";
import { dueInterpretation, interpreted } from "../asks/interpret.ts";
import type { Registry } from "../features/registry.ts";
import { reserve } from "../prompt/reserve.ts";
import type { State } from "../features/state.ts";

/** What a run owes now. Facts come first: they need no world, and what is due after them may be something else. */
export interface Due {
  /** Consequences that need no world, to be committed at once. */
  readonly facts: readonly Fact[];
  /** Effects to open and perform; empty while there are facts. */
  readonly effects: readonly Effect[];
  /** Keys of open effects that nobody waits for any more. */
  readonly cancel: readonly string[];
  /** When time alone changes what is due, ms; null when it does not. */
  readonly wakeAt: number | null;
}

/** Nothing is due. */
export const NOTHING: Due = { facts: [], effects: [], cancel: [], wakeAt: null };

/** Only facts are due. */
export function facts(...due: Fact[]): Due {
  return { ...NOTHING, facts: due };
}

/** Only effects are due. */
export function effects(...due: Effect[]): Due {
  return { ...NOTHING, effects: due };
}

/**
 * Says what a run still owes the world.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param now present time, ms
 * @returns facts, effects, keys to cancel, and when time alone will change that
 */
export function due(state: State, registry: Registry, now: number): Due {
  const run = state.run;
  if (run === null) return NOTHING;
  const open = Object.values(state.effects);
  if (state.ending !== null) return { ...NOTHING, cancel: open.map(({ effect }) => effect.key) };
  const orphans = open.filter(({ effect }) => isOrphan(state, effect)).map(({ effect }) => effect.key);
  if (orphans.length > 0) return { ...NOTHING, cancel: orphans };
  if (state.paused) return NOTHING;
  const asked = state.questions[0];
  if (run.headless && asked !== undefined) return unanswered(state, asked);
  if (run.limits.wallMs !== null && elapsed(state, now) >= run.limits.wallMs) {
    return end("budget", `The run's time is spent: ${Math.round(run.limits.wallMs / 1000)} s.`);
  }
  const wakeAt = run.limits.wallMs === null || state.stillSince !== null
    ? null
    : run.startedAt + run.idleMs + run.limits.wallMs;
  return { ...step(state, registry), wakeAt };
}

/** A question that was put to a person who is not there any more: a call is refused, anything else blocks the run. */
function unanswered(state: State, question: State["questions"][number]): Due {
  if (question.kind === "trust" && !state.trusted) return dueTrust({ ...state, questions: [] });
  return question.kind === "call"
    ? facts({ type: "question_answered", id: question.id, approved: false, text: "" })
    : end("blocked", `The crew needs an answer, and nobody is at the keyboard: ${question.text}`);
}

/** Ends a run. */
export function end(kind: Extract<Fact, { type: "run_ended" }>["kind"], cause: string): Due {
  return facts({ type: "run_ended", kind, cause });
}

/** An effect is an orphan when its turn is over; what a person interrupted is cancelled that way. */
function isOrphan(state: State, effect: Effect): boolean {
  switch (effect.kind) {
    case "ask":
      if (effect.purpose === "interpret" && (state.interpreter === null || interpreted(state, effect) === null)) {
        return true;
      }
      return effect.turn !== null && state.turns[effect.turn] === undefined;
    case "tool":
    case "prepare":
      return state.turns[effect.turn] === undefined;
    case "check":
    case "take_back":
      return false;
  }
}

function step(state: State, registry: Registry): Due {
  if (!state.trusted) return dueTrust(state);
  if (state.checks.first === null) {
    const key = `run.check${state.effectCount}`;
    return Object.values(state.effects).some(({ effect }) => effect.kind === "check")
      ? NOTHING
      : effects({ kind: "check", key, cause: "first" });
  }
  const opened: Effect[] = [];
  for (
    const part of [
      dueMessages(state, registry),
      ...Object.values(state.turns).map((turn) => dueTurn(state, registry, turn)),
    ]
  ) {
    if (part.facts.length > 0) return part;
    opened.push(...part.effects);
  }
  if (state.decision !== null) {
    const decided = dueDecision(state, registry, state.decision);
    if (decided.facts.length > 0) return decided;
    opened.push(...decided.effects);
  }
  const asked = dueArbiter(state, registry);
  if (asked.facts.length > 0) return asked;
  opened.push(...asked.effects);
  return admit(state, registry, opened);
}

/** A new project is trusted by a person, or not at all: its checks run its code. */
function dueTrust(state: State): Due {
  if (state.denied) return end("blocked", "The project is not trusted, so its checks and commands may not run.");
  if (state.questions.some((question) => question.kind === "trust")) return NOTHING;
  if (state.run?.headless === true) {
    return end(
      "blocked",
      "The project is not trusted yet: its checks run its code. Add --trust once, if you trust it.",
    );
  }
  return facts({
    type: "question_asked",
    id: "trust",
    kind: "trust",
    text: `Do you trust ${state.run?.project ?? "this project"}? Its checks and commands run its code on this machine.`,
    context: "Reading is free and writes inside the project can be taken back exactly. Asked once for each project.",
    turn: null,
  });
}

/** Opens what budgets allow; each effect sees what the ones before it reserve. */
function admit(state: State, registry: Registry, wanted: readonly Effect[]): Due {
  let ahead = state;
  const admitted: Effect[] = [];
  for (const effect of wanted) {
    if (effect.kind !== "ask") {
      admitted.push(effect);
      continue;
    }
    const over = overBudget(ahead, effect.role, effect.reserved);
    if (over !== null && effect.purpose === "interpret") {
      // The corrective ask of the model itself says whether the budget is really spent.
      const { turn, interprets } = effect;
      return facts({ type: "interpretation_skipped", turn, ask: interprets ?? "", reason: over.text });
    }
    if (over === null) {
      admitted.push(effect);
      ahead = setAside(ahead, effect);
    } else if (effect.purpose === "summarise") {
      // What is admitted before it leaves nothing for it now: the turn is looked at again when that closes.
      continue;
    } else if (over.whose === "run") {
      // What is open may give back a part of what it reserved; only then is the budget really spent.
      if (Object.keys(state.effects).length === 0 && admitted.length === 0) return end("budget", over.text);
    } else if (effect.turn !== null && state.turns[effect.turn] !== undefined) {
      return facts(...closeTurn(state, state.turns[effect.turn]!, "budget", over.text));
    } else if (effect.purpose === "review") {
      return facts({
        type: "message_reviewed",
        id: effect.message ?? "",
        verdict: "passed: the arbiter's budget is spent",
        by: "rules",
      });
    } else if (state.decision === null) return facts(byRules(state, ruleDecision(state, registry), over.text));
  }
  return effects(...admitted);
}

function byRules(state: State, call: Call, why: string): Fact {
  return made(state, call, "rules", why);
}

function made(state: State, call: Call, by: string, why: string): Extract<Fact, { type: "decision_made" }> {
  return {
    type: "decision_made",
    id: `d${state.decisionCount + 1}`,
    name: call.name,
    arguments: { ...call.arguments },
    reason: `${call.reason ?? ""} ${why}`.trim(),
    by,
    fingerprint: fingerprint(state),
  };
}

/** The arbiter's turn: due when no decision is open and it is not thinking, or when the person spoke. */
function dueArbiter(state: State, registry: Registry): Due {
  const thinking = Object.values(state.effects).some(({ effect }) =>
    effect.kind === "ask" && effect.turn === null && (effect.purpose === "decide" || effect.purpose === "interpret")
  );
  if (thinking) return NOTHING;
  const unread = state.arbiter.unread;
  if (unread !== null) return dueInterpretation(state, registry, unread, { role: ARBITER, turn: null });
  const call = state.arbiter.calls[0];
  // Beside an open decision only an answer to what was heard is decided on; further calls of one reply wait for their turn.
  if (call !== undefined && (state.decision === null || state.arbiter.heard.length > 0)) {
    const wrong = refusal(state, registry, call);
    if (wrong !== null) return facts({ type: "decision_refused", name: call.name, reason: wrong, by: ARBITER });
    const decided = made(state, call, ARBITER, "");
    return state.decision === null ? facts(decided) : facts(decided, ...answerPerson(decided.id, call.arguments));
  }
  const spoken = state.words.length > 0;
  if (
    state.decision !== null && !spoken &&
    !(state.arbiter.heard.length > 0 && state.arbiter.fault !== null && state.arbiter.tries < 2)
  ) return NOTHING;
  const rules = rulesDrive(state, registry);
  if (rules !== null) {
    if (state.decision !== null) {
      return NOTHING;
    }
    return facts(byRules(state, ruleDecision(state, registry), rules));
  }
  const legal = state.decision === null ? legalDecisions(state, registry).map((tool) => tool.name) : ["answer_user"];
  if (legal.length === 0) {
    return facts(byRules(state, ruleDecision(state, registry), "No decision of the arbiter is legal."));
  }
  const role = registry.roles[ARBITER];
  const ask: AskEffect = {
    kind: "ask",
    key: `d${state.decisionCount + 1}.decide${state.effectCount}`,
    role: ARBITER,
    turn: null,
    purpose: "decide",
    legal,
    temperature: state.arbiter.tries === 0 ? 0 : role?.temperature ?? 0.3,
    seed: state.decisionCount * 10 + state.arbiter.tries + 1,
    answerLimit: 400,
    reserved: 0,
    not: state.arbiter.not ?? undefined,
  };
  return effects(reserve(state, registry, ask));
}

/** Why the rules decide instead of the arbiter; null when it is the arbiter's turn. */
function rulesDrive(state: State, registry: Registry): string | null {
  if (registry.roles[ARBITER] === undefined) return "There is no arbiter.";
  const spoken = state.words.length > 0;
  if (state.run?.mode === "off") return "The arbiter is off.";
  if (state.run?.mode === "observer" && !spoken && state.decisions.at(-1)?.ok !== false) return "The arbiter observes.";
  if (state.arbiter.tries >= registry.bounds.tries) {
    return `The arbiter gave no legal decision in ${state.arbiter.tries} tries${
      state.arbiter.fault === null ? "" : `: ${state.arbiter.fault}`
    }`;
  }
  if (!spoken && state.stale >= registry.bounds.stale) return `${state.stale} decisions changed nothing.`;
  return null;
}
