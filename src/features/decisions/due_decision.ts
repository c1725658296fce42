import { ARBITER, consultedRole, nextTask, roleOfPhase, worksOnTask } from "./arbiter.ts";
import { type Due, effects, facts, NOTHING } from "../../kernel/due.ts";
import { dueAttempt } from "../attempts/due_attempt.ts";
import { isReady } from "../messages/due_messages.ts";
import type { Fact } from "../fact.ts";
import { sizeOf, variantOf } from "../threads/model_size.ts";
import { failing } from "../evolve.ts";
import { isSatisfied, judgeRun } from "../checks/judge.ts";
import type { Message } from "../messages/message.ts";
import type { Phase } from "../../phases/phase.ts";
import { admitTasks, planByRules } from "../tasks/plan.ts";
import type { Registry } from "../registry.ts";
import type { OpenDecision, State, Turn } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { bound } from "../../kernel/text.ts";

/**
 * Says what the decision at work owes: the turn of a specialist, attempts at a task, a check, a question, or its outcome.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param decision the decision at work
 * @returns what is due
 */
export function dueDecision(state: State, registry: Registry, decision: OpenDecision): Due {
  if (decision.turn !== null) return NOTHING;
  const args = decision.arguments;
  const role = consultedRole(decision.name);
  if (role !== null) return dueConsult(state, registry, decision, role);
  switch (decision.name) {
    case "change_phase":
      return facts(
        {
          type: "phase_changed",
          phase: args.phase as Phase,
          reason: String(args.reason ?? decision.reason),
          by: decision.by,
        },
        closed(decision, `The phase is ${String(args.phase)} now.`, true),
      );
    case "continue_current_phase":
      return duePhase(state, registry, decision);
    case "request_user_input":
      return dueQuestion(state, decision);
    case "answer_user":
      return facts(...answerPerson(decision.id, args));
    case "finish":
      return dueFinish(state, decision);
    default:
      return facts(closed(decision, `There is no decision ${decision.name}.`, false));
  }
}

/** Tells the person what a decision to answer says, and closes it. */
export function answerPerson(decision: string, args: Readonly<Record<string, unknown>>): Fact[] {
  return [
    { type: "person_told", text: String(args.text), cause: decision },
    { type: "decision_closed", id: decision, outcome: "The person was answered.", ok: true },
  ];
}

/** Closes a decision with its outcome. */
export function closed(decision: OpenDecision, outcome: string, ok: boolean): Fact {
  return { type: "decision_closed", id: decision.id, outcome: bound(outcome, 1200), ok };
}

function duePhase(state: State, registry: Registry, decision: OpenDecision): Due {
  switch (state.phase) {
    case "planning":
      return duePlanning(state, registry, decision);
    case "qa":
      return dueReviewing(state, registry, decision);
    case "coding":
    case "debugging":
      return dueAttempt(state, registry, decision, "");
    case "documentation":
      return dueDocumentation(state, registry, decision);
  }
}

/**
 * Sends the message that starts a turn, and opens the turn once nobody holds the message.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param decision the decision at work
 * @param start whom the turn is wanted of, with which text, purpose, tools and sampling
 * @returns what is due; facts that close nothing, or nothing while the message is held
 */
export function startTurn(
  state: State,
  registry: Registry,
  decision: OpenDecision,
  start: {
    readonly role: string;
    readonly kind: "consult" | "assignment";
    readonly text: string;
    readonly purpose: Turn["purpose"];
    readonly tools: (role: string) => readonly string[];
    readonly temperature: number;
    readonly seed: number;
  },
): Due {
  if (decision.message === null) {
    return facts({
      type: "message_sent",
      message: {
        id: `m${state.messageCount + 1}`,
        from: ARBITER,
        to: start.role,
        kind: start.kind,
        text: bound(start.text, 3000),
        cause: decision.id,
        answers: null,
        review: false,
      },
    });
  }
  const message = state.messages.find((one) => one.id === decision.message);
  if (message === undefined || !isReady(message)) return NOTHING;
  if (Object.values(state.turns).some((turn) => turn.role === message.to)) return NOTHING; // it answers somebody: first that
  const id = `t${state.turnCount + 1}`;
  const role = registry.roles[message.to] === undefined ? start.role : message.to;
  return facts(
    {
      type: "turn_opened",
      id,
      role,
      message: message.id,
      purpose: start.purpose,
      tools: [...start.tools(role)],
      temperature: start.temperature,
      seed: start.seed,
    },
    { type: "message_in_prompt", id: message.id, turn: id },
  );
}

/** The message of the decision, where a person or the arbiter dropped it. */
export function droppedMessage(state: State, decision: OpenDecision): Message | null {
  const message = state.messages.find((one) => one.id === decision.message);
  return message?.status === "dropped" ? message : null;
}

/** Tools of a role that look at things, and those that close a turn of this purpose. */
function readingTools(registry: Registry, role: string, closing: readonly string[]): string[] {
  const own = registry.roles[role]?.tools ?? [];
  const reading = own.filter((name) => registry.tools[name]?.access === "reads");
  const reads = reading.length > 0
    ? reading
    : Object.keys(registry.tools).filter((name) => registry.tools[name]!.access === "reads");
  const talking = own.filter((name) => name === "ask_specialist" || name === "send_message");
  return [...reads, ...talking, ...closing.filter((name) => registry.tools[name] !== undefined)];
}

function dueConsult(state: State, registry: Registry, decision: OpenDecision, role: string): Due {
  const query = String(decision.arguments.query ?? "");
  const context = decision.arguments.context === undefined ? "" : `\n${String(decision.arguments.context)}`;
  // A consult writes only as an attempt at an open task.
  if (decision.task !== null || worksOnTask(state, registry, role)) {
    return dueAttempt(state, registry, decision, `${query}${context}`, role);
  }
  const over = decision.turnsOver.at(-1);
  if (over !== undefined) return dueAnswer(state, decision, over);
  const dropped = droppedMessage(state, decision);
  if (dropped !== null) {
    return facts(closed(decision, `The message was dropped by ${dropped.changedBy ?? "the person"}.`, false));
  }
  return startTurn(state, registry, decision, {
    role,
    kind: "consult",
    text: `${query}${context}`,
    purpose: "consult",
    tools: (who) => readingTools(registry, who, ["answer"]),
    temperature: 0,
    seed: state.turnCount + 1,
  });
}

/** The answer of a consult is a message of its own: it can be held, edited and dropped before the arbiter reads it. */
function dueAnswer(state: State, decision: OpenDecision, over: OpenDecision["turnsOver"][number]): Due {
  const sent = state.messages.find((message) => message.cause === over.id && message.kind === "answer");
  if (sent === undefined) {
    const asked = openedBy(state, over.id);
    const text = over.ending === "finished" ? over.text : `No answer (${over.ending}): ${over.text}`;
    const answer = {
      id: `m${state.messageCount + 1}`,
      from: over.role,
      to: ARBITER,
      kind: "answer" as const,
      text: bound(text, 3000),
      cause: over.id,
      answers: asked?.id ?? "",
      review: false,
    };
    return facts(...(asked === undefined ? [] : [{ type: "message_answered" as const, id: asked.id }]), {
      type: "message_sent",
      message: answer,
    });
  }
  if (sent.status === "dropped") return facts(closed(decision, "The answer was dropped by the person.", false));
  if (sent.to !== ARBITER) {
    return facts(closed(decision, `The answer was redirected to ${sent.to} by the person.`, false));
  }
  if (!isReady(sent)) return NOTHING;
  return facts(
    { type: "message_in_prompt", id: sent.id, turn: ARBITER },
    { type: "message_answered", id: sent.id },
    closed(decision, `${over.role}: ${sent.text}`, over.ending === "finished"),
  );
}

function duePlanning(state: State, registry: Registry, decision: OpenDecision): Due {
  const over = decision.turnsOver.at(-1);
  const role = roleOfPhase(registry, "planning");
  const dropped = droppedMessage(state, decision);
  if (over === undefined && role !== null && dropped === null) {
    return startTurn(state, registry, decision, {
      role,
      kind: "assignment",
      text:
        "Plan the work that reaches the goal: few small tasks, one file each, in the order they are to be done. Name for each task the failing checks that it makes pass." +
        adviceFor(state),
      purpose: "plan",
      tools: (who) => readingTools(registry, who, ["create_task_plan"]),
      temperature: state.seen[decision.fingerprint]?.["continue_current_phase planning"] === 1 ? 0 : 0.5,
      seed: state.plans + state.turnCount + 1,
    });
  }
  const planned = over?.outcomes.find((outcome) => outcome.kind === "planned");
  if (planned?.kind === "planned") {
    const known = [...new Set([...over!.files, ...knownFiles(state)])];
    const admission = admitTasks(planned.tasks, state, known, registry.bounds.tasks);
    if (admission.tasks.length > 0) {
      const note = admission.refused.length === 0
        ? ""
        : ` Refused: ${admission.refused.map((one) => `${one.description}: ${one.reason}`).join("; ")}`;
      return facts(
        ...answered(state, over!.id),
        { type: "tasks_planned", ...admission, by: over!.role },
        closed(
          decision,
          `${admission.tasks.length} tasks planned: ${
            admission.tasks.map((task) => `${task.id} ${task.description}`).join("; ")
          }.${note}`,
          true,
        ),
      );
    }
  }
  const why = dropped !== null
    ? "The assignment was dropped by the person."
    : over === undefined
    ? "There is no specialist for planning."
    : planned === undefined
    ? `No plan came (${over.ending}): ${over.text}`
    : "No task of the plan was admitted.";
  const again = (state.seen[decision.fingerprint]?.["continue_current_phase planning"] ?? 1) < registry.bounds.repeats;
  if (again && decision.by !== "rules" && dropped === null) {
    return facts(...(over === undefined ? [] : answered(state, over.id)), closed(decision, why, false));
  }
  const { tasks, refused } = admitTasks(planByRules(state), state, knownFiles(state), registry.bounds.tasks);
  return facts(
    ...(over === undefined ? [] : answered(state, over.id)),
    { type: "tasks_planned", tasks, refused, by: "rules" },
    closed(decision, `${why} The rules planned ${tasks.length} tasks from the checks.`, tasks.length > 0),
  );
}

/** What consults before the first plan brought to light: its planner should know. */
function adviceFor(state: State): string {
  if (state.plans > 0) return "";
  const given = state.decisions.filter((one) => consultedRole(one.name) !== null && one.ok === true);
  return given.slice(-2).map((one) => `\nAdvice of ${bound(one.outcome ?? "", 500)}`).join("");
}

/** Files that the state knows of: named by checks or written. */
function knownFiles(state: State): string[] {
  return [...new Set([...(state.checks.latest ?? []).flatMap((result) => result.files), ...Object.keys(state.files)])];
}

/** The message that opened a turn is answered once the turn is over. */
export function answered(state: State, turn: string): Fact[] {
  const message = openedBy(state, turn);
  return message?.status === "in_prompt" ? [{ type: "message_answered", id: message.id }] : [];
}

/** The message that opened a turn of a decision; notes and words that came later stand in the same prompt. */
function openedBy(state: State, turn: string): Message | undefined {
  return state.messages.find((one) => one.turn === turn && (one.kind === "consult" || one.kind === "assignment"));
}

/** Whether what a review reports is only the word of a small model against the checks of the tasks under review, which pass. */
function isClaim(state: State, registry: Registry, role: string, waiting: readonly Task[]): boolean {
  const latest = state.checks.latest ?? [];
  const proven = latest.length > 0 && !state.checks.stale &&
    waiting.every((task) => task.checks.length > 0 && isSatisfied(task, latest));
  return proven && variantOf(sizeOf(state, registry, role)) === "small";
}

function dueReviewing(state: State, registry: Registry, decision: OpenDecision): Due {
  if (state.checks.stale && !decision.checked) return checkFor(state, decision.id);
  const waiting = state.tasks.filter((task) => task.status === "in_review");
  const over = decision.turnsOver.at(-1);
  const role = roleOfPhase(registry, "qa");
  const dropped = droppedMessage(state, decision);
  const exhausted = state.reviews >= registry.bounds.reviews && over === undefined;
  const unverified = (state.checks.latest ?? []).length === 0;
  const names = waiting.map((task) => task.id).join(", ");
  if (over === undefined && role !== null && !exhausted && dropped === null) {
    const red = failing(state.checks.latest).some((result) =>
      waiting.some((task) => task.checks.includes(result.name))
    );
    return startTurn(state, registry, decision, {
      role,
      kind: "assignment",
      text: `Review the changes for ${waiting.map((task) => `${task.id} (${task.description})`).join("; ")}. ` +
        (unverified
          ? "The project has no checks, so your look is the only one. "
          : `The checks were executed: ${red ? "some of these tasks' checks fail" : "these tasks' checks pass"}. `) +
        "Approve the code, or report the one issue that must be repaired: only a real defect of these changes, never a wish.",
      purpose: "review",
      tools: (who) => readingTools(registry, who, red ? ["report_issue"] : ["approve_code", "report_issue"]),
      temperature: 0,
      seed: state.turnCount + 1,
    });
  }
  const issues = (over?.outcomes ?? []).flatMap((outcome) => outcome.kind === "issue_reported" ? [outcome] : []);
  const approved = over?.outcomes.some((outcome) => outcome.kind === "approved") === true && issues.length === 0;
  const after = over === undefined ? [] : answered(state, over.id);
  if (issues.length > 0) {
    const tasks = issues.slice(0, 3).map((issue, index) => ({
      id: `T${state.tasks.length + index + 1}`,
      kind: "issue" as const,
      description: issue.description,
      target: issue.path ?? waiting[0]?.target ?? null,
      checks: [],
      after: [],
      status: "ready" as const,
      reason: `reported by ${over!.role}, severity ${issue.severity}`,
    }));
    // A small model finds faults where there are none; where the checks are green its claim is told to the person and changes nothing.
    if (isClaim(state, registry, over!.role, waiting)) {
      const reason = `no check shows it, and small models claim much: for a person to look at (${over!.role})`;
      return facts(
        ...after,
        { type: "tasks_planned", tasks, refused: [], by: "review" },
        ...tasks.map((task): Fact => ({ type: "task_changed", id: task.id, status: "dropped", reason })),
        ...waiting.map((task): Fact => ({
          type: "task_changed",
          id: task.id,
          status: "done",
          reason: "accepted by the checks; what the review claims no check shows",
        })),
        closed(
          decision,
          `${waiting.map((task) => task.id).join(", ")}: done by the checks. Claimed, and shown by no check: ${
            issues.map((issue) => issue.description).join("; ")
          }`,
          true,
        ),
      );
    }
    return facts(
      ...after,
      { type: "tasks_planned", tasks, refused: [], by: "review" },
      closed(
        decision,
        `${issues.length} issues reported: ${issues.map((issue) => issue.description).join("; ")}`,
        true,
      ),
    );
  }
  const verdict = approved
    ? `approved by ${over!.role}${unverified ? ", unverified: the project has no checks" : ""}`
    : unverified
    ? "unverified: no review came and the project has no checks"
    : `accepted by the checks alone: ${over === undefined ? "reviews are used up" : "no review came"}`;
  return facts(
    ...after,
    ...waiting.map((task): Fact =>
      isSatisfied(task, state.checks.latest)
        ? { type: "task_changed", id: task.id, status: "done", reason: verdict }
        : { type: "task_changed", id: task.id, status: "parked", reason: "its checks fail again" }
    ),
    closed(decision, `${names}: ${verdict}.`, true),
  );
}

/** Documents become a task like any other, so that what it writes is checked and can be taken back. */
function dueDocumentation(state: State, registry: Registry, decision: OpenDecision): Due {
  if (decision.task !== null || nextTask(state, registry, "documentation") !== null) {
    return dueAttempt(state, registry, decision, "");
  }
  const changed = Object.entries(state.files).filter(([, file]) => file.current !== file.original).map(([path]) =>
    path
  );
  return facts({
    type: "tasks_planned",
    tasks: [{
      id: `T${state.tasks.length + 1}`,
      kind: "documentation",
      description: `Bring the project's documents (such as README.md) up to what changed in ${
        changed.join(", ")
      }. If nothing in them is wrong now, finish without writing.`,
      target: null,
      checks: [],
      after: [],
      status: "ready",
      reason: "",
    }],
    refused: [],
    by: "documentation",
  });
}

function dueQuestion(state: State, decision: OpenDecision): Due {
  const text = String(decision.arguments.question ?? "");
  const over = decision.turnsOver.at(-1);
  if (over !== undefined) {
    return facts(
      closed(
        decision,
        over.ending === "answered" ? `The person answers: ${over.text}` : "The person gave no answer.",
        over.ending === "answered",
      ),
    );
  }
  if (decision.question !== null) return NOTHING;
  if (state.run?.headless === true) {
    return facts(closed(decision, "Nobody is at the keyboard.", false), {
      type: "run_ended",
      kind: "blocked",
      cause: `The crew needs an answer: ${text}`,
    });
  }
  return facts({
    type: "question_asked",
    id: `q.${decision.id}`,
    kind: "input",
    text,
    context: decision.arguments.context === undefined ? "" : String(decision.arguments.context),
    turn: null,
  });
}

function dueFinish(state: State, decision: OpenDecision): Due {
  if (state.checks.stale && !decision.checked) return checkFor(state, decision.id);
  const judgement = judgeRun(state);
  const expired = state.messages
    .filter((message) => message.status === "queued" || message.status === "held" || message.status === "reviewed")
    .map((message): Fact => ({ type: "message_expired", id: message.id }));
  return facts(
    ...expired,
    closed(decision, `${judgement.kind}: ${judgement.cause}`, judgement.kind === "accepted"),
    { type: "run_ended", ...judgement },
  );
}

/** Executes the checks for a cause, unless they are at work. */
export function checkFor(state: State, cause: string): Due {
  const open = Object.values(state.effects).some(({ effect }) => effect.kind === "check");
  return open ? NOTHING : effects({ kind: "check", key: `${cause}.check${state.effectCount}`, cause });
}
