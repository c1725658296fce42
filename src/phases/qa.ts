import { attemptsAt } from "../features/attempts/attempts_at.ts";
import { variantOf } from "../prompt/variant_of.ts";
import { facts } from "../kernel/owed.ts";
import { dueAttempt } from "../features/attempts/due_attempt.ts";
import { checkFor } from "../features/checks/check_for.ts";
import { isSatisfied } from "../features/checks/judge.ts";
import { failing } from "../features/checks/slice.ts";
import { answered, closed, droppedMessage } from "../features/decisions/closed.ts";
import type { OpenDecision, TurnOver } from "../features/decisions/slice.ts";
import type { Fact } from "../features/fact.ts";
import type { Due, PhaseKind, Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { goesStraight } from "../features/tasks/goes_straight.ts";
import { roleOfPhase } from "../features/tasks/role_of_phase.ts";
import { readyIssue, type Task } from "../features/tasks/task.ts";
import { sizeOf } from "../features/threads/model_size.ts";
import type { Outcome } from "../features/turns/outcome.ts";
import { startTurn } from "../features/turns/start_turn.ts";
import { mayTalk } from "../features/turns/talk.ts";
import { toolsOfTurn } from "../features/turns/tools_of_turn.ts";
import { say } from "../sentences/say.ts";

const PHASE = "qa";
/** Issues that one review may make tasks of. */
const MOST_ISSUES = 3;

type Issue = Extract<Outcome, { kind: "issue_reported" }>;

/** Executes the checks and reviews what was done. */
export const qa: PhaseKind = {
  phase: PHASE,
  goOn: "check and review the work",
  role: "reasoning",
  nextTask: (state) => readyTest(state),
  hasWork: (state) =>
    readyTest(state) !== null ||
    state.tasks.list.some((task) => task.status === "in_review") && readyIssue(state) === null && !isTestRed(state),
  rank: () => 3,
  /** A test that comes before the work is a task like any other, judged by how it fails. */
  due(state, registry, decision) {
    if (decision.task !== null || readyTest(state) !== null) return dueAttempt(state, registry, decision);
    if (state.checks.stale && !decision.checked) return checkFor(state, decision.id);
    const waiting = state.tasks.list.filter((task) => task.status === "in_review");
    const over = decision.turnsOver.at(-1);
    if (over === undefined) {
      const role = roleOfPhase(registry, PHASE);
      const isPossible = state.tasks.reviews < registry.bounds.reviews && droppedMessage(state, decision) === null &&
        !(goesStraight(state, registry) && needsNoWord(state, waiting));
      return role !== null && isPossible
        ? askForReview(state, registry, decision, waiting, role)
        : accepted(state, registry, decision, waiting, null);
    }
    const issues = over.outcomes.filter((outcome): outcome is Issue => outcome.kind === "issue_reported");
    return issues.length > 0
      ? reported(state, registry, decision, waiting, over, issues)
      : accepted(state, registry, decision, waiting, over);
  },
};

function readyTest({ tasks }: State): Task | null {
  return tasks.list.find((task) => task.status === "ready" && task.kind === "test") ?? null;
}

/** Whether work waits whose test came before it: until that is done a review sees what fails as it shall. */
function isTestRed({ tasks }: State): boolean {
  return tasks.list.some(({ status, test }) => status === "ready" && test !== undefined);
}

function askForReview(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  waiting: readonly Task[],
  role: string,
): Due {
  const red = failing(state.checks.latest).some(({ name }) => waiting.some((task) => task.checks.includes(name)));
  const found = hasNoChecks(state)
    ? say(registry, "phases.review_unchecked")
    : say(registry, red ? "phases.review_red" : "phases.review_green");
  return startTurn(state, registry, decision, {
    role,
    kind: "assignment",
    text: say(registry, "phases.review", {
      tasks: waiting.map((task) => `${task.id} (${task.description})`).join("; "),
      found,
    }),
    purpose: "review",
    // What is red cannot be approved.
    tools: (who) =>
      toolsOfTurn(registry, who, { purpose: "review", changes: false, talks: mayTalk(state) })
        .filter((name) => !red || registry.tools[name]?.traits?.approves !== true),
    temperature: 0,
    seed: state.turns.count + 1,
  });
}

/** What a review reported becomes tasks, unless it is only the word of a small model against checks that pass. */
function reported(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  waiting: readonly Task[],
  over: TurnOver,
  issues: readonly Issue[],
): Due {
  const tasks = issues.slice(0, MOST_ISSUES).map((issue, index): Task => ({
    id: `T${state.tasks.list.length + index + 1}`,
    kind: "issue",
    description: issue.description,
    target: issue.path ?? waiting[0]?.target ?? null,
    checks: [],
    after: [],
    status: "ready",
    reason: say(registry, "phases.reported_by", { role: over.role, severity: issue.severity }),
  }));
  const said = issues.map((issue) => issue.description).join("; ");
  const before: Fact[] = [...answered(state, over.id), { type: "tasks_planned", tasks, refused: [], by: "review" }];
  if (!isClaim(state, registry, over.role, waiting)) {
    const count = issues.length;
    const outcome = count === 1
      ? say(registry, "phases.reported_one", { issues: said })
      : say(registry, "phases.reported_many", { count, issues: said });
    return facts(...before, closed(decision, outcome, true));
  }
  // Whoever found faults where there are none finds more of them: its claim is told to the person and changes nothing.
  const claim = say(registry, cameToNothing(state) ? "phases.claim_again" : "phases.claim", { role: over.role });
  const done = say(registry, "phases.accepted_despite");
  return facts<Fact>(
    ...before,
    ...tasks.map(({ id }): Fact => ({ type: "task_changed", id, status: "dropped", reason: claim })),
    ...waiting.map(({ id }): Fact => ({ type: "task_changed", id, status: "done", reason: done })),
    closed(decision, say(registry, "phases.claimed", { tasks: namesOf(waiting), issues: said }), true),
  );
}

/**
 * Whether what a review reports is only a word against the checks of the tasks under review, which pass: that of a small model, or of any
 * once an issue was worked on in vain.
 */
function isClaim(state: State, registry: Registry, role: string, waiting: readonly Task[]): boolean {
  return isShown(state, waiting) && (cameToNothing(state) || variantOf(sizeOf(state, registry, role)) === "small");
}

/** Whether an issue that a review reported turned out to be none, or could not be shown to be one. */
function cameToNothing(state: State): boolean {
  return state.tasks.list.some(({ id, kind, status }) =>
    kind === "issue" && status === "dropped" && attemptsAt(state, id).length > 0
  );
}

/** Whether the word of a lone small model would add nothing: checks show its work, or it is a wish, which only a test can show. */
function needsNoWord(state: State, waiting: readonly Task[]): boolean {
  return isShown(state, waiting) || waiting.every(({ criterion }) => criterion !== undefined);
}

/** Whether executed checks show the tasks under review. */
function isShown(state: State, waiting: readonly Task[]): boolean {
  const { latest, stale } = state.checks;
  return (latest ?? []).length > 0 && !stale &&
    waiting.every((task) => task.checks.length > 0 && isSatisfied(task, latest));
}

/** The tasks under review are done where their checks pass, and parked where those fail again. */
function accepted(
  state: State,
  from: Registry,
  decision: OpenDecision,
  waiting: readonly Task[],
  over: TurnOver | null,
): Due {
  const verdict = (tasks: readonly Task[]) => verdictOf(state, from, over, tasks);
  return facts<Fact>(
    ...(over === null ? [] : answered(state, over.id)),
    ...waiting.map((task): Fact => ({
      type: "task_changed",
      id: task.id,
      ...(isSatisfied(task, state.checks.latest)
        ? { status: "done", reason: verdict([task]) }
        : { status: "parked", reason: say(from, "phases.fails_again") }),
    })),
    closed(decision, say(from, "phases.reviewed", { tasks: namesOf(waiting), verdict: verdict(waiting) }), true),
  );
}

/** Why tasks are done. */
function verdictOf(state: State, from: Registry, over: TurnOver | null, tasks: readonly Task[]): string {
  const unverified = hasNoChecks(state);
  if (over?.outcomes.some((outcome) => outcome.kind === "approved") === true) {
    return say(from, unverified ? "phases.approved_unverified" : "phases.approved", { role: over.role });
  }
  if (unverified) return say(from, "phases.unverified");
  const unshown = tasks.filter(({ checks }) => checks.length === 0);
  if (unshown.length > 0) {
    return unshown.length === tasks.length
      ? say(from, "phases.unshown")
      : say(from, "phases.unshown_some", { tasks: namesOf(unshown) });
  }
  if (over === null && goesStraight(state, from)) return say(from, "phases.own_review");
  return say(from, over === null ? "phases.no_reviews_left" : "phases.no_review");
}

function hasNoChecks(state: State): boolean {
  return (state.checks.latest ?? []).length === 0;
}

function namesOf(tasks: readonly Task[]): string {
  return tasks.map((task) => task.id).join(", ");
}
