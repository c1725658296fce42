import { attemptsAt } from "./attempts_at.ts";
import { facts, NOTHING } from "../../kernel/owed.ts";
import { plainName } from "../../kernel/say.ts";
import { bound } from "../../kernel/text.ts";
import { checkFor } from "../checks/check_for.ts";
import { isSatisfied } from "../checks/judge.ts";
import { isForTheEye } from "../criteria/is_for_the_eye.ts";
import { isShareSpent } from "../criteria/is_share_spent.ts";
import { closed } from "../decisions/closed.ts";
import type { OpenDecision } from "../decisions/slice.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { freeSeat } from "../seats/free_seat.ts";
import { straightOf } from "../tasks/goes_straight.ts";
import type { Task } from "../tasks/task.ts";
import type { PastAttempt } from "./slice.ts";
import { nextWorkspace } from "../workspaces/place_of.ts";
import { pastOf } from "./past_of.ts";
import { situationOf, strategyOf } from "./strategy_of.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Attempts at an issue that no check shows: it is a claim, and claims get less. */
const CLAIM_ATTEMPTS = 2;
/** Attempts of a lone small model at work that a new test judges. */
const WISH_ATTEMPTS = 3;
/** Attempts at a test that comes before the work. */
const TEST_ATTEMPTS = 2;

/**
 * Says what a task owes that has no attempt open: its next one, or its end.
 *
 * @param wished role that was consulted for it; null for none
 */
export function openAttempt(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  task: Task,
  wished: string | null,
): Due {
  const { id, kind, checks } = task;
  const past = pastOf(state, id, null);
  const last = decision.attempts > 0 ? past.at(-1) : undefined;
  const settled = settle(state, registry, task, last);
  if (settled !== null) {
    return facts(
      { type: "task_changed", id, ...settled },
      closed(
        decision,
        say(registry, "tasks.became", { ...settled, task: id, status: plainName(settled.status) }),
        true,
      ),
    );
  }
  // Each kept attempt makes one more check pass, so counting from the last one still ends.
  const tries = triesSince(decision.attempts === 0 ? [] : past.slice(-decision.attempts), decision.attempts);
  const most = kind === "test" ? TEST_ATTEMPTS : kind === "work" ? mostAttempts(state, registry, task) : CLAIM_ATTEMPTS;
  const others = Object.values(state.attempts.open).filter((one) => one.task === id).length;
  // A race is one try; whoever has the task in hand waits for it before the task is given up.
  if (decision.races && decision.attempts > 0) {
    return facts(closed(decision, say(registry, "tasks.race_lost", { task: id, summary: last?.summary ?? "" }), false));
  }
  if (tries >= most || isTriedOut(state, registry, task, past)) {
    return others > 0 ? NOTHING : giveUp(registry, decision, task, tries, last);
  }
  if (kind === "test" && isShareSpent(state, task)) return leaveTest(registry, decision, task);
  if (state.checks.stale) return checkFor(state, `${id}.before`);
  if (last === undefined && kind === "work" && checks.length > 0 && isSatisfied(task, state.checks.latest)) {
    const reason = say(registry, "tasks.pass_already");
    return facts(
      { type: "task_changed", id, status: "in_review", reason },
      closed(decision, say(registry, "tasks.became", { task: id, status: plainName("in_review"), reason }), true),
    );
  }
  const situation = situationOf(state, registry, { task, wished, tries, beside: others });
  const next = strategyOf(registry, situation).next(past, situation);
  if (next === null) {
    const reason = say(registry, "tasks.no_writer");
    return facts({ type: "task_changed", id, status: "parked", reason }, closed(decision, reason, false));
  }
  const role = freeSeat(state, registry, next.role);
  if (role === null) return NOTHING;
  const workspace = nextWorkspace(state);
  return facts({
    type: "attempt_opened",
    task: id,
    number: numberOf(state, id),
    ...next,
    role,
    decision: decision.id,
    ...(workspace === null ? {} : { workspace }),
  });
}

/** Attempts at work: a lone small model that a new test refutes writes the same again, and the test may be what is wrong. */
function mostAttempts(state: State, registry: Registry, { test }: Task): number {
  const { attempts } = registry.bounds;
  return test !== undefined && straightOf(state, registry) !== null ? Math.min(WISH_ATTEMPTS, attempts) : attempts;
}

/** Whether a crew that goes straight to work asked for as many texts of a repair, since the last attempt that was kept, as are worth it. */
function isTriedOut(state: State, registry: Registry, { checks }: Task, past: readonly PastAttempt[]): boolean {
  const straight = checks.length === 0 ? null : straightOf(state, registry);
  const since = past.slice(past.findLastIndex(({ verdict }) => verdict === "kept") + 1);
  return straight !== null && since.reduce((sum, { texts }) => sum + texts, 0) >= straight.texts;
}

/** The number of the next attempt at a task: those that are open have theirs. */
function numberOf(state: State, id: string): number {
  const open = Object.values(state.attempts.open).filter(({ task }) => task === id);
  const numbers = [...attemptsAt(state, id), ...open].map(({ number }) => number);
  return Math.max(0, ...numbers) + 1;
}

/** A task that its attempts did not do is parked. A claim that no check shows does not stop the run; it is named at its end. */
function giveUp(
  from: Wording,
  decision: OpenDecision,
  { id, kind }: Task,
  tries: number,
  last: PastAttempt | undefined,
): Due {
  const values = { count: tries, summary: last?.summary ?? "" };
  const since = tries < decision.attempts;
  const reason = tries === 1
    ? say(from, since ? "tasks.gave_up_since_one" : "tasks.gave_up_one", values)
    : say(from, since ? "tasks.gave_up_since_many" : "tasks.gave_up_many", values);
  const status = kind === "work" ? "parked" : "dropped";
  return facts(
    { type: "task_changed", id, status, reason: bound(reason, 600) },
    closed(decision, say(from, "tasks.became", { task: id, status, reason }), false),
  );
}

/** A test that the run has no room for costs the work nothing: it is not written. */
function leaveTest(from: Wording, decision: OpenDecision, { id }: Task): Due {
  const reason = say(from, "criteria.no_room");
  return facts(
    { type: "task_changed", id, status: "dropped", reason },
    closed(decision, say(from, "tasks.became", { task: id, status: "dropped", reason }), false),
  );
}

/** Attempts of a decision since the last one that was kept. */
function triesSince(past: readonly PastAttempt[], attempts: number): number {
  const kept = past.findLastIndex((one) => one.verdict === "kept");
  return kept < 0 ? attempts : past.length - 1 - kept;
}

/** What a task becomes after an attempt, or null when it needs another. */
function settle(
  state: State,
  from: Wording,
  task: Task,
  last: PastAttempt | undefined,
): { status: "in_review" | "done" | "dropped"; reason: string } | null {
  if (last === undefined) return null;
  if (task.kind === "test") {
    return last.verdict === "kept" ? { status: "done", reason: say(from, "criteria.stands") } : null;
  }
  // All that it wanted was done by commands in the project itself.
  if (state.later.done.includes(`${task.id}.${last.number}`) && last.verdict === "empty") {
    if (!isSatisfied(task, state.checks.latest)) return null;
    return { status: task.kind === "work" ? "in_review" : "done", reason: say(from, "tasks.commands_ran") };
  }
  if ((task.kind !== "work" || isForTheEye(state, task)) && last.verdict === "empty") {
    return { status: "dropped", reason: say(from, "tasks.nothing_to_change", { summary: last.summary }) };
  }
  if (last.verdict === "empty" && task.checks.length > 0 && isSatisfied(task, state.checks.latest)) {
    return { status: "in_review", reason: say(from, "tasks.pass_already") };
  }
  if (last.verdict !== "kept" || !isSatisfied(task, state.checks.latest)) return null;
  const { number, role } = last;
  return task.kind === "work"
    ? { status: "in_review", reason: say(from, "tasks.kept", { number, role }) }
    : { status: "done", reason: say(from, "tasks.broke_nothing", { number, role }) };
}
