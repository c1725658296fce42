import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { plainName } from "../../kernel/say.ts";
import { bound } from "../../kernel/text.ts";
import { checkFor } from "../checks/check_for.ts";
import { failing } from "../checks/slice.ts";
import { isForTheEye } from "../criteria/is_for_the_eye.ts";
import { type AttemptJudgement, judgeAttempt } from "../criteria/judge_attempt.ts";
import { answered, closed, droppedMessage } from "../decisions/closed.ts";
import type { OpenDecision, TurnOver } from "../decisions/slice.ts";
import type { Fact } from "../fact.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { nextTask } from "../tasks/next_task.ts";
import { goesStraight } from "../tasks/goes_straight.ts";
import type { Task } from "../tasks/task.ts";
import { startTurn } from "../turns/start_turn.ts";
import { mayTalk } from "../turns/talk.ts";
import { toolsOfTurn } from "../turns/tools_of_turn.ts";
import { conflictOf } from "./conflict.ts";
import { lostRace } from "./lost_race.ts";
import { openAttempt } from "./open_attempt.ts";
import { isOutOfScope, judgeScope, type Scope } from "../scope/judge_scope.ts";
import { scopeWords } from "../scope/scope_words.ts";
import { wantsOfTask } from "../scope/wants_of_task.ts";
import type { Attempt } from "./slice.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** What a decision adds to the task that it works on. */
export interface Wish {
  /** What the arbiter says of it; empty for nothing. */
  readonly query: string;
  /** Role that it consulted; null where it consulted none. */
  readonly role: string | null;
}

/** Times that the project may move on while an attempt is judged: then it is left to what the next one makes of it. */
const MOST_MOVED = 3;

/** Nothing is added. */
const NO_WISH: Wish = { query: "", role: null };

/** Says what the work on a task owes: its next attempt, the judgement of the present one, or its end. */
export function dueAttempt(state: State, registry: Registry, decision: OpenDecision, wish: Wish = NO_WISH): Due {
  const task = decision.task === null
    ? nextTask(state, registry)
    : state.tasks.list.find((one) => one.id === decision.task) ?? null;
  if (task === null) return facts(closed(decision, say(registry, "tasks.none"), false));
  if (decision.task === null) return takeInHand(registry, decision, task);
  const attempt = Object.values(state.attempts.open).find((one) =>
    one.task === task.id && (one.decision ?? decision.id) === decision.id
  );
  if (task.status !== "in_progress") {
    if (attempt !== undefined) return lostRace(state, registry, attempt);
    const { id, reason } = task;
    const said = say(registry, "tasks.is", { task: id, status: plainName(task.status), reason });
    return facts(closed(decision, said, task.status !== "parked"));
  }
  if (attempt === undefined) return openAttempt(state, registry, decision, task, wish.role);
  return runAttempt(state, registry, decision, task, attempt, wish.query);
}

function takeInHand(from: Wording, { id: decision }: OpenDecision, { id, status }: Task): Due {
  const back: Fact[] = status === "parked"
    ? [{ type: "task_changed", id, status: "ready", reason: say(from, "tasks.changed_since") }]
    : [];
  return facts(...back, { type: "task_changed", id, status: "in_progress", reason: "", decision });
}

function runAttempt(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  task: Task,
  attempt: Attempt,
  query: string,
): Due {
  if (attempt.turn === null) return begin(state, registry, decision, task, attempt, query);
  if (state.turns.open[attempt.turn] !== undefined) return NOTHING;
  const turn = decision.turnsOver.find((one) => one.id === attempt.turn);
  const after = answered(state, attempt.turn);
  if (attempt.writes.length === 0) {
    const verdict = turn?.ending === "finished" ? "empty" : "failed";
    return facts(...after, over(attempt, verdict, [], [], nothingWritten(registry, turn)));
  }
  const name = `${task.id}.${attempt.number}`;
  if (attempt.takenBack) return facts(...after, closedAs("refuted", state, registry, attempt, task));
  const question = conflictOf(state, name, attempt);
  if (question !== null) return question;
  const isStuck = attempt.stuck !== null || attempt.isDeclined || attempt.moved > MOST_MOVED;
  // Whether the project is as a verdict in a copy found it is seen when the work is applied.
  const isUnknown = attempt.after === null || attempt.workspace === null && state.checks.stale;
  if (!isStuck && isUnknown) return checkFor(state, name);
  const judgement = judgeAttempt(state, registry, attempt, task);
  // Checks that could not be executed say nothing by which work in a copy could be brought into the project.
  const isUnjudged = attempt.workspace !== null && attempt.base === null;
  const isBeside = isOutOfScope(scopeOf(state, registry, attempt, task));
  if (isStuck || isUnjudged || judgement.refuted || isBeside) {
    return effects({ kind: "take_back", key: `${name}.take_back${state.effects.count}`, attempt: name });
  }
  if (attempt.workspace !== null && !attempt.isApplied) {
    return effects({ kind: "apply", key: `${name}.apply${state.effects.count}`, attempt: name });
  }
  return facts(...after, closedAs("kept", state, registry, attempt, task));
}

/** The end of an attempt that wrote something. */
function closedAs(
  verdict: "kept" | "refuted",
  state: State,
  from: Registry,
  attempt: Attempt,
  task: Task,
): Fact {
  const judgement = judgeAttempt(state, from, attempt, task);
  const scope = scopeOf(state, from, attempt, task);
  const { passed, broke } = verdict === "kept" ? { ...judgement, broke: [] } : { ...judgement, passed: [] };
  const closing = over(attempt, verdict, passed, broke, summaryOf(from, attempt, task, judgement, scope));
  return Object.values(scope).every((names) => names.length === 0) ? closing : { ...closing, scope };
}

function scopeOf(state: State, { languages }: Registry, attempt: Attempt, task: Task): Scope {
  return judgeScope(attempt.scope, {
    task,
    wants: wantsOfTask(state, task, languages),
    reasons: `${attempt.reasons}\n${attempt.summary}`,
    after: attempt.after ?? [],
  });
}

/** Opens the turn of an attempt, or parks its task where a person dropped its message. */
function begin(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  task: Task,
  attempt: Attempt,
  query: string,
): Due {
  const dropped = droppedMessage(state, decision);
  if (dropped !== null) {
    const by = dropped.changedBy ?? say(registry, "decisions.the_person");
    const reason = say(registry, "tasks.dropped", { by });
    return facts(
      over(attempt, "failed", [], [], reason),
      { type: "task_changed", id: task.id, status: "parked", reason },
      closed(decision, say(registry, "tasks.dropped_task", { task: task.id, reason }), false),
    );
  }
  const purpose = task.kind === "documentation" ? "document" : "work";
  return startTurn(state, registry, decision, {
    role: attempt.role,
    kind: query === "" ? "assignment" : "consult",
    text: [
      say(registry, "tasks.assignment", { task: task.id, description: task.description }),
      ...whereOf(registry, task, attempt),
      ...proofOf(state, registry, task),
      ...(query === "" || query === task.description ? [] : [query]),
    ].join("\n"),
    purpose,
    tools: (role) => toolsOfTurn(registry, role, { purpose, changes: true, talks: mayTalk(state) }),
    temperature: attempt.temperature,
    seed: attempt.seed,
    attempt: `${task.id}.${attempt.number}`,
  });
}

/** How a turn ended that wrote nothing, where it says more than that it is over. */
function nothingWritten(from: Wording, turn: TurnOver | undefined): string {
  if (turn === undefined) return say(from, "tasks.nothing_written");
  const { ending, text } = turn;
  const ended = ending === "finished" ? text : say(from, "tasks.ended", { ending: plainName(ending), text });
  return say(from, "tasks.nothing_written_ended", { ended });
}

/** Where no check stands for a task it asks for one: without it nothing will show the work. */
function proofOf(state: State, from: Registry, task: Task): readonly string[] {
  const isWish = task.kind === "work" && task.checks.length === 0 && !isForTheEye(state, task) &&
    failing(state.checks.first).length === 0 && !goesStraight(state, from);
  return isWish ? [say(from, "tasks.no_check")] : [];
}

/** Where the fault most likely is, as far as anybody knows. */
function whereOf(from: Wording, { target }: Task, { elsewhere }: Attempt): readonly string[] {
  return target === null ? [] : [say(from, elsewhere ? "tasks.elsewhere" : "tasks.where", { path: target })];
}

function over(
  { task, number }: Attempt,
  verdict: "kept" | "refuted" | "empty" | "failed",
  passed: string[],
  broke: string[],
  summary: string,
): Extract<Fact, { type: "attempt_closed" }> {
  return { type: "attempt_closed", task, number, verdict, passed, broke, summary: bound(summary, 1000) };
}

/** What an attempt did and what the checks said, for those who try next. */
function summaryOf(from: Wording, attempt: Attempt, task: Task, judgement: AttemptJudgement, scope: Scope): string {
  const files = [...new Set(attempt.writes.map((write) => write.path))].join(", ");
  const parts = [say(from, "tasks.changed", { files })];
  const { passed, broke, left, why } = judgement;
  if (why !== "") parts.push(why);
  if (passed.length > 0) parts.push(say(from, "tasks.now_pass", { checks: passed.join("; ") }));
  if (broke.length > 0) parts.push(say(from, "tasks.broke", { checks: broke.join("; ") }));
  if (left.length > 0) parts.push(say(from, "tasks.still_failing", { checks: left.join("; ") }));
  parts.push(...scopeWords(from, scope));
  if (attempt.isDeclined) {
    parts.push(say(from, "tasks.person_kept", { files: Object.keys(attempt.conflict?.theirs ?? {}).join(", ") }));
  } else if (attempt.stuck !== null) parts.push(attempt.stuck);
  else if (attempt.moved > MOST_MOVED) parts.push(say(from, "tasks.moved_on"));
  const said = (attempt.after ?? []).find((result) =>
    !result.passed && (broke.includes(result.name) || task.checks.includes(result.name) || left.includes(result.name))
  );
  if (said !== undefined && said.evidence !== "") {
    parts.push(say(from, "tasks.checks_said", { evidence: bound(said.evidence, 400) }));
  }
  return parts.join(". ");
}
