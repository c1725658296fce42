import type { Limits } from "./limits.ts";

/** What was spent and what is set aside. */
export interface Spending {
  readonly tokens: number;
  readonly reserved: number;
  readonly turns: number;
}

/** What a run and its roles may spend, and have spent. */
export interface SpendingSlice {
  /** Limits of the run; null before it began. */
  readonly limits: Limits | null;
  /** Limits of single roles. */
  readonly roleLimits: Readonly<Record<string, Limits>>;
  /** By the whole run. */
  readonly run: Spending;
  readonly byRole: Readonly<Record<string, Spending>>;
}

/** What an effect sets aside before it opens: tokens, for a role. */
export interface Cost {
  readonly role: string;
  readonly reserved: number;
}

/** A limit that an effect would break: whose it is, and a sentence. */
export interface OverBudget {
  readonly whose: "run" | "role";
  readonly text: string;
}

/** A part of a state that tells what may be spent. */
type Spends = { readonly spending: SpendingSlice };

/** Nothing spent. */
export const NOTHING_SPENT: Spending = { tokens: 0, reserved: 0, turns: 0 };

/** Spending of a role. */
function spentBy({ spending }: Spends, role: string): Spending {
  return spending.byRole[role] ?? NOTHING_SPENT;
}

/**
 * Says which limit an effect would break.
 *
 * @returns null when there is room
 */
export function overBudget(state: Spends, { role, reserved }: Cost): OverBudget | null {
  const { limits, roleLimits, run } = state.spending;
  const whole = limits === null ? null : over(limits, run, reserved);
  if (whole !== null) return { whose: "run", text: `The run's budget is spent: ${whole}.` };
  const own = roleLimits[role];
  const single = own === undefined ? null : over(own, spentBy(state, role), reserved);
  return single === null ? null : { whose: "role", text: `The budget of ${role} is spent: ${single}.` };
}

/** Gives the state as if an effect were open already: what the next one may still spend. */
export function setAside<S extends Spends>(state: S, cost: Cost): S {
  const { role, reserved } = cost;
  return { ...state, spending: changed(state.spending, role, { reserved, turns: 1, tokens: 0 }) };
}

/** Adds to what a role, and with it the run, has spent and set aside. */
export function changed(spending: SpendingSlice, role: string | null, add: Spending): SpendingSlice {
  const run = sum(spending.run, add);
  if (role === null) return { ...spending, run };
  return { ...spending, run, byRole: { ...spending.byRole, [role]: sum(spending.byRole[role] ?? NOTHING_SPENT, add) } };
}

function sum(spent: Spending, add: Spending): Spending {
  return {
    tokens: spent.tokens + add.tokens,
    reserved: spent.reserved + add.reserved,
    turns: spent.turns + add.turns,
  };
}

/**
 * Counts the tokens that an open ask may use beyond what it set aside.
 *
 * @returns tokens that the run and the role have left; Infinity where nothing limits them
 */
export function tokensLeft(state: Spends, role: string): number {
  const left = (limits: Limits | null | undefined, spent: Spending) =>
    (limits?.tokens ?? Infinity) - spent.tokens - spent.reserved;
  const { limits, roleLimits, run } = state.spending;
  return Math.min(left(limits, run), left(roleLimits[role], spentBy(state, role)));
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
