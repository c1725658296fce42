import type { Way } from "../../kernel/call.ts";
import type { Proof } from "../../prompt/proof.ts";
import type { TurnEnding } from "../turns/facts.ts";

/** How a turn ended, as its role remembers it. */
export interface PastTurn {
  /** What it was for: `plan`, `work`, `review` …. */
  readonly purpose: string;
  readonly ending: TurnEnding;
  /** Its result, or why there is none; bounded. */
  readonly text: string;
}

/** A thread: one role's part in the run, as its pane shows it. */
export interface Thread {
  readonly role: string;
  /** Where its last ask was placed. */
  readonly host: string | null;
  readonly model: string | null;
  readonly way: Way | null;
  /** Billions of parameters of that model; null where nobody knows, absent before the first ask. */
  readonly billions?: number | null;
  /** Where that way comes from, and why; null in older runs. */
  readonly wayReason: string | null;
  /** Where it comes from, in a word; null in older runs. */
  readonly wayFrom: string | null;
  readonly window: number | null;
  /** Tokens of its last prompt, counted or estimated. */
  readonly promptTokens: number | null;
  readonly proof: Proof | null;
  /** How its last turns ended: its memory from turn to turn. */
  readonly past: readonly PastTurn[];
  readonly asks: number;
  readonly failures: number;
}

/** Threads by role. */
export type ThreadsSlice = Readonly<Record<string, Thread>>;

/** The thread of a role, empty where it has none yet. */
export function threadOf(threads: ThreadsSlice, role: string): Thread {
  return threads[role] ?? {
    role,
    host: null,
    model: null,
    way: null,
    wayReason: null,
    wayFrom: null,
    window: null,
    promptTokens: null,
    proof: null,
    past: [],
    asks: 0,
    failures: 0,
  };
}

/** Where an open ask was placed, and why. */
export interface Placement {
  readonly host: string;
  readonly model: string;
  readonly way: Way;
  readonly window: number;
  /** Estimated tokens of its prompt. */
  readonly estimated: number;
  readonly at: number;
  readonly reason: string;
  readonly wayReason?: string;
  readonly wayFrom?: string;
  /** Tokens that its model may think beside the answer; absent: none. */
  readonly thinking?: number;
}

/** Placements of open asks, by key; an ask that waits for a slot has none. */
export type PlacementsSlice = Readonly<Record<string, Placement>>;
