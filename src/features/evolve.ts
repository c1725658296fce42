import type { CheckFact, Stamped } from "./fact.ts";
import { booked, evolveClosing, evolveDoubt, evolveOpening, evolveWrite } from "./evolve_effect.ts";
import { notInterpreted } from "../asks/evolve_interpretation.ts";
import { isPending } from "./messages/message.ts";
import { withPiece } from "./attempts/piece.ts";
import { evolveMessage } from "./messages/evolve_message.ts";
import { decisionKey } from "./decisions/fingerprint.ts";
import { isOpen, mayBecome } from "./tasks/task.ts";
import { countSlips } from "./slips.ts";
import { count, type CountContext } from "./statistics.ts";
import { type Decision, NOT_ASKED, NOTHING_SPENT, type State, type Turn } from "./state.ts";
import { inline } from "../kernel/text.ts";

const KEPT_DECISIONS = 12;
const KEPT_PAST = 6;
const KEPT_FAILURES = 8;

/**
 * Says what is so after a fact: the fold that replay, resume and the live run share.
 *
 * @param state what was so
 * @param fact what happened
 * @returns what is so now
 */
export function evolve(state: State, fact: Stamped): State {
  const next = clock(state, apply(state, fact), fact);
  const statistics = count(state.statistics, fact, aboutOf(state, fact));
  return { ...next, seq: fact.seq, at: fact.at, statistics, slips: countSlips(state, fact) };
}

/** Time stands still while the run is paused, while only a person's answer is missing, and between a stop and its resume. */
function clock(before: State, after: State, fact: Stamped): State {
  if (after.run === null) return after;
  const since = fact.type === "run_resumed" ? before.stillSince ?? before.at : before.stillSince;
  const still = after.paused || after.questions.length > 0 && isEmpty(after.effects);
  if (since === null) return still ? { ...after, stillSince: fact.at } : after;
  if (still && fact.type !== "run_resumed") return after;
  const run = { ...after.run, idleMs: after.run.idleMs + fact.at - since };
  return { ...after, run, stillSince: still ? fact.at : null };
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return false;
  return true;
}

/** Without a person nobody pauses or holds: what waited for the keyboard goes on. */
function letGo(state: State): Pick<State, "paused" | "holds" | "messages"> {
  const messages = state.messages.map((message) =>
    message.status === "held" ? { ...message, status: "queued" as const } : message
  );
  return { paused: false, holds: [], messages };
}

/**
 * Folds many facts.
 *
 * @param facts facts in order
 * @param from state to begin with
 * @returns the state after all of them
 */
export function fold(facts: Iterable<Stamped>, from: State): State {
  let state = from;
  for (const fact of facts) state = evolve(state, fact);
  return state;
}

function apply(state: State, fact: Stamped): State {
  switch (fact.type) {
    case "run_started":
      return {
        ...state,
        trusted: fact.trusted,
        run: {
          id: fact.run,
          project: fact.project,
          goal: fact.goal,
          mode: fact.mode,
          headless: fact.headless,
          label: fact.label,
          startedAt: fact.at,
          limits: fact.limits,
          roleLimits: fact.roleLimits,
          dirty: fact.dirty,
          idleMs: 0,
        },
      };
    case "run_resumed":
      return state.run === null ? state : {
        ...state,
        ending: null,
        summaryMisses: 0,
        run: { ...state.run, headless: fact.headless },
        ...(fact.headless ? letGo(state) : {}),
      };
    case "crew_assembled":
      return { ...state, crew: fact.roles, tools: fact.tools };
    case "run_paused":
      return { ...state, paused: true, personSeq: fact.seq };
    case "run_unpaused":
      return { ...state, paused: false, personSeq: fact.seq };
    case "run_ended":
      return { ...state, ending: { kind: fact.kind, cause: fact.cause, at: fact.at } };
    case "limits_raised":
      return state.run === null ? state : { ...state, run: { ...state.run, limits: fact.limits } };
    case "phase_changed":
      return { ...state, phase: fact.phase };
    case "effect_opened":
      return evolveOpening(state, fact);
    case "effect_finished":
    case "effect_failed":
    case "effect_refused":
    case "effect_cancelled":
    case "effect_unknown":
      return evolveClosing(state, fact);
    case "ask_placed": {
      const open = state.effects[fact.key];
      if (open === undefined || open.effect.kind !== "ask") return state;
      const role = open.effect.role;
      const placed = {
        host: fact.host,
        model: fact.model,
        way: fact.way,
        window: fact.window,
        estimated: fact.estimated,
        at: fact.at,
        reason: fact.reason,
        ...(fact.wayReason === undefined ? {} : { wayReason: fact.wayReason }),
      };
      const thread = threadOf(state, role);
      return {
        ...state,
        effects: { ...state.effects, [fact.key]: { ...open, placed } },
        threads: {
          ...state.threads,
          [role]: {
            ...thread,
            host: fact.host,
            model: fact.model,
            billions: fact.billions ?? null,
            way: fact.way,
            wayReason: fact.wayReason ?? null,
            window: fact.window,
            promptTokens: fact.estimated,
            proof: "estimated",
          },
        },
      };
    }
    case "prompts_changed":
      return { ...state, prompts: { files: fact.files, faults: fact.faults, at: fact.at } };
    case "prompt_doubted":
      return evolveDoubt(state, fact);
    case "way_refused":
      return booked(state, fact.key, fact.tokens);
    case "model_audited":
      return {
        ...state,
        audits: {
          ...state.audits,
          [`${fact.host} ${fact.model}`]: {
            finding: fact.finding,
            reason: fact.reason,
            digest: fact.digest,
            version: fact.version,
          },
        },
      };
    case "interpreter_changed":
      return {
        ...state,
        interpreter: fact.host === null || fact.model === null
          ? null
          : { host: fact.host, model: fact.model, misses: 0 },
      };
    case "interpretation_skipped":
      return notInterpreted(state, fact.turn, fact.ask);
    case "write_opened":
    case "write_closed":
    case "command_opened":
    case "command_closed":
      return evolveWrite(state, fact);
    case "decision_made": {
      const decision: Decision = {
        id: fact.id,
        name: fact.name,
        arguments: fact.arguments,
        reason: fact.reason,
        by: fact.by,
        fingerprint: fact.fingerprint,
        at: fact.at,
        outcome: null,
        ok: null,
      };
      const key = decisionKey(state, fact.name, fact.arguments);
      const before = state.seen[fact.fingerprint];
      const made = (before?.[key] ?? 0) + 1;
      if (state.decision !== null) {
        // Only an answer to the person is given beside an open decision.
        return {
          ...state,
          decisions: [...state.decisions, decision].slice(-KEPT_DECISIONS),
          decisionCount: state.decisionCount + 1,
          arbiter: NOT_ASKED,
        };
      }
      return {
        ...state,
        decision: {
          ...decision,
          task: null,
          attempts: 0,
          message: null,
          turn: null,
          turnsOver: [],
          checked: false,
          question: null,
        },
        decisionCount: state.decisionCount + 1,
        seen: { ...state.seen, [fact.fingerprint]: { ...before, [key]: made } },
        stale: before === undefined ? 0 : state.stale + 1,
        arbiter: { ...NOT_ASKED, calls: fact.by === "arbiter" ? state.arbiter.calls.slice(1) : [] },
      };
    }
    case "decision_refused":
      return {
        ...state,
        arbiter: {
          ...state.arbiter,
          calls: state.arbiter.calls.slice(1),
          tries: state.arbiter.tries + 1,
          fault: fact.reason,
        },
        failures: [...state.failures, {
          at: fact.at,
          where: `decision ${fact.name}`,
          failure: "refused" as const,
          text: fact.reason,
        }].slice(-KEPT_FAILURES),
      };
    case "decision_closed": {
      if (state.decision === null || state.decision.id !== fact.id) {
        const decisions = state.decisions.map((one) =>
          one.id === fact.id ? { ...one, outcome: fact.outcome, ok: fact.ok } : one
        );
        return { ...state, decisions };
      }
      const { id, name, arguments: args, reason, by, fingerprint, at } = state.decision;
      const closed: Decision = {
        id,
        name,
        arguments: args,
        reason,
        by,
        fingerprint,
        at,
        outcome: fact.outcome,
        ok: fact.ok,
      };
      return { ...state, decision: null, decisions: [...state.decisions, closed].slice(-KEPT_DECISIONS) };
    }
    case "tasks_planned":
      return {
        ...state,
        tasks: [...state.tasks, ...fact.tasks],
        plans: state.plans + (fact.by === "review" || fact.by === "documentation" ? 0 : 1),
      };
    case "task_changed": {
      const task = state.tasks.find((one) => one.id === fact.id);
      if (task === undefined || !mayBecome(task.status, fact.status)) return state;
      const tasks = state.tasks.map((one) =>
        one.id === fact.id ? { ...one, status: fact.status, reason: fact.reason } : one
      );
      const parkedAt = fact.status === "parked" ? { ...state.parkedAt, [fact.id]: state.kept } : state.parkedAt;
      const decision = state.decision !== null && fact.status === "in_progress"
        ? { ...state.decision, task: fact.id }
        : state.decision;
      const documented = task.kind === "documentation" && !isOpen({ status: fact.status })
        ? state.kept
        : state.documented;
      return { ...state, tasks, parkedAt, decision, documented };
    }
    case "attempt_opened":
      return {
        ...state,
        attempt: {
          task: fact.task,
          number: fact.number,
          role: fact.role,
          temperature: fact.temperature,
          seed: fact.seed,
          before: state.checks.latest ?? [],
          keptBefore: state.kept,
          writes: [],
          turn: null,
          after: null,
          takenBack: false,
          pieces: [],
          summary: "",
        },
        decision: state.decision === null
          ? null
          : { ...state.decision, attempts: state.decision.attempts + 1, message: null, turn: null },
      };
    case "attempt_closed": {
      const past = [...(state.attempts[fact.task] ?? []), {
        number: fact.number,
        role: state.attempt?.role ?? "",
        verdict: fact.verdict,
        summary: fact.summary,
        writes: fact.verdict === "kept" ? [] : state.attempt?.writes ?? [],
        pieces: state.attempt?.pieces ?? [],
      }];
      return {
        ...state,
        attempt: null,
        attempts: { ...state.attempts, [fact.task]: past },
        failures: fact.verdict === "kept" || isNeedless(state, fact) ? state.failures : [
          ...state.failures,
          {
            at: fact.at,
            where: `${fact.task}, attempt ${fact.number}`,
            failure: fact.verdict,
            text: fact.summary,
          },
        ].slice(-KEPT_FAILURES),
      };
    }
    case "turn_opened": {
      const turn: Turn = {
        id: fact.id,
        role: fact.role,
        message: fact.message,
        purpose: fact.purpose,
        tools: fact.tools,
        temperature: fact.temperature,
        seed: fact.seed,
        decision: state.decision?.id ?? null,
        attempt: state.attempt !== null && fact.purpose !== "reply"
          ? `${state.attempt.task}.${state.attempt.number}`
          : null,
        prepared: null,
        exchange: [],
        summary: null,
        summaryAsked: 0,
        calls: [],
        content: null,
        asks: 0,
        toolCalls: 0,
        unread: null,
        faults: 0,
        failures: 0,
        outcomes: [],
        unchecked: [],
        approved: null,
        waitsFor: null,
        tokens: 0,
        outbox: [],
        closing: null,
      };
      const own = fact.purpose !== "reply";
      return {
        ...state,
        turns: { ...state.turns, [fact.id]: turn },
        turnCount: state.turnCount + 1,
        attempt: state.attempt !== null && own ? { ...state.attempt, turn: fact.id } : state.attempt,
        decision: state.decision !== null && own ? { ...state.decision, turn: fact.id } : state.decision,
      };
    }
    case "turn_closed": {
      const turn = state.turns[fact.id];
      if (turn === undefined) return state;
      const turns = { ...state.turns };
      delete turns[fact.id];
      const over = {
        id: turn.id,
        role: turn.role,
        ending: fact.ending,
        text: fact.text,
        outcomes: turn.outcomes,
        files: turn.prepared?.files ?? [],
      };
      const thread = threadOf(state, turn.role);
      const line = `${turn.purpose}: ${fact.ending}: ${fact.text}`.slice(0, 300);
      return {
        ...state,
        turns,
        questions: state.questions.filter((question) => question.turn !== turn.id),
        attempt: state.attempt?.turn === turn.id ? { ...state.attempt, summary: fact.text } : state.attempt,
        decision: state.decision?.turn === turn.id
          ? { ...state.decision, turn: null, message: null, turnsOver: [...state.decision.turnsOver, over] }
          : state.decision,
        threads: { ...state.threads, [turn.role]: { ...thread, past: [...thread.past, line].slice(-KEPT_PAST) } },
        reviews: turn.purpose === "review" ? state.reviews + 1 : state.reviews,
        failures: fact.ending === "no_call"
          ? [...state.failures, { at: fact.at, where: turn.role, failure: "no_call" as const, text: fact.text }].slice(
            -KEPT_FAILURES,
          )
          : state.failures,
      };
    }
    case "call_given": {
      const turn = state.turns[fact.turn];
      if (turn === undefined) return state;
      // The prompts that follow show it as what was called: the text that comes next belongs to it.
      const said = inline(JSON.stringify(fact.call));
      const given = { from: "model" as const, text: said, calls: [fact.call], way: "constrained" as const };
      return withTurn(state, { ...turn, calls: [fact.call], exchange: [...turn.exchange, given] });
    }
    case "call_refused": {
      const turn = state.turns[fact.turn];
      if (turn === undefined) return state;
      const refused = {
        from: "tool" as const,
        name: fact.name,
        ok: false,
        text: { text: fact.reason, chars: fact.reason.length },
      };
      return withTurn(withPiece(state, turn.id, turn.calls[0]), {
        ...turn,
        calls: turn.calls.slice(1),
        content: null,
        approved: null,
        waitsFor: null,
        exchange: [...turn.exchange, refused],
      });
    }
    case "turn_told": {
      const turn = state.turns[fact.turn];
      if (turn === undefined) return state;
      const told = { from: "application" as const, text: { text: fact.text, chars: fact.text.length } };
      const waitsFor = isAwaited(state, turn) ? turn.waitsFor : null;
      return withTurn(state, { ...turn, waitsFor, exchange: [...turn.exchange, told] });
    }
    case "message_sent":
    case "message_released":
    case "message_edited":
    case "message_redirected":
    case "message_reviewed":
    case "message_in_prompt":
    case "message_answered":
    case "message_dropped":
    case "message_expired":
    case "hold_placed":
    case "hold_lifted":
      return evolveMessage(state, fact);
    case "question_asked": {
      const { id, kind, text, context, turn, at } = fact;
      const asked = { ...state, questions: [...state.questions, { id, kind, text, context, turn, at }] };
      if (turn !== null && state.turns[turn] !== undefined) {
        return withTurn(asked, { ...state.turns[turn], waitsFor: id });
      }
      return state.decision !== null && kind === "input"
        ? { ...asked, decision: { ...state.decision, question: id } }
        : asked;
    }
    case "question_answered": {
      const question = state.questions.find((one) => one.id === fact.id);
      const answered: State = {
        ...state,
        questions: state.questions.filter((one) => one.id !== fact.id),
        personSeq: fact.seq,
      };
      if (question === undefined) return answered;
      if (question.kind === "trust") return { ...answered, trusted: fact.approved, denied: !fact.approved };
      const turn = question.turn === null ? undefined : state.turns[question.turn];
      if (turn !== undefined) return withTurn(answered, { ...turn, waitsFor: null, approved: fact.approved });
      if (state.decision?.question === fact.id) {
        const over = {
          id: fact.id,
          role: "person",
          ending: fact.approved ? "answered" : "denied",
          text: fact.text,
          outcomes: [],
          files: [],
        };
        return {
          ...answered,
          said: fact.text === "" ? state.said : [...state.said, fact.text].slice(-KEPT_PAST),
          decision: { ...state.decision, question: null, turnsOver: [...state.decision.turnsOver, over] },
        };
      }
      return answered;
    }
    case "model_probed":
      return { ...state, spent: { ...state.spent, tokens: state.spent.tokens + fact.tokens } };
    case "person_told":
    case "memory_failed":
      return state;
  }
}

/** Whether an attempt changed nothing because its task, which no check asks for, needs no change. */
function isNeedless(state: State, { task, verdict }: { readonly task: string; readonly verdict: string }): boolean {
  return verdict === "empty" && state.tasks.some((one) => one.id === task && one.kind !== "work");
}

/** The thread of a role, empty where it has none yet. */
export function threadOf(state: State, role: string): State["threads"][string] {
  return state.threads[role] ?? {
    role,
    host: null,
    model: null,
    way: null,
    wayReason: null,
    window: null,
    promptTokens: null,
    proof: null,
    past: [],
    asks: 0,
    failures: 0,
  };
}

/** Whether what a turn waits for can still come: a question to the person, its own message, or the answer to it. */
function isAwaited(state: State, turn: Turn): boolean {
  const id = turn.waitsFor;
  return state.questions.some((question) => question.id === id) ||
    state.messages.some((message) =>
      message.id === id && (isPending(message) || message.status === "in_prompt") ||
      message.answers === id && message.to === turn.role && isPending(message)
    );
}

/** The state with one turn replaced. */
export function withTurn(state: State, turn: Turn): State {
  return { ...state, turns: { ...state.turns, [turn.id]: turn } };
}

/** Spending of a role. */
export function spentBy(state: State, role: string): State["spent"] {
  return state.spentByRole[role] ?? NOTHING_SPENT;
}

/** Results that fail, of a list of results. */
export function failing(results: readonly CheckFact[] | null): readonly CheckFact[] {
  return (results ?? []).filter((result) => !result.passed);
}

/** Tasks that still want work or review. */
export function openTasks(state: State): State["tasks"] {
  return state.tasks.filter(isOpen);
}

const ABOUT_NOTHING: CountContext = { role: null, purpose: null, host: null, model: null, tool: null, decision: null };

function aboutOf(state: State, fact: Stamped): CountContext {
  if (fact.type === "effect_finished" || fact.type === "effect_failed") {
    const open = state.effects[fact.key];
    if (open === undefined) return ABOUT_NOTHING;
    const effect = open.effect;
    return {
      role: effect.kind === "ask" ? effect.role : null,
      purpose: effect.kind === "ask" ? effect.purpose : null,
      host: open.placed?.host ?? null,
      model: open.placed?.model ?? null,
      tool: effect.kind === "tool" ? effect.call.name : null,
      decision: null,
    };
  }
  if (fact.type === "decision_closed") {
    const closed = state.decision?.id === fact.id ? state.decision : state.decisions.find((one) => one.id === fact.id);
    return { ...ABOUT_NOTHING, decision: closed?.name ?? null };
  }
  return ABOUT_NOTHING;
}
