import { decisionAtWork } from "../../features/decisions/slice.ts";
import type { Effect } from "../../effects/effect.ts";
import { ARBITER } from "../../features/registry.ts";
import type { PastTurn } from "../../features/threads/slice.ts";
import type { Turn } from "../../features/turns/slice.ts";
import type { OpenEffect } from "../../kernel/effects.ts";
import type { HostStatus, Signal } from "../../ports/host_status.ts";
import type { State } from "../../features/state.ts";
import { endingWords, type Shown, TURN_WORDS } from "./words.ts";
import { counted } from "../../kernel/text.ts";

/**
 * Tells whether the run moves by itself: something is open, nobody paused it, it is not over.
 * Only then does the screen's clock run.
 */
export function isRunning(state: State): boolean {
  return state.run.info !== null && state.run.ending === null && !state.run.paused &&
    Object.keys(state.effects.open).length > 0;
}

/** The open turn of a role; null when it has none. */
export function currentTurn(state: State, role: string): Turn | null {
  let last: Turn | null = null;
  for (const turn of Object.values(state.turns.open)) if (turn.role === role) last = turn;
  return last;
}

/** How the last turn of a role ended; null before the first. */
export function lastTurn(state: State, role: string): PastTurn | null {
  return state.threads[role]?.past.at(-1) ?? null;
}

/** Role in whose pane an effect is shown; what serves nobody in particular is the arbiter's. */
function roleOf(state: State, open: OpenEffect<Effect>): string {
  const effect = open.effect;
  switch (effect.kind) {
    case "ask":
    case "tool":
    case "preview":
    case "rule":
      return effect.role;
    case "prepare":
      return state.turns.open[effect.turn]?.role ?? ARBITER;
    case "check":
      return state.turns.open[effect.cause]?.role ?? state.attempts.open[effect.cause]?.role ?? ARBITER;
    case "take_back":
      return state.attempts.open[effect.attempt]?.role ?? ARBITER;
    default:
      return ARBITER;
  }
}

/** Open effects that a role's pane shows, oldest first. */
export function effectsOf(state: State, role: string): readonly OpenEffect<Effect>[] {
  return Object.values(state.effects.open).filter((open) => roleOf(state, open) === role);
}

/** Whether a thread has a turn or an ask that can be interrupted. */
export function isInterruptible(state: State, role: string): boolean {
  return state.run.ending === null && (currentTurn(state, role) !== null || effectsOf(state, role).length > 0);
}

function wordOf(state: State, { effect }: OpenEffect<Effect>): string {
  switch (effect.kind) {
    case "ask":
      if (state.placements[effect.key] === undefined) return "waiting for a host";
      return effect.purpose === "summarise" ? "writing a summary" : `waiting for ${state.placements[effect.key]!.host}`;
    case "tool":
      return `running ${effect.call.name}`;
    case "preview":
      return `looking what ${effect.call.name} would do`;
    case "rule":
      return `asking the rules whether ${effect.call.name} may run`;
    case "prepare":
      return "reading files";
    case "check":
      return "running the checks";
    case "take_back":
      return "taking back";
    default:
      return "at work";
  }
}

/** What a thread is doing, and since when. */
export interface Activity extends Shown {
  /** ms since the epoch; null where no time is shown. */
  readonly since: number | null;
}

const quiet = (sign: string, word: string, style: Shown["style"]): Activity => ({ sign, word, style, since: null });

function atWork(state: State, open: OpenEffect<Effect>, signal: Signal | undefined): Activity {
  const word = signal?.status || wordOf(state, open);
  const waits = word.startsWith("waiting");
  return { sign: waits ? "○" : "●", word, style: waits ? "plain" : "works", since: signal?.since ?? open.openedAt };
}

function waiting(state: State, turn: Turn): Activity | null {
  if (turn.unread !== null) return quiet("○", "waiting for interpreter", "plain");
  const summary = Object.values(state.effects.open).some(({ effect }) =>
    effect.kind === "ask" && effect.purpose === "summarise" && effect.turn === turn.id
  );
  if (summary) return quiet("○", "waiting for a summary", "plain");
  if (turn.waitsFor === null) return null;
  if (state.people.questions.some((question) => question.id === turn.waitsFor || question.turn === turn.id)) {
    return quiet("?", "waiting for you", "waits");
  }
  const message = state.messages.list.find((candidate) => candidate.id === turn.waitsFor);
  return quiet("○", message === undefined ? "waiting" : `waiting for ${message.to}`, "plain");
}

function arbiterAtRest(state: State): Activity {
  if (state.people.questions.length > 0) return quiet("?", "waiting for you", "waits");
  const decision = decisionAtWork(state);
  if (decision !== null) {
    const turn = state.turns.open[decision.turn ?? ""];
    const held = state.messages.list.some(({ from, status }) => from === ARBITER && status === "held");
    if (turn === undefined && held) return quiet("‖", "its message waits for you", "waits");
    return quiet("○", turn === undefined ? "carrying out its decision" : `waiting for ${turn.role}`, "plain");
  }
  return quiet("○", "idle", "dim");
}

/**
 * Says what a thread is doing.
 *
 * @param state the run
 * @param role whose thread
 * @param signals what streams, by effect key
 * @returns sign, words, style
 */
export function activityOf(state: State, role: string, signals: ReadonlyMap<string, Signal>): Activity {
  if (state.run.ending !== null) return quiet("○", "ended", "dim");
  const open = effectsOf(state, role)[0];
  if (open !== undefined && !state.run.paused) return atWork(state, open, signals.get(open.effect.key));
  const turn = currentTurn(state, role);
  if (turn !== null) {
    const waits = waiting(state, turn);
    if (waits !== null) return waits;
  }
  const held = state.messages.list.filter((message) => message.to === role && message.status === "held").length;
  if (held > 0) return quiet("‖", `held: ${counted(held, "message")}`, "waits");
  if (state.messages.holds.some(({ scope, of }) => scope === "to" && of === role)) {
    return quiet("‖", "held", "waits");
  }
  if (state.run.paused && (turn !== null || open !== undefined)) return quiet("‖", "paused", "waits");
  if (role === ARBITER) return arbiterAtRest(state);
  if (turn !== null) return quiet("○", "about to go on", "plain");
  const last = lastTurn(state, role);
  if (last !== null && last.ending !== "finished" && last.ending !== "checked") {
    return quiet("!", `idle, last turn ${TURN_WORDS[last.ending] ?? last.ending}`, "failed");
  }
  return quiet("○", "idle", "dim");
}

/** What is no fact and belongs to what goes on. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly hosts: readonly Pick<HostStatus, "state" | "retryAt">[];
  /** Roles with a thread. */
  readonly roles: readonly string[];
  /** Whether the run has not begun yet: its hosts are being asked. */
  readonly isComing?: boolean;
}

/** Says that no host answers, and when one is asked again; null while one does, or where none is there to be asked. */
function silence({ hosts, now }: Surroundings): Shown | null {
  const isSilent = ({ state, retryAt }: Surroundings["hosts"][number]) => state === "down" || (retryAt ?? 0) > now;
  if (hosts.length === 0 || !hosts.every(isSilent)) return null;
  const next = Math.min(...hosts.map(({ retryAt }) => retryAt ?? Infinity));
  const seconds = Math.ceil((next - now) / 1000);
  const retry = !Number.isFinite(next) ? "" : seconds <= 0 ? ": asking again" : `: retry in ${seconds} s`;
  return { sign: "✗", word: `no host answers${retry}`, style: "failed" };
}

/**
 * Says what goes on in the whole run, for the title bar: the person and dead hosts first, then how many are at work.
 *
 * @param state the run
 * @param around the time, the hosts and the roles with a thread
 */
export function runActivity(state: State, around: Surroundings): Shown {
  if (state.run.info === null) return { sign: "○", word: "starting", style: "dim" };
  if (state.run.ending !== null) {
    return { sign: "■", word: endingWords(state.run.ending).title.toLowerCase(), style: "strong" };
  }
  if (state.run.paused) return { sign: "‖", word: "paused", style: "waits" };
  const runs = isRunning(state);
  const asks = state.people.questions.length > 0;
  if (asks && !runs) return { sign: "?", word: "waits for you", style: "waits" };
  const silent = silence(around);
  if (silent !== null) return silent;
  const held = state.messages.list.filter(({ status }) => status === "held").length;
  if (held > 0 && !runs) {
    return { sign: "‖", word: `${counted(held, "message")} wait${held === 1 ? "s" : ""} for you`, style: "waits" };
  }
  const word = workWords(state, around);
  // A question does not stop the others; that somebody waits is said all the same.
  return asks
    ? { sign: "?", word: `${word}, waits for you`, style: "waits" }
    : { sign: "●", word, style: word === SOON || word === ASKING ? "plain" : "works" };
}

/** Stands between two effects. */
const SOON = "about to go on";

/** Stands before a run begins. */
const ASKING = "asking the hosts";

/** Who is at work; where that is nobody but the checks, they are. */
function workWords(state: State, { roles, isComing }: Surroundings): string {
  const working = roles.filter((role) => effectsOf(state, role).length > 0);
  const [only] = working;
  if (only === undefined) return isComing === true ? ASKING : SOON;
  if (working.length > 1) return `${working.length} at work`;
  const isCheck = currentTurn(state, only) === null &&
    effectsOf(state, only).every(({ effect }) => effect.kind === "check");
  return isCheck ? "checks at work" : `${only} at work`;
}
