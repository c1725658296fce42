import { effects, facts } from "../../kernel/owed.ts";
import { bound } from "../../kernel/text.ts";
import { attemptOf, stepOf, taskOf } from "../attempts/strategy_of.ts";
import { hasBegun, isSatisfied } from "../checks/judge.ts";
import type { Attempt } from "../attempts/slice.ts";
import { judgeAttempt } from "../criteria/judge_attempt.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { goesStraight } from "../tasks/goes_straight.ts";
import type { Task } from "../tasks/task.ts";
import { closeTurn } from "./close_turn.ts";
import type { Turn } from "./slice.ts";
import { say } from "../../sentences/say.ts";

/** Checks slower than this are executed once an attempt is over, not after each write, ms. */
const QUICK_CHECK_MS = 60_000;

/** Writes of a file within an attempt at a wish after which what its test refutes ends it. */
const MOST_WRITES = 3;

/** After a write within an attempt the checks say at once how it stands, where they are quick; null where nothing is owed of that. */
export function dueCheck(state: State, registry: Registry, turn: Turn): Due | null {
  const attempt = attemptOf(state, turn);
  const task = taskOf(state, turn);
  if (attempt === null || attempt.turn !== turn.id || task === null) return null;
  if (task.checks.length === 0 && task.kind !== "test") return dueEnd(state, registry, turn, attempt, task);
  if (state.checks.ms > QUICK_CHECK_MS || turn.calls.length > 0) return null;
  if (turn.unchecked.length > 0) {
    return effects({ kind: "check", key: `${turn.id}.check${state.effects.count}`, cause: turn.id });
  }
  if (attempt.after === null || isTold(registry, turn)) return null;
  const { refuted, left, passed, broke, why } = judgeAttempt(state, registry, attempt, task);
  const ends = (text: string) => facts(...closeTurn(state, registry, turn, "checked", text));
  if (task.kind === "test") return ends(say(registry, "criteria.tried", { found: why }));
  if (!refuted && left.length === 0 && isSatisfied(task, attempt.after)) {
    return ends(say(registry, "turn.checks_pass", { task: task.id }));
  }
  if (!refuted) return ends(say(registry, "turn.checks_better", { count: passed.length, left: left.join("; ") }));
  const found = broke.length > 0
    ? say(registry, "turn.broken_now", { checks: broke.join("; ") })
    : say(registry, "turn.still_failing", { checks: left.join("; ") });
  // A write to the task's own file that the checks refute ends the attempt: the next one starts afresh and knows it.
  if (isTried(state, registry, turn, attempt, task)) {
    return ends(say(registry, "turn.checks_refute", { found }));
  }
  const text = say(registry, "turn.checked", { found: bound(found, 600) });
  return facts({ type: "turn_told", turn: turn.id, text, about: "checks" });
}

/** A turn that no check speaks for ends by itself where it is led and has written all that it is led to. */
function dueEnd(state: State, registry: Registry, turn: Turn, attempt: Attempt, task: Task): Due | null {
  if (task.kind !== "work" || turn.calls.length > 0) return null;
  const isLed = attempt.writes.length > 0 && goesStraight(state, registry) &&
    (isOfTarget(task, attempt) || attempt.elsewhere);
  if (!isLed || stepOf(state, registry, turn).given !== null) return null;
  return facts(...closeTurn(state, registry, turn, "finished", say(registry, "turn.all_written")));
}

/** Whether what an attempt wrote is all that it is to try: of a wish, who chooses what to write may have more to write. */
function isTried(state: State, registry: Registry, turn: Turn, attempt: Attempt, task: Task): boolean {
  // A lone small model is led to one function of another file, too: on its own it would go on with that one.
  const isOne = attempt.writes.length > 0 && goesStraight(state, registry);
  if (task.test === undefined || hasBegun(attempt.before, task)) return isOne || isOfTarget(task, attempt);
  const isLed = isOne && (isOfTarget(task, attempt) || !hasLooked(registry, turn));
  return isLed ? stepOf(state, registry, turn).given === null : isWrittenAgain(attempt);
}

/** Whether a turn looked at something by itself: then nobody led it to what it wrote. */
function hasLooked(registry: Registry, { exchange }: Turn): boolean {
  return exchange.some((entry) => entry.from === "tool" && registry.tools[entry.name]?.access !== "writes");
}

function isOfTarget({ target }: Task, { writes }: Attempt): boolean {
  return target === null || writes.some(({ path }) => path === target);
}

/** What is wished for may take several files, of which the first cannot make its test pass; who writes one anew all the time gets nowhere. */
function isWrittenAgain({ writes }: Attempt): boolean {
  const times = new Map<string, number>();
  for (const { path } of writes) times.set(path, (times.get(path) ?? 0) + 1);
  return [...times.values()].some((count) => count >= MOST_WRITES);
}

/** Whether the turn was told what the checks say of its last write; a message may have come in between. */
function isTold(registry: Registry, turn: Turn): boolean {
  const wrote = turn.exchange.findLastIndex((entry) => {
    if (entry.from !== "tool") return false;
    const access = registry.tools[entry.name]?.access;
    // A command may have written before it failed.
    return access === "writes" && entry.ok || access === "runs";
  });
  return turn.exchange.slice(wrote + 1).some((entry) => entry.from === "application" && entry.about === "checks");
}
