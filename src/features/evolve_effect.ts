import { withPiece } from "./attempts/piece.ts";
import { isDocument } from "../languages/document.ts";
import type { AskEffect, WriteFact } from "../effects/effect.ts";
import { spentBy, threadOf, withTurn } from "./evolve.ts";
import { interpretationClosed } from "../asks/evolve_interpretation.ts";
import { summaryClosed } from "../asks/evolve_summary.ts";
import type { Result, Stamped } from "./fact.ts";
import type { Outcome } from "./turns/outcome.ts";
import type { Measure } from "../prompt/prompt.ts";
import { INTERPRETER } from "./registry.ts";
import type { Exchange, OpenEffect, State, Turn, Unread } from "./state.ts";
import { estimateTokens, inline } from "../kernel/text.ts";

/** Weight of the newest count in the calibration of a model. */
const SMOOTHING = 0.3;

/**
 * Failures after which no prompt was read, or what was read is booked by its own fact: the host was not there, or refused the request.
 * After anything else the whole prompt may have been read.
 */
const UNREAD: ReadonlySet<Failed["failure"]> = new Set([
  "unreachable",
  "busy",
  "unauthorized",
  "rate_limited",
  "model_missing",
  "window_exceeded",
  "truncated",
  "tools_unsupported",
  "thinking_unsupported",
  "schema_refused",
  "load_failed",
  "bad_request",
]);

type Failed = Extract<Stamped, { type: "effect_failed" }>;
type Opening = Extract<Stamped, { type: "effect_opened" }>;
type Closing = Extract<
  Stamped,
  { type: "effect_finished" | "effect_failed" | "effect_refused" | "effect_cancelled" | "effect_unknown" }
>;
type Write = Extract<Stamped, { type: "write_opened" | "write_closed" | "command_opened" | "command_closed" }>;

/** What is so once an effect was opened. */
export function evolveOpening(state: State, fact: Opening): State {
  const effect = fact.effect;
  const opened: State = {
    ...state,
    effects: {
      ...state.effects,
      [effect.key]: { effect, openedAt: fact.at, placed: null, write: null, written: [], command: null },
    },
    effectCount: state.effectCount + 1,
  };
  switch (effect.kind) {
    case "ask": {
      const spent = { ...state.spent, reserved: state.spent.reserved + effect.reserved, turns: state.spent.turns + 1 };
      const own = spentBy(state, effect.role);
      const thread = threadOf(state, effect.role);
      const reserving: State = {
        ...opened,
        spent,
        spentByRole: {
          ...state.spentByRole,
          [effect.role]: { ...own, reserved: own.reserved + effect.reserved, turns: own.turns + 1 },
        },
        threads: { ...state.threads, [effect.role]: { ...thread, asks: thread.asks + 1 } },
      };
      if (effect.purpose === "interpret") return reserving;
      const turn = effect.turn === null ? undefined : state.turns[effect.turn];
      if (effect.purpose === "summarise") {
        return turn === undefined ? reserving : withTurn(reserving, { ...turn, summaryAsked: effect.summarises ?? 0 });
      }
      if (turn !== undefined) return withTurn(reserving, { ...turn, asks: turn.asks + 1 });
      return effect.purpose === "decide"
        ? { ...reserving, words: [], arbiter: { ...state.arbiter, heard: [...state.arbiter.heard, ...state.words] } }
        : reserving;
    }
    case "tool": {
      const turn = state.turns[effect.turn];
      if (turn === undefined) return opened;
      const trying = withPiece(opened, turn.id, effect.call);
      return withTurn(trying, { ...turn, toolCalls: turn.toolCalls + 1 });
    }
    case "prepare":
    case "check":
    case "take_back":
      return opened;
  }
}

/** What is so once an effect was closed. */
export function evolveClosing(state: State, fact: Closing): State {
  const open = state.effects[fact.key];
  if (open === undefined) return state;
  const effects = { ...state.effects };
  delete effects[fact.key];
  const closed = settle({ ...state, effects }, open, fact);
  if (fact.type === "effect_finished") return finish(closed, open, fact.result);
  return fail(closed, open, fact);
}

/** Gives back what an ask reserved and books what it used: counts of the server, else what was estimated and arrived. */
function settle(state: State, open: OpenEffect, fact: Closing): State {
  const effect = open.effect;
  if (effect.kind !== "ask") return state;
  const used = usedTokens(open, fact);
  const own = spentBy(state, effect.role);
  const turn = effect.turn === null ? undefined : state.turns[effect.turn];
  const settled: State = {
    ...state,
    spent: { ...state.spent, reserved: state.spent.reserved - effect.reserved, tokens: state.spent.tokens + used },
    spentByRole: {
      ...state.spentByRole,
      [effect.role]: { ...own, reserved: own.reserved - effect.reserved, tokens: own.tokens + used },
    },
  };
  return turn === undefined ? settled : withTurn(settled, { ...turn, tokens: turn.tokens + used });
}

function usedTokens(open: OpenEffect, fact: Closing): number {
  if (fact.type === "effect_finished") {
    if (fact.result.kind !== "ask") return 0;
    return (fact.result.promptTokens ?? fact.result.estimated) +
      (fact.result.answerTokens ?? estimateTokens(fact.result.text.chars));
  }
  if (open.placed === null) return 0;
  const partial = fact.type === "effect_failed" || fact.type === "effect_cancelled" ? fact.partial?.chars ?? 0 : 0;
  const counted = fact.type === "effect_failed" ? fact.answerTokens ?? null : null;
  const unread = fact.type === "effect_failed" && UNREAD.has(fact.failure);
  return unread ? 0 : open.placed.estimated + (counted ?? estimateTokens(partial));
}

function finish(state: State, open: OpenEffect, result: Result): State {
  const effect = open.effect;
  switch (result.kind) {
    case "ask":
      return effect.kind === "ask" ? finishAsk(state, effect, result) : state;
    case "prepare": {
      const turn = effect.kind === "prepare" ? state.turns[effect.turn] : undefined;
      if (turn === undefined) return state;
      return withTurn({ ...state, documents: result.files.filter(isDocument) }, {
        ...turn,
        prepared: {
          files: result.files,
          texts: result.texts,
          changes: result.changes,
          unread: result.unread,
          standards: result.standards,
          questions: result.questions,
          definitions: result.definitions,
        },
      });
    }
    case "tool": {
      const turn = effect.kind === "tool" ? state.turns[effect.turn] : undefined;
      if (turn === undefined || effect.kind !== "tool") return state;
      const said: Exchange = { from: "tool", name: effect.call.name, ok: true, text: result.text };
      const done: Turn = {
        ...turn,
        calls: turn.calls.slice(1),
        content: null,
        approved: null,
        exchange: [...turn.exchange, said],
      };
      return withTurn(state, result.outcome === null ? done : conclude(done, effect.key, result.outcome));
    }
    case "check": {
      const first = state.checks.first ?? result.results;
      // A check that hung is no slow one: what it took is the bound, and what comes next may be quick.
      const ms = result.hung === true ? state.checks.ms : result.ms;
      const checks = { first, latest: result.results, stale: false, commands: result.commands, ms };
      const turn = effect.kind === "check" ? state.turns[effect.cause] : undefined;
      const checked: State = {
        ...state,
        checks,
        attempt: state.attempt === null ? null : { ...state.attempt, after: result.results },
        decision: state.decision === null ? null : { ...state.decision, checked: true },
      };
      return turn === undefined ? checked : withTurn(checked, { ...turn, unchecked: [] });
    }
    case "take_back": {
      if (state.attempt === null) return state;
      return {
        ...state,
        kept: state.attempt.keptBefore,
        checks: { ...state.checks, latest: state.attempt.before, stale: result.left.length > 0 },
        attempt: { ...state.attempt, takenBack: true },
      };
    }
  }
}

/** What a concluding call means for the turn that made it. */
function conclude(turn: Turn, key: string, outcome: Outcome): Turn {
  const noted: Turn = { ...turn, outcomes: [...turn.outcomes, outcome] };
  switch (outcome.kind) {
    case "message_sent":
    case "specialist_asked":
      return { ...noted, outbox: [...turn.outbox, { key, outcome }] };
    case "planned":
      return { ...noted, closing: { ending: "finished", text: `${outcome.tasks.length} tasks proposed`, outcome } };
    case "issue_reported":
      return { ...noted, closing: { ending: "finished", text: `issue: ${outcome.description}`, outcome } };
    case "approved":
      return { ...noted, closing: { ending: "finished", text: `approved: ${outcome.notes}`, outcome } };
    case "answered":
      return { ...noted, closing: { ending: "finished", text: outcome.text, outcome } };
    case "task_finished":
      return { ...noted, closing: { ending: "finished", text: outcome.summary, outcome } };
  }
}

function finishAsk(state: State, effect: AskEffect, result: Extract<Result, { kind: "ask" }>): State {
  const thread = threadOf(state, effect.role);
  const measure = result.measure ?? "tokens";
  const before = state.ratios[result.model]?.[measure];
  const heard: State = {
    ...state,
    ratios: result.promptTokens === null || result.estimated === 0 ? state.ratios : withRatio(
      state.ratios,
      result.model,
      measure,
      smoothed(before, (before ?? 1) * result.promptTokens / result.estimated),
    ),
    doubts: holdingMore(state.doubts, `${result.host} ${result.model}`, result.promptTokens),
    threads: {
      ...state.threads,
      [effect.role]: { ...thread, promptTokens: result.promptTokens ?? result.estimated, proof: result.proof },
    },
  };
  if (effect.purpose === "interpret") return interpretationClosed(heard, effect, result.calls, true);
  if (effect.purpose === "summarise") return summaryClosed(heard, effect, result.summary ?? null, true);
  const unread: Unread | null = result.meant === undefined || effect.role === INTERPRETER ? null : {
    ask: effect.key,
    model: result.model,
    legal: effect.legal,
    fault: result.fault ?? "",
    meant: result.meant,
  };
  if (effect.purpose === "review") {
    const message = effect.message ?? "";
    return { ...heard, verdicts: { ...heard.verdicts, [message]: result.calls[0] ?? null } };
  }
  if (effect.turn === null) {
    const found = result.calls.length > 0;
    return {
      ...heard,
      arbiter: {
        ...heard.arbiter,
        calls: result.calls,
        tries: heard.arbiter.tries + 1,
        fault: found ? null : result.fault,
        reply: found ? null : result.text.text,
        unread: found ? null : unread,
        not: heard.arbiter.tries >= 1 && !found ? result.model : null,
      },
    };
  }
  const turn = heard.turns[effect.turn];
  if (turn === undefined) return heard;
  const said: Exchange = { from: "model", text: result.text, calls: result.calls, way: result.way };
  const exchange = [...turn.exchange, said];
  const told: Exchange[] = result.fault === null ? [] : [{ from: "application", text: inline(result.fault) }];
  if (effect.purpose === "text") {
    const got = result.content !== null;
    return withTurn(heard, {
      ...turn,
      failures: 0,
      exchange: [...exchange, ...told],
      content: result.content,
      faults: got ? 0 : turn.faults + 1,
    });
  }
  const got = result.calls.length > 0;
  // What may mean a call is no fault before the interpreter has looked at it.
  if (!got && unread !== null) return withTurn(heard, { ...turn, failures: 0, exchange, unread });
  return withTurn(heard, {
    ...turn,
    failures: 0,
    exchange: [...exchange, ...told],
    calls: result.calls,
    faults: got ? 0 : turn.faults + 1,
  });
}

/** The calibrations with one of them changed. */
function withRatio(ratios: State["ratios"], model: string, measure: Measure, ratio: number): State["ratios"] {
  return { ...ratios, [model]: { ...ratios[model], [measure]: ratio } };
}

/** What a model was found to hold, raised to what a later count proves. */
function holdingMore(doubts: State["doubts"], place: string, promptTokens: number | null): State["doubts"] {
  const doubt = doubts[place];
  if (doubt === undefined || doubt.holds === null || promptTokens === null || promptTokens <= doubt.holds) {
    return doubts;
  }
  return { ...doubts, [place]: { ...doubt, holds: promptTokens } };
}

/** One prompt moves the calibration by a part of the way: numbers and logs take other shares of tokens than code and prose. */
function smoothed(before: number | undefined, counted: number): number {
  return clamp(before === undefined ? counted : before + (counted - before) * SMOOTHING);
}

/** A ratio far from 1 is a miscount, not a tokenizer. */
function clamp(ratio: number): number {
  return Math.min(3, Math.max(0.3, ratio));
}

function fail(state: State, open: OpenEffect, fact: Exclude<Closing, { type: "effect_finished" }>): State {
  const effect = open.effect;
  const text = fact.type === "effect_failed" || fact.type === "effect_unknown"
    ? fact.text
    : fact.type === "effect_refused"
    ? fact.reason
    : `cancelled by ${fact.by}`;
  // Nobody learned anything from it: what was due is due again.
  const cutShort = fact.type === "effect_cancelled" || fact.type === "effect_failed" && fact.failure === "interrupted";
  switch (effect.kind) {
    case "ask": {
      const thread = threadOf(state, effect.role);
      const noted: State = cutShort ? state : {
        ...state,
        threads: { ...state.threads, [effect.role]: { ...thread, failures: thread.failures + 1 } },
        failures: [...state.failures, {
          at: fact.at,
          where: effect.role,
          failure: fact.type === "effect_failed" ? fact.failure : "refused" as const,
          text,
        }].slice(-8),
      };
      if (effect.purpose === "interpret") return interpretationClosed(noted, effect, [], !cutShort);
      if (effect.purpose === "summarise") return summaryClosed(noted, effect, null, !cutShort);
      if (effect.purpose === "review") {
        return { ...noted, verdicts: { ...noted.verdicts, [effect.message ?? ""]: null } };
      }
      const turn = effect.turn === null ? undefined : noted.turns[effect.turn];
      if (turn !== undefined) return withTurn(noted, { ...turn, failures: turn.failures + (cutShort ? 0 : 1) });
      if (effect.turn !== null) return noted;
      const not = open.placed?.model ?? null;
      return {
        ...noted,
        arbiter: {
          ...noted.arbiter,
          tries: noted.arbiter.tries + (cutShort ? 0 : 1),
          fault: null,
          reply: null,
          not,
        },
      };
    }
    case "tool": {
      const turn = state.turns[effect.turn];
      // An interrupted call is due again; whatever else happened is told to the model.
      if (turn === undefined || fact.type === "effect_failed" && fact.failure === "interrupted") return state;
      const said: Exchange = { from: "tool", name: effect.call.name, ok: false, text: inline(text) };
      return withTurn(state, {
        ...turn,
        calls: turn.calls.slice(1),
        content: null,
        approved: null,
        exchange: [...turn.exchange, said],
      });
    }
    case "prepare": {
      const turn = state.turns[effect.turn];
      if (turn === undefined || cutShort) return state;
      return withTurn(state, { ...turn, prepared: { files: [], texts: [], changes: null } });
    }
    case "check": {
      if (cutShort) return state;
      const broken = [{ name: "checks", passed: false, evidence: text, files: [] }];
      const failed: State = finish(state, open, {
        kind: "check",
        results: broken,
        commands: [],
        output: inline(text),
        ms: 0,
      });
      if (state.checks.first !== null) return failed;
      // Not what a run is measured by: tried once more, and then the start counts as unknown.
      return { ...failed, checks: { ...failed.checks, first: state.checks.latest === null ? null : [] } };
    }
    case "take_back":
      if (cutShort) return state;
      return state.attempt === null
        ? state
        : { ...state, attempt: { ...state.attempt, takenBack: true }, checks: { ...state.checks, stale: true } };
  }
}

/** What is so once a prompt was not heard as it was sent, or a count was found to be wrong. */
export function evolveDoubt(state: State, fact: Extract<Stamped, { type: "prompt_doubted" }>): State {
  const place = `${fact.host} ${fact.model}`;
  return {
    ...booked(state, fact.key, fact.tokens),
    // A refusal that only corrects the estimate takes nothing back that was found before.
    doubts: fact.finding === "refused" && fact.holds === null ? state.doubts : {
      ...state.doubts,
      [place]: { finding: fact.finding, holds: fact.holds ?? state.doubts[place]?.holds ?? null },
    },
    ratios: fact.ratio === null
      ? state.ratios
      : withRatio(state.ratios, fact.model, fact.measure ?? "tokens", clamp(fact.ratio)),
  };
}

/** What is so once a write or a command was recorded, before and after it touched the disk. */
export function evolveWrite(state: State, fact: Write): State {
  const open = state.effects[fact.key];
  if (open === undefined) return state;
  const withOpen = (change: Partial<OpenEffect>): State => ({
    ...state,
    effects: { ...state.effects, [fact.key]: { ...open, ...change } },
  });
  switch (fact.type) {
    case "write_opened":
      return withOpen({ write: fact.write });
    case "write_closed":
      return written(
        withOpen({ write: null, written: fact.done ? [...open.written, fact.write.path] : open.written }),
        open,
        fact.done ? [fact.write] : [],
      );
    case "command_opened":
      return withOpen({ command: { words: fact.command, snapshot: fact.snapshot } });
    case "command_closed":
      return written(withOpen({ command: null }), open, fact.writes);
  }
}

function written(state: State, open: OpenEffect, writes: readonly WriteFact[]): State {
  if (writes.length === 0) return state;
  const files = { ...state.files };
  for (const write of writes) {
    const original = files[write.path] === undefined ? write.before : files[write.path]!.original;
    files[write.path] = { original, current: write.after };
  }
  if (open.effect.kind === "take_back") return { ...state, files };
  // What a check writes makes its own results no staler. With the attempt only new files and its own ones are taken back: any
  // other may have been changed meanwhile by the person.
  const checking = open.effect.kind === "check";
  const own = new Set(state.attempt?.writes.map((write) => write.path));
  const ours = checking ? writes.filter((write) => write.before === null || own.has(write.path)) : writes;
  const changed: State = {
    ...state,
    files,
    kept: state.kept + (checking ? 0 : writes.length),
    checks: checking ? state.checks : { ...state.checks, stale: true },
    attempt: state.attempt === null ? null : {
      ...state.attempt,
      writes: [...state.attempt.writes, ...ours],
      after: checking ? state.attempt.after : null,
    },
  };
  const turn = open.effect.kind === "tool" ? state.turns[open.effect.turn] : undefined;
  const paths = writes.map((write) => write.path);
  return turn === undefined ? changed : withTurn(changed, { ...turn, unchecked: [...turn.unchecked, ...paths] });
}

/**
 * Books tokens that an open ask spent on a reply that does not count.
 *
 * @param state what is so
 * @param key the ask
 * @param tokens tokens of prompt and reply
 * @returns the state with them spent
 */
export function booked(state: State, key: string, tokens: number): State {
  const spent = { ...state.spent, tokens: state.spent.tokens + tokens };
  const effect = state.effects[key]?.effect;
  if (effect?.kind !== "ask") return { ...state, spent };
  const own = spentBy(state, effect.role);
  const spentByRole = { ...state.spentByRole, [effect.role]: { ...own, tokens: own.tokens + tokens } };
  return { ...state, spent, spentByRole };
}
