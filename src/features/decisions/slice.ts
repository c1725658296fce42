import type { Buckets } from "../buckets.ts";
import type { Outcome } from "../turns/outcome.ts";

/** A decision with its outcome, once it has one. */
export interface Decision {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly by: string;
  readonly fingerprint: string;
  readonly at: number;
  /** Phase that the run was in when it was made. */
  readonly phase: string;
  /** Whether it makes one further try at a task that another decision has in hand. */
  readonly races: boolean;
  /** The task that it gave to a role last; null where it gave none. */
  readonly assigned: { readonly task: string; readonly role: string } | null;
  readonly outcome: string | null;
  readonly ok: boolean | null;
}

/** How a turn ended. */
export interface TurnOver {
  readonly id: string;
  readonly role: string;
  readonly ending: string;
  readonly text: string;
  readonly outcomes: readonly Outcome[];
  /** Files of the project that it was shown. */
  readonly files: readonly string[];
}

/** A decision at work, and how far it is. */
export interface OpenDecision extends Decision {
  /** Task in hand, for decisions that work on one. */
  readonly task: string | null;
  /** Attempts made within this decision. */
  readonly attempts: number;
  /** The message and the turn it opened last; null when the next is due. */
  readonly message: string | null;
  readonly turn: string | null;
  /** How the turns it opened ended, in order. */
  readonly turnsOver: readonly TurnOver[];
  /** Whether the checks were executed for it. */
  readonly checked: boolean;
  /** Question put to the person. */
  readonly question: string | null;
}

/** Decisions of a run. */
export interface DecisionsSlice {
  /** At work, by id. */
  readonly open: Readonly<Record<string, OpenDecision>>;
  /** The last ones that are over, oldest first. */
  readonly past: readonly Decision[];
  readonly count: number;
  /** Times that a decision was made under a fingerprint. */
  readonly seen: Buckets<Readonly<Record<string, number>>>;
  /** Decisions in a row without a new fingerprint. */
  readonly stale: number;
}

/** The decision that is at work longest; null where none is. */
export function decisionAtWork({ decisions }: { readonly decisions: DecisionsSlice }): OpenDecision | null {
  for (const id in decisions.open) return decisions.open[id]!;
  return null;
}

/** A decision that was just made. */
export function newDecision(made: Omit<Decision, "races" | "assigned" | "outcome" | "ok">): OpenDecision {
  const { id, name, arguments: args, reason, by, fingerprint, at, phase } = made;
  return {
    id,
    name,
    arguments: args,
    reason,
    by,
    fingerprint,
    at,
    phase,
    races: false,
    assigned: null,
    outcome: null,
    ok: null,
    task: null,
    attempts: 0,
    message: null,
    turn: null,
    turnsOver: [],
    checked: false,
    question: null,
  };
}

/** A decision without how far it is. */
export function plainDecision(decision: OpenDecision): Decision {
  const { id, name, arguments: args, reason, by, fingerprint, at, phase, races, assigned, outcome, ok } = decision;
  return { id, name, arguments: args, reason, by, fingerprint, at, phase, races, assigned, outcome, ok };
}
