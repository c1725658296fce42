import type { WriteFact } from "../../effects/write_fact.ts";
import type { Fact, Stamped } from "../fact.ts";
import { EMPTY, evolve } from "../features.ts";
import type { State } from "../state.ts";

/** Whose work something is. */
export interface Owner {
  /** null where it is of no task. */
  readonly task: string | null;
  /** null where it is of no specialist. */
  readonly role: string | null;
}

/** A write to the project, and whose it is. */
export interface OwnedWrite extends Owner {
  readonly write: WriteFact;
  /** What an undo by a person took back, whose write this is; null for all other writes. */
  readonly takes: Owner | null;
}

/**
 * Says of each write to the project itself whose work it is: by the attempt that was applied, taken back or taken over; in a run that worked
 * in the project by the attempt whose write it was.
 *
 * @param facts all facts of the run
 * @returns finished writes in their order
 */
export function ownedWrites(facts: readonly Stamped[]): readonly OwnedWrite[] {
  const found: OwnedWrite[] = [];
  const roles = new Map<string, string>();
  let state = EMPTY;
  for (const fact of facts) {
    const before = state;
    state = evolve(state, fact);
    if (fact.type === "attempt_opened") roles.set(`${fact.task}.${fact.number}`, fact.role);
    found.push(...ownedBy(fact, { before, after: state, roles }));
  }
  return found;
}

/** The finished writes of one fact to the project itself, each with whose work it is. */
export function ownedBy(fact: Fact, known: WritingRun): readonly OwnedWrite[] {
  return writesOf(fact).map((write) => ({ write, ...ownerOf(write, fact, known) }));
}

/** Whether a fact is of the project itself: copies of it are gone with the run. */
export function isInProject(fact: Fact): boolean {
  return !("workspace" in fact) || fact.workspace === undefined;
}

function writesOf(fact: Fact): readonly WriteFact[] {
  if (!isInProject(fact)) return [];
  if (fact.type === "command_closed") return fact.writes;
  return fact.type === "write_closed" && fact.done ? [fact.write] : [];
}

/** What is known when something is written. */
export interface WritingRun {
  readonly before: State;
  readonly after: State;
  /** Role of each attempt, by `task.number`. */
  readonly roles: ReadonlyMap<string, string>;
}

function ownerOf(write: WriteFact, fact: Fact, { before, after, roles }: WritingRun): Omit<OwnedWrite, "write"> {
  const effect = "key" in fact ? before.effects.open[fact.key]?.effect : undefined;
  if (effect?.kind === "by_hand" && effect.takes !== null) return { task: null, role: null, takes: effect.takes };
  const named = effect !== undefined && "attempt" in effect ? effect.attempt : null;
  // Which attempt a write in the project is of, its feature has found out.
  const attempt = named ?? Object.entries(after.attempts.open).find(([, { writes }]) => writes.includes(write))?.[0];
  if (attempt !== undefined) return { ...partsOf(attempt), role: roles.get(attempt) ?? null, takes: null };
  const turn = effect !== undefined && "turn" in effect ? effect.turn ?? "" : "";
  return { task: null, role: before.turns.open[turn]?.role ?? null, takes: null };
}

/** The task of an attempt that is named `task.number`. */
function partsOf(attempt: string): { readonly task: string } {
  return { task: attempt.slice(0, attempt.lastIndexOf(".")) };
}
