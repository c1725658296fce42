import { pieceOf } from "../features/attempts/piece.ts";
import { hasBegun, isOfTask } from "../features/checks/judge.ts";
import type { Attempt } from "../features/attempts/slice.ts";
import { attemptOf } from "../features/attempts/strategy_of.ts";
import { lastName } from "../features/scope/wants_of_task.ts";
import { goesStraight } from "../features/tasks/goes_straight.ts";
import type { Task } from "../features/tasks/task.ts";
import type { Situation } from "../features/registry.ts";
import { failedWritesAt } from "../features/turns/fruitless.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { Call } from "../kernel/call.ts";
import { timesTried, triesBefore } from "./tries.ts";

/**
 * Attempts at one function before the others are tried: what a model chose first is the likeliest. A lone small model gets no more out of a
 * second one: in 11 runs with Qwen2.5-Coder-1.5B none repaired what the first had not.
 */
const TRIES = { crew: 2, alone: 1 };

/**
 * Lists the functions that a turn may write anew, by file: those of other files while the attempt looks elsewhere, and of each file those
 * to which the failing tests can lead and that no attempt tried in vain, as long as there are some.
 */
export function piecesFor(situation: Situation, turn: Turn): Readonly<Record<string, readonly string[]>> {
  const known = Object.entries(turn.prepared?.definitions ?? {});
  const { attempt, task } = situation;
  if (attempt === null) return Object.fromEntries(known);
  const others = known.filter(([path]) => path !== task?.target);
  const scope = attempt.elsewhere && others.length > 0 && !isRanked(situation, turn) ? others : known;
  return Object.fromEntries(scope.map(([path, all]) => {
    const reached = reachedOf(all, turn);
    const names = path === task?.target ? namedOf(reached, attempt, task) : reached;
    const helped = names.filter((name) => nameOf(path, name) === pieceThatHelped(situation));
    const fresh = names.filter((name) => timesTried(situation, nameOf(path, name)) < triesOf(situation));
    const left = [...new Set([...helped, ...fresh])];
    return [path, left.length > 0 ? left : names];
  }));
}

/**
 * Whether the functions of a turn stand in the order of their likelihood, those of the task's file first, and no model is asked for one: of 24
 * small bugs the longest function to which the failing tests lead was the faulty one in 18, the second longest in four more; to have one
 * chosen costs a lone small model as much as a text.
 */
export function isRanked({ state, registry }: Situation, { prepared }: Turn): boolean {
  return goesStraight(state, registry) && (prepared?.reached?.length ?? 0) > 0;
}

/**
 * The function whose new text had something pass that failed, and something fail that passed: the fault is there, and what is wrong with the
 * text is known now. It gets one try more than others, before them.
 */
export function pieceThatHelped(situation: Situation): string | null {
  const piece = triesBefore(situation).findLast(({ helped }) => helped === true)?.pieces.at(-1);
  return piece !== undefined && timesTried(situation, piece) <= triesOf(situation) ? piece : null;
}

/** How often a function was tried since the last attempt that was kept, in this turn too. */
export function triesAt(situation: Situation, turn: Turn, piece: string): number {
  return timesTried(situation, piece) + failedWritesAt(situation.registry, turn, piece).length;
}

/**
 * How many others who work on the same task are asked for something now, or were in their turns: a race on one text is won by nobody.
 *
 * @param isIt whether a call is for it
 */
export function askedBeside({ state, attempt }: Situation, turn: Turn, isIt: (call: Call) => boolean): number {
  const others = Object.values(state.turns.open).filter((other) =>
    other.id !== turn.id && attempt !== null && attemptOf(state, other)?.task === attempt.task
  );
  return others.filter(({ calls, exchange }) => {
    const made = exchange.flatMap((entry) => entry.from === "model" ? entry.calls : []);
    return [...calls, ...made].some(isIt);
  }).length;
}

/** Whether a lone small model is asked for a function that it was asked for neither in this turn nor since the last attempt that was kept. */
export function isFirstLook(situation: Situation, turn: Turn): boolean {
  const piece = turn.calls[0] === undefined ? null : pieceOf(turn.calls[0]);
  return piece !== null && goesStraight(situation.state, situation.registry) && triesAt(situation, turn, piece) === 0;
}

/** Those of the functions of a file to which the failing tests can lead, the likeliest first: in another the fault is not. */
function reachedOf(names: readonly string[], { prepared }: Turn): readonly string[] {
  const reached = prepared?.reached?.filter((name) => names.includes(name)) ?? [];
  return reached.length > 0 ? reached : names;
}

/** Of the functions that a wish added those that its failing cases name: what the others give is known to be right. */
function namedOf(names: readonly string[], { before }: Attempt, task: Task): readonly string[] {
  if (!hasBegun(before, task)) return names;
  const failing = before.filter((result) => !result.passed && isOfTask(result, task));
  // Evidence may name a file that is called as one of them is.
  const [named] = [failing.map(({ name }) => name), failing.map(({ evidence }) => evidence)].map((said) => {
    const words = new Set(said.join("\n").match(/[A-Za-z_$][\w$]*/g) ?? []);
    return names.filter((name) => words.has(lastName(name)));
  }).filter((some) => some.length > 0);
  return named ?? names;
}

/** The function that the attempt before tried and that has not had its tries yet. */
export function pieceToGoOn(situation: Situation): string | null {
  const pieces = triesBefore(situation).at(-1)?.pieces ?? [];
  const [piece] = pieces;
  return piece !== undefined && pieces.length === 1 && timesTried(situation, piece) < triesOf(situation) ? piece : null;
}

function triesOf({ state, registry }: Situation): number {
  return TRIES[goesStraight(state, registry) ? "alone" : "crew"];
}

function nameOf(path: string, name: string): string {
  return pieceOf({ arguments: { path, function: name } })!;
}
