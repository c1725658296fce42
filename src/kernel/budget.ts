import type { AskEffect } from "../effects/effect.ts";
import { spentBy } from "../features/evolve.ts";
import type { Limits } from "../features/fact.ts";
import type { Spending, State } from "../features/state.ts";

/**
 * Says which limit an ask would break.
 *
 * @param state what is so
 * @param role who would ask
 * @param reserve tokens the ask would set aside
 * @returns whose limit it is and a sentence, or null when there is room
 */
export function overBudget(
  state: State,
  role: string,
  reserve: number,
): { readonly whose: "run" | "role"; readonly text: string } | null {
  const run = state.run;
  if (run === null) return null;
  const whole = over(run.limits, state.spent, reserve);
  if (whole !== null) return { whose: "run", text: `The run's budget is spent: ${whole}.` };
  const own = run.roleLimits[role];
  const single = own === undefined ? null : over(own, spentBy(state, role), reserve);
  return single === null ? null : { whose: "role", text: `The budget of ${role} is spent: ${single}.` };
}

/**
 * Gives the state as if an ask were open already: what the next one may still spend.
 *
 * @param state what is so
 * @param ask the ask, with its reserve
 * @returns the state with its tokens set aside
 */
export function setAside(state: State, ask: AskEffect): State {
  const add = (spent: Spending): Spending => ({
    ...spent,
    reserved: spent.reserved + ask.reserved,
    turns: spent.turns + 1,
  });
  return {
    ...state,
    spent: add(state.spent),
    spentByRole: { ...state.spentByRole, [ask.role]: add(spentBy(state, ask.role)) },
  };
}

/**
 * Counts the tokens that an open ask may use beyond what it set aside.
 *
 * @param state what is so, the ask's own reserve in it
 * @param role who asks
 * @returns tokens that the run and the role have left; Infinity where nothing limits them
 */
export function tokensLeft(state: State, role: string): number {
  const left = (limits: Limits | undefined, spent: Spending) =>
    (limits?.tokens ?? Infinity) - spent.tokens - spent.reserved;
  return Math.min(left(state.run?.limits, state.spent), left(state.run?.roleLimits[role], spentBy(state, role)));
}

function over(limits: Limits, spent: Spending, reserve: number): string | null {
  if (limits.turns !== null && spent.turns + 1 > limits.turns) {
    return `${spent.turns} of ${limits.turns} asks were made`;
  }
  if (limits.tokens !== null && spent.tokens + spent.reserved + reserve > limits.tokens) {
    return `${
      spent.tokens + spent.reserved
    } of ${limits.tokens} tokens are used or set aside, and the next ask needs up to ${reserve}`;
  }
  return null;
}

/**
 * Counts the time that a run was at work.
 *
 * @param state what is so
 * @param now present time, ms
 * @returns milliseconds, without pauses and without the time between a stop and its resume
 */
export function elapsed(state: State, now: number): number {
  if (state.run === null) return 0;
  const until = state.stillSince ?? state.ending?.at ?? now;
  return Math.max(0, until - state.run.startedAt - state.run.idleMs);
}
