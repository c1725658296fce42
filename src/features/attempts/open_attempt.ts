import { facts } from "../../kernel/owed.ts";
import { plainName } from "../../kernel/say.ts";
import { bound, counted } from "../../kernel/text.ts";
import { checkFor } from "../checks/check_for.ts";
import { isSatisfied } from "../checks/judge.ts";
import { closed } from "../decisions/closed.ts";
import type { OpenDecision } from "../decisions/slice.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import type { PastAttempt } from "./slice.ts";
import { situationOf, strategyOf } from "./strategy_of.ts";

/** Attempts at an issue that no check shows: it is a claim, and claims get less. */
const CLAIM_ATTEMPTS = 2;

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
  const past = state.attempts.past[id] ?? [];
  const last = decision.attempts > 0 ? past.at(-1) : undefined;
  const settled = settle(state, task, last);
  if (settled !== null) {
    return facts(
      { type: "task_changed", id, ...settled },
      closed(decision, `${id} ${plainName(settled.status)}: ${settled.reason}`, true),
    );
  }
  // Each kept attempt makes one more check pass, so counting from the last one still ends.
  const tries = triesSince(decision.attempts === 0 ? [] : past.slice(-decision.attempts), decision.attempts);
  const most = kind === "work" ? registry.bounds.attempts : CLAIM_ATTEMPTS;
  if (tries >= most) return giveUp(decision, task, tries, last);
  if (state.checks.stale) return checkFor(state, `${id}.before`);
  if (last === undefined && kind === "work" && checks.length > 0 && isSatisfied(task, state.checks.latest)) {
    const reason = "its checks pass already";
    return facts(
      { type: "task_changed", id, status: "in_review", reason },
      closed(decision, `${id} in review: ${reason}`, true),
    );
  }
  const situation = situationOf(state, registry, { task, wished, tries });
  const next = strategyOf(registry, situation).next(past, situation);
  if (next === null) {
    const reason = "There is no specialist that can write.";
    return facts({ type: "task_changed", id, status: "parked", reason }, closed(decision, reason, false));
  }
  return facts({ type: "attempt_opened", task: id, number: past.length + 1, ...next, decision: decision.id });
}

/** A task that its attempts did not do is parked. A claim that no check shows does not stop the run; it is named at its end. */
function giveUp(decision: OpenDecision, { id, kind }: Task, tries: number, last: PastAttempt | undefined): Due {
  const since = tries < decision.attempts ? " after the last that helped" : "";
  const reason = `${counted(tries, "attempt")}${since} did not do it; the last: ${last?.summary ?? ""}`;
  const status = kind === "work" ? "parked" : "dropped";
  return facts(
    { type: "task_changed", id, status, reason: bound(reason, 600) },
    closed(decision, `${id} ${status}: ${reason}`, false),
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
  task: Task,
  last: PastAttempt | undefined,
): { status: "in_review" | "done" | "dropped"; reason: string } | null {
  if (last === undefined) return null;
  if (task.kind !== "work" && last.verdict === "empty") {
    return { status: "dropped", reason: `nothing to change: ${last.summary}` };
  }
  if (last.verdict === "empty" && task.checks.length > 0 && isSatisfied(task, state.checks.latest)) {
    return { status: "in_review", reason: "its checks pass already" };
  }
  if (last.verdict !== "kept" || !isSatisfied(task, state.checks.latest)) return null;
  return task.kind === "work"
    ? { status: "in_review", reason: `attempt ${last.number} by ${last.role}` }
    : { status: "done", reason: `attempt ${last.number} by ${last.role} broke nothing` };
}
