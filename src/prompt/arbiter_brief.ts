import { attemptsAt } from "../features/attempts/attempts_at.ts";
import type { CheckFact } from "../effects/check/check_effect.ts";
import { failing } from "../features/checks/slice.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { specialists } from "../features/decisions/kinds.ts";
import { RULED, ruleDecision } from "../features/decisions/rule_decision.ts";
import { type Decision, decisionAtWork } from "../features/decisions/slice.ts";
import { nextTask } from "../features/tasks/next_task.ts";
import type { Way } from "../kernel/call.ts";
import { isPending } from "../features/messages/message.ts";
import { ARBITER, type Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { openTasks, type Task } from "../features/tasks/task.ts";
import { bound } from "../kernel/text.ts";
import { terse } from "./evidence.ts";
import { runBeforeSections } from "./run_before.ts";
import type { Section } from "./section.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Tasks that the brief lists. */
const LISTED = 10;
/** Failing results that it lists. */
const FAILING = 4;
/** Decisions that it tells with their outcome. */
const DECISIONS = 5;

/**
 * Writes what the arbiter reads each turn: goal, phase, tasks, newest failures with their text, its last decisions with their outcomes.
 *
 * @param registry what the crew offers
 * @param ask the ask: a decision, or the review of a message
 * @param illegal decisions that are declared and not legal now
 * @param way way of calling: a schema says by itself what is not legal
 * @returns parts of the message
 */
export function arbiterBrief(
  state: State,
  registry: Registry,
  ask: AskEffect,
  illegal: readonly string[],
  way: Way,
): Section[] {
  const goal = say(registry, "arbiter.goal", { goal: state.run.info?.goal ?? "" });
  const phase = say(registry, "arbiter.phase", { phase: state.run.phase });
  const sections: Section[] = [
    { name: "goal and phase", priority: 0, pieces: [`${goal}\n${phase}`] },
    ...runBeforeSections(state, registry),
    { name: "checks", priority: 2, pieces: [checkLines(state, registry).join("\n")], least: 40 },
    { name: "tasks", priority: 1, pieces: [taskLines(state, registry).join("\n")], least: 60 },
    { name: "work left", priority: 0, pieces: [workLines(state, registry).join("\n")] },
  ];
  const add = (name: string, priority: number, lines: readonly string[], least?: number) => {
    if (lines.length > 0) sections.push({ name, priority, pieces: [lines.join("\n")], least });
  };
  add("decisions", 4, decisionLines(state, registry), 60);
  add("changes of messages by the person", 5, changedLines(state, registry));
  add("words of the person", 1, wordLines(state, registry), 40);
  add("budget and records", 6, recordLines(state, registry));
  const last: string[] = [];
  if (illegal.length > 0 && way !== "constrained") {
    last.push(say(registry, "arbiter.impossible", { decisions: illegal.join(", ") }));
  }
  if (state.arbiter.fault !== null) {
    const { reply, fault } = state.arbiter;
    if (reply !== null) last.push(say(registry, "arbiter.last_reply", { reply: bound(reply, 300) }));
    last.push(say(registry, "arbiter.no_decision", { fault }));
  }
  last.push(say(registry, "arbiter.decide", { tools: ask.legal.join(", ") }));
  // What the rules would do keeps a small model from wandering; it decides all the same.
  const usual = ruleDecision(state, registry);
  if (decisionAtWork(state) === null && ask.legal.includes(usual.name)) {
    const { name: decision, arguments: { phase } } = usual;
    last.push(
      decision === RULED.turn
        ? say(registry, "arbiter.usual_phase", { decision, phase: String(phase) })
        : say(registry, "arbiter.usual", { decision }),
    );
  }
  sections.push({ name: "what is wanted", priority: 0, pieces: [last.join("\n")] });
  return sections;
}

/** Checks that an open task is for: their evidence matters to who works on it. */
function coveredBy(state: State): ReadonlySet<string> {
  return new Set(openTasks(state).flatMap((task) => task.checks));
}

/** The failing results that the brief tells of: those that no open task is for come first. */
export function failingTold(state: State): readonly CheckFact[] {
  const covered = coveredBy(state);
  return failing(state.checks.latest).toSorted((a, b) => Number(covered.has(a.name)) - Number(covered.has(b.name)))
    .slice(0, FAILING);
}

/** The tasks that the brief tells of: open ones first, then the newest that are over. */
export function tasksTold(state: State): readonly Task[] {
  const open = openTasks(state);
  return [...open, ...state.tasks.list.filter((task) => !open.includes(task)).reverse()].slice(0, LISTED);
}

/** The decisions that the brief tells of, with their outcome. */
export function decisionsTold(state: State): readonly Decision[] {
  return state.decisions.past.slice(-DECISIONS);
}

function checkLines(state: State, from: Wording): string[] {
  const latest = state.checks.latest;
  if (latest === null || latest.length === 0) return [say(from, "arbiter.no_checks")];
  const failed = failing(latest);
  const lines = [
    say(from, state.checks.stale ? "arbiter.checks_stale" : "arbiter.checks", {
      passed: latest.length - failed.length,
      count: latest.length,
    }),
  ];
  const covered = coveredBy(state);
  // A check that a task is for is known by the task: its evidence matters to who works on it.
  for (const { name, evidence } of failingTold(state)) {
    const said = bound(terse(evidence, 400).replace(/\s+/g, " "), 200);
    lines.push(`- ${say(from, "arbiter.fails", { check: covered.has(name) ? name : `${name}: ${said}` })}`);
  }
  if (failed.length > FAILING) {
    lines.push(`- ${say(from, "arbiter.more_fail", { count: failed.length - FAILING })}`);
  }
  return lines;
}

function taskLines(state: State, from: Wording): string[] {
  if (state.tasks.list.length === 0) return [say(from, "arbiter.no_tasks")];
  const listed = tasksTold(state);
  const lines = [say(from, "arbiter.tasks"), ...listed.map((task) => `- ${taskLine(state, from, task)}`)];
  const more = state.tasks.list.length - listed.length;
  if (more > 0) lines.push(`- ${say(from, "arbiter.more", { count: more })}`);
  return lines;
}

function taskLine(state: State, from: Wording, task: Task): string {
  const tries = attemptsAt(state, task.id).length;
  const over = task.status === "done" || task.status === "dropped";
  const description = bound(task.description.replace(/\s+/g, " "), over ? 80 : 140);
  const parts = [say(from, "arbiter.task", { task: task.id, status: task.status, description })];
  if (task.target !== null) parts.push(`(${task.target})`);
  if (tries > 0) parts.push(say(from, "arbiter.attempts", { count: tries }));
  if (task.reason !== "" && !over) parts.push(`— ${bound(task.reason, 200)}`);
  return parts.join(" ");
}

function workLines(state: State, registry: Registry): string[] {
  const work = registry.phases.filter((kind) => kind.hasWork(state, registry)).map(({ phase }) => phase);
  const lines = [
    work.length === 0 ? say(registry, "arbiter.no_work") : say(registry, "arbiter.work", { phases: work.join(", ") }),
  ];
  const next = nextTask(state, registry);
  if (next !== null) lines.push(say(registry, "arbiter.next", { decision: RULED.goOn, task: next.id }));
  return lines;
}

function decisionLines(state: State, from: Wording): string[] {
  const last = decisionsTold(state);
  if (last.length === 0) return [];
  return [
    say(from, "arbiter.decisions"),
    ...last.map((decision, index) => {
      const newest = index === last.length - 1 || decision.ok === false;
      const { reason: _said, ...args } = decision.arguments;
      const outcome = decision.outcome === null
        ? say(from, "arbiter.at_work")
        : bound(decision.outcome, newest ? 400 : 160);
      const made = { name: decision.name, arguments: bound(JSON.stringify(args), 160), outcome };
      return `- ${say(from, "arbiter.decision", made)}`;
    }),
  ];
}

/** What is on its way to the arbiter itself is read when it arrives, not before. */
function changedLines(state: State, from: Wording): string[] {
  return state.messages.list.filter((message) =>
    message.changedBy === "person" && !(message.to === ARBITER && isPending(message))
  ).slice(-3).map(({ id, from: sender, to, status, text, duplicateOf, changes }) => {
    const between = { message: id, from: sender, to };
    if (status === "dropped") return say(from, "arbiter.message_dropped", between);
    // The words of a duplicate are those of a message that may still be held.
    return duplicateOf !== undefined && changes.every(({ kind }) => kind === "duplicated")
      ? say(from, "arbiter.message_duplicated", { first: duplicateOf, to })
      : say(from, "arbiter.message_changed", { ...between, text: bound(text, 200) });
  });
}

function wordLines(state: State, from: Wording): string[] {
  const heard = [...state.arbiter.heard, ...state.arbiter.words.filter((word) => !state.arbiter.heard.includes(word))];
  return [
    ...state.people.said.filter((word) => !heard.includes(word)).slice(-3).map((word) =>
      say(from, "arbiter.said_earlier", { text: bound(word, 300) })
    ),
    ...heard.map((word) => say(from, "arbiter.says", { words: bound(word, 600) })),
  ];
}

function recordLines(state: State, registry: Registry): string[] {
  const lines: string[] = [];
  const limits = state.spending.limits;
  if (limits?.tokens) {
    lines.push(say(registry, "arbiter.budget", { used: state.spending.run.tokens, limit: limits.tokens }));
  }
  for (const role of specialists(registry)) {
    const records = Object.entries(state.statistics.asks).filter(([key]) => key.startsWith(`${role} `));
    const asks = records.reduce((sum, [, record]) => sum + record.asks, 0);
    const right = records.reduce((sum, [, record]) => sum + record.right + record.repaired, 0);
    if (asks > right) lines.push(say(registry, "arbiter.record", { role, right, count: asks }));
  }
  return lines;
}
