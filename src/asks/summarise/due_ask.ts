import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import { stepOf } from "../../features/attempts/strategy_of.ts";
import { ANALYSIS, type Due, type Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { roleOfSeat } from "../../features/seats/seat.ts";
import { modelOf } from "../../features/threads/model_size.ts";
import type { Turn } from "../../features/turns/slice.ts";
import { overBudget, setAside } from "../../kernel/budget.ts";
import { effects } from "../../kernel/owed.ts";
import { CHARS_PER_TOKEN, estimateTokens } from "../../kernel/text.ts";
import { compactedEntries } from "../../prompt/exchange.ts";
import { charsOfHead, charsOfReminder, charsOfTools, toolsTold } from "../../prompt/expected_chars.ts";
import { HEAD, roomIn } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import { reserve, windowOf } from "../../prompt/reserve.ts";
import { charsUpTo } from "./chars_up_to.ts";
import { summaryOf } from "./slice.ts";

/** Most tokens of a summary: few lines, since it stands in every later prompt of the turn. */
const ANSWER_LIMIT = 400;
/** Part of a window that a summary may take at most. */
const PART = 8;
/** Summaries in a row that came to nothing before the rules alone make them. */
const MISSES = 3;

/**
 * Says what is owed before a turn's next ask can be made: the ask itself or, where its window can no longer hold the exchange, first
 * a summary of the part that has to go, by the analysis specialist. Each part is summarised at most once, whatever becomes of it; where
 * no summary comes the rules make one.
 *
 * @param ask its next ask, with nothing reserved
 * @returns one ask, with its reserve
 */
export function dueAsk(state: State, registry: Registry, turn: Turn, ask: AskEffect): Due {
  const next = reserve(state, registry, ask);
  const entries = entriesToGo(state, registry, turn, ask);
  if (entries <= summaryOf(state, turn.id).asked) return effects(next);
  return effects(summaryBefore(state, registry, turn, next, entries) ?? next);
}

/** How many entries at the beginning of a turn's exchange its next prompt will have no room for, by the lengths of its parts. */
function entriesToGo(state: State, registry: Registry, turn: Turn, ask: AskEffect): number {
  // A text that is asked for by itself is asked for without the exchange.
  if (ask.purpose === "text" && stepOf(state, registry, turn).form !== null) return 0;
  const ratio = state.models[modelOf(state, registry, turn.role)]?.ratios.characters ?? 1;
  const data = estimateTokens(charsOfTools(toolsTold(state, registry, turn)), ratio);
  const room = roomIn(holdsOf(state, registry, turn.role), ask.answerLimit, data, ratio);
  const around = charsOfHead(state, registry, ask, turn) + charsOfReminder(state, turn.role);
  const head = Math.min(estimateTokens(around, ratio), Math.floor(room * HEAD));
  return compactedEntries(turn.exchange, room - head, meterOf({ ratio }), registry, summaryOf(state, turn.id).summary);
}

/** Tokens that the place of a role's last ask holds: the window of the role, or less where that is known. */
function holdsOf(state: State, registry: Registry, role: string): number {
  const { window, host, model } = state.threads[role] ?? {};
  const holds = state.models[model ?? ""]?.hosts[host ?? ""]?.doubt?.holds;
  return Math.min(windowOf(registry, role), window ?? Infinity, holds ?? Infinity);
}

/** The ask of the analysis specialist; null where there is none, where it came to nothing too often, or where it would cost the next ask. */
function summaryBefore(
  state: State,
  registry: Registry,
  turn: Turn,
  next: AskEffect,
  entries: number,
): AskEffect | null {
  if (registry.roles[ANALYSIS] === undefined || state.summaries.misses >= MISSES) return null;
  const smallest = Math.min(holdsOf(state, registry, turn.role), windowOf(registry, ANALYSIS));
  const answerLimit = Math.min(ANSWER_LIMIT, Math.floor(smallest / PART));
  // What is shorter than a summary may be is none the better for one.
  if (charsUpTo(turn, summaryOf(state, turn.id).summary, entries) <= answerLimit * CHARS_PER_TOKEN) return null;
  const ask: AskEffect = {
    kind: "ask",
    key: `${turn.id}.summary${state.effects.count}`,
    role: ANALYSIS,
    turn: turn.id,
    purpose: "summarise",
    summarises: entries,
    legal: [],
    temperature: 0,
    seed: 1,
    answerLimit,
    reserved: 0,
  };
  const summary = reserve(state, registry, ask);
  if (overBudget(state, summary) !== null) return null;
  // What a seat spends is its role's.
  const { reserved } = next;
  return overBudget(setAside(state, summary), { role: roleOfSeat(next.role), reserved }) === null ? summary : null;
}
