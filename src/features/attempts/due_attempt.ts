import { looksElsewhere } from "../../strategies/attempt_scope.ts";
import { nextTask, roleOfPhase, specialists } from "../decisions/arbiter.ts";
import { type Due, effects, facts, NOTHING } from "../../kernel/due.ts";
import { answered, checkFor, closed, droppedMessage, startTurn } from "../decisions/due_decision.ts";
import type { Fact } from "../fact.ts";
import { isSatisfied, judge, type Judgement } from "../checks/judge.ts";
import type { Registry } from "../registry.ts";
import type { Attempt, OpenDecision, State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { bound } from "../../kernel/text.ts";

/** Attempts at an issue that no check shows: it is a claim, and claims get less. */
const CLAIM_ATTEMPTS = 2;
/** Temperature from the second attempt on: the first is the model's best guess, the others must differ. */
const WARM = 0.8;

/**
 * Says what the work on a task owes: its next attempt, the judgement of the present one, or its end.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param decision the decision at work
 * @param query what the arbiter adds to the task; empty for none
 * @param wished role that the arbiter consulted, for the first two attempts
 * @returns what is due
 */
export function dueAttempt(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  query: string,
  wished?: string,
): Due {
  const task = decision.task === null
    ? nextTask(state, registry, state.phase)
    : state.tasks.find((one) => one.id === decision.task) ?? null;
  if (task === null) return facts(closed(decision, "There was no task to work on.", false));
  if (decision.task === null) {
    const back: Fact[] = task.status === "parked"
      ? [{ type: "task_changed", id: task.id, status: "ready", reason: "files changed since it was parked" }]
      : [];
    return facts(...back, { type: "task_changed", id: task.id, status: "in_progress", reason: "" });
  }
  if (task.status !== "in_progress") {
    return facts(closed(decision, `${task.id} is ${task.status}: ${task.reason}`, task.status !== "parked"));
  }
  if (state.attempt === null) return nextAttempt(state, registry, decision, task, wished);
  return runAttempt(state, registry, decision, task, state.attempt, query);
}

function nextAttempt(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  task: Task,
  wished: string | undefined,
): Due {
  const past = state.attempts[task.id] ?? [];
  const last = decision.attempts > 0 ? past.at(-1) : undefined;
  const settled = settle(state, task, last);
  if (settled !== null) {
    return facts(
      { type: "task_changed", id: task.id, ...settled },
      closed(decision, `${task.id} ${settled.status}: ${settled.reason}`, true),
    );
  }
  const most = task.kind === "work" ? registry.bounds.attempts : CLAIM_ATTEMPTS;
  // Each kept attempt makes one more check pass, so counting from the last one still ends.
  const tries = triesSince(decision.attempts === 0 ? [] : past.slice(-decision.attempts), decision.attempts);
  if (tries >= most) {
    const reason = `${tries} attempts ${
      tries < decision.attempts ? "after the last that helped" : ""
    } did not do it; the last: ${last?.summary ?? ""}`.replace("  ", " ");
    // A claim that no check shows and no attempt could settle does not stop the run; it is named at its end.
    const status = task.kind === "work" ? "parked" : "dropped";
    return facts(
      { type: "task_changed", id: task.id, status, reason: bound(reason, 600) },
      closed(decision, `${task.id} ${status}: ${reason}`, false),
    );
  }
  if (state.checks.stale) return checkFor(state, `${task.id}.before`);
  if (last === undefined && task.kind === "work" && task.checks.length > 0 && isSatisfied(task, state.checks.latest)) {
    const reason = "its checks pass already";
    return facts(
      { type: "task_changed", id: task.id, status: "in_review", reason },
      closed(decision, `${task.id} in_review: ${reason}`, true),
    );
  }
  const number = past.length + 1;
  const role = roleOfAttempt(registry, state, task, tries + 1, wished);
  if (role === null) {
    return facts({
      type: "task_changed",
      id: task.id,
      status: "parked",
      reason: "There is no specialist that can write.",
    }, closed(decision, "There is no specialist that can write.", false));
  }
  return facts({
    type: "attempt_opened",
    task: task.id,
    number,
    role,
    temperature: decision.attempts === 0 && past.length === 0 ? 0 : WARM,
    seed: number * 101,
  });
}

/** Attempts of a decision since the last one that was kept. */
function triesSince(past: State["attempts"][string], attempts: number): number {
  const kept = past.findLastIndex((one) => one.verdict === "kept");
  return kept < 0 ? attempts : past.length - 1 - kept;
}

/** What a task becomes after an attempt, or null when it needs another. */
function settle(
  state: State,
  task: Task,
  last: State["attempts"][string][number] | undefined,
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

/** From the third attempt on another specialist tries, the ones that can write first. */
function roleOfAttempt(
  registry: Registry,
  state: State,
  task: Task,
  ordinal: number,
  wished: string | undefined,
): string | null {
  const phase = task.kind === "documentation" ? "documentation" : state.phase;
  const first = wished ?? roleOfPhase(registry, phase);
  const others = specialists(registry).filter((role) => role !== first && role !== "interpreter");
  if (ordinal <= 2 || others.length === 0) return first;
  return others[(ordinal - 3) % others.length]!;
}

/** Tools of an attempt: those of the phase's own role, whoever plays it. */
function workTools(registry: Registry, role: string): string[] {
  const own = registry.roles[role]?.tools ?? [];
  const writes = own.some((name) => registry.tools[name]?.access === "writes");
  const tools = writes ? own : registry.roles[roleOfPhase(registry, "coding") ?? ""]?.tools ?? own;
  return tools.filter((name) =>
    registry.tools[name] !== undefined && !["answer", "approve_code", "report_issue", "create_task_plan"].includes(name)
  );
}

function runAttempt(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  task: Task,
  attempt: Attempt,
  query: string,
): Due {
  if (attempt.turn === null) {
    const dropped = droppedMessage(state, decision);
    if (dropped !== null) {
      const reason = `the assignment was dropped by ${dropped.changedBy ?? "the person"}`;
      return facts(over(attempt, "failed", [], [], reason), {
        type: "task_changed",
        id: task.id,
        status: "parked",
        reason,
      }, closed(decision, `${task.id}: ${reason}.`, false));
    }
    const target = task.target === null
      ? ""
      : looksElsewhere(state)
      ? `\nChanges of ${task.target} did not help: the fault may be in what it uses.`
      : `\nThe file to change is most likely ${task.target}.`;
    return startTurn(state, registry, decision, {
      role: attempt.role,
      kind: query === "" ? "assignment" : "consult",
      text: `${task.id}: ${task.description}${target}${query === "" || query === task.description ? "" : `\n${query}`}`,
      purpose: task.kind === "documentation" ? "document" : "work",
      tools: (role) => workTools(registry, role),
      temperature: attempt.temperature,
      seed: attempt.seed,
    });
  }
  if (state.turns[attempt.turn] !== undefined) return NOTHING;
  const turn = decision.turnsOver.find((one) => one.id === attempt.turn);
  const after = answered(state, attempt.turn);
  const ended = turn === undefined ? "" : `${turn.ending}: ${turn.text}`;
  if (attempt.writes.length === 0) {
    const verdict = turn?.ending === "finished" ? "empty" : "failed";
    return facts(...after, over(attempt, verdict, [], [], `nothing was written; ${ended}`));
  }
  if (attempt.takenBack) {
    return facts(
      ...after,
      over(
        attempt,
        "refuted",
        [],
        brokenBy(attempt, task),
        summaryOf(attempt, task, judge(attempt.before, attempt.after ?? [], task)),
      ),
    );
  }
  if (attempt.after === null || state.checks.stale) return checkFor(state, `${task.id}.${attempt.number}`);
  const judgement = judge(attempt.before, attempt.after, task);
  if (judgement.refuted) {
    const key = `${task.id}.${attempt.number}.take_back${state.effectCount}`;
    const open = Object.values(state.effects).some(({ effect }) => effect.kind === "take_back");
    return open ? NOTHING : effects({ kind: "take_back", key, attempt: `${task.id}.${attempt.number}` });
  }
  return facts(...after, over(attempt, "kept", judgement.passed, [], summaryOf(attempt, task, judgement)));
}

function brokenBy(attempt: Attempt, task: Task): string[] {
  return judge(attempt.before, attempt.after ?? [], task).broke;
}

function over(
  attempt: Attempt,
  verdict: "kept" | "refuted" | "empty" | "failed",
  passed: string[],
  broke: string[],
  summary: string,
): Fact {
  return {
    type: "attempt_closed",
    task: attempt.task,
    number: attempt.number,
    verdict,
    passed,
    broke,
    summary: bound(summary, 1000),
  };
}

/** What an attempt did and what the checks said, for those who try next. */
function summaryOf(attempt: Attempt, task: Task, judgement: Judgement): string {
  const files = [...new Set(attempt.writes.map((write) => write.path))].join(", ");
  const parts = [`changed ${files}`];
  if (judgement.passed.length > 0) parts.push(`now pass: ${judgement.passed.join("; ")}`);
  if (judgement.broke.length > 0) parts.push(`broke: ${judgement.broke.join("; ")}`);
  if (judgement.left.length > 0) parts.push(`still failing: ${judgement.left.join("; ")}`);
  const said = (attempt.after ?? []).find((result) =>
    !result.passed && (judgement.broke.includes(result.name) || task.checks.includes(result.name))
  );
  if (said !== undefined && said.evidence !== "") parts.push(`the checks said: ${bound(said.evidence, 400)}`);
  return parts.join(". ");
}
