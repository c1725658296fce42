import { overBudget, setAside } from "../kernel/budget.ts";
import { type Due, effects } from "../kernel/due.ts";
import type { AskEffect } from "../effects/effect.ts";
import { charsUpTo } from "./evolve_summary.ts";
import { ANALYSIS, type Registry } from "../features/registry.ts";
import { expectedPrompt, reserveFor, windowOf } from "../prompt/reserve.ts";
import type { State, Turn } from "../features/state.ts";
import { CHARS_PER_TOKEN } from "../kernel/text.ts";

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
 * @param state what is so
 * @param registry what the crew offers
 * @param turn the turn
 * @param ask its next ask, with nothing reserved
 * @returns one ask, with its reserve
 */
export function dueAsk(state: State, registry: Registry, turn: Turn, ask: AskEffect): Due {
  const prompt = expectedPrompt(state, registry, ask);
  const next = reserveFor(registry, ask, prompt);
  const held = heldOf(state, registry, turn.role);
  const compacted = held === null ? prompt.compacted : expectedPrompt(state, registry, ask, held).compacted;
  if (compacted <= turn.summaryAsked) return effects(next);
  return effects(summaryBefore(state, registry, turn, next, compacted) ?? next);
}

/** What the place of a role's last ask holds, where that is less than the window of the role; null where it is not known to be less. */
function heldOf(state: State, registry: Registry, role: string): { window: number; most?: number } | null {
  const thread = state.threads[role];
  const wanted = windowOf(registry, role);
  const window = Math.min(wanted, thread?.window ?? wanted);
  const most = state.doubts[`${thread?.host} ${thread?.model}`]?.holds ?? undefined;
  return window === wanted && most === undefined ? null : { window, most };
}

/** The ask of the analysis specialist; null where there is none, where it came to nothing too often, or where it would cost the next ask. */
function summaryBefore(
  state: State,
  registry: Registry,
  turn: Turn,
  next: AskEffect,
  entries: number,
): AskEffect | null {
  if (registry.roles[ANALYSIS] === undefined || state.summaryMisses >= MISSES) return null;
  const { window, most = window } = heldOf(state, registry, turn.role) ?? { window: windowOf(registry, turn.role) };
  const smallest = Math.min(window, most, windowOf(registry, ANALYSIS));
  const answerLimit = Math.min(ANSWER_LIMIT, Math.floor(smallest / PART));
  // What is shorter than a summary may be is none the better for one.
  if (charsUpTo(turn, entries) <= answerLimit * CHARS_PER_TOKEN) return null;
  const ask: AskEffect = {
    kind: "ask",
    key: `${turn.id}.summary${state.effectCount}`,
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
  const prompt = expectedPrompt(state, registry, ask);
  if (prompt.overflow) return null;
  const summary = reserveFor(registry, ask, prompt);
  if (overBudget(state, ANALYSIS, summary.reserved) !== null) return null;
  return overBudget(setAside(state, summary), next.role, next.reserved) === null ? summary : null;
}
