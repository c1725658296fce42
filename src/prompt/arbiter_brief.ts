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
import type { Section } from "./section.ts";

/** Tasks that the brief lists. */
const LISTED = 10;
/** Failing results that it lists. */
const FAILING = 4;
/** Decisions that it tells with their outcome. */
const DECISIONS = 5;

/**
 * Writes what the arbiter reads each turn: goal, phase, tasks, newest failures with their text, its last decisions with their outcomes.
 *
 * @param state what is so
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
  const sections: Section[] = [
    { name: "goal and phase", priority: 0, pieces: [`Goal: ${state.run.info?.goal ?? ""}\nPhase: ${state.run.phase}`] },
    { name: "checks", priority: 2, pieces: [checkLines(state).join("\n")], least: 40 },
    { name: "tasks", priority: 1, pieces: [taskLines(state).join("\n")], least: 60 },
    { name: "work left", priority: 0, pieces: [workLines(state, registry).join("\n")] },
  ];
  const add = (name: string, priority: number, lines: readonly string[], least?: number) => {
    if (lines.length > 0) sections.push({ name, priority, pieces: [lines.join("\n")], least });
  };
  add("decisions", 4, decisionLines(state), 60);
  add("changes of messages by the person", 5, changedLines(state));
  add("words of the person", 1, wordLines(state), 40);
  add("budget and records", 6, recordLines(state, registry));
  const last: string[] = [];
  if (illegal.length > 0 && way !== "constrained") last.push(`Not possible now: ${illegal.join(", ")}.`);
  if (state.arbiter.fault !== null) {
    if (state.arbiter.reply !== null) last.push(`Your last reply was: ${bound(state.arbiter.reply, 300)}`);
    last.push(`That was no legal decision: ${state.arbiter.fault}`);
  }
  last.push(`Decide the next step with exactly one of: ${ask.legal.join(", ")}.`);
  // What the rules would do keeps a small model from wandering; it decides all the same.
  const usual = ruleDecision(state, registry);
  if (decisionAtWork(state) === null && ask.legal.includes(usual.name)) {
    last.push(
      `The usual step here: ${usual.name}${usual.name === RULED.turn ? ` to ${usual.arguments.phase}` : ""}.`,
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

function checkLines(state: State): string[] {
  const latest = state.checks.latest;
  if (latest === null || latest.length === 0) return ["Checks: the project has none."];
  const failed = failing(latest);
  const lines = [
    `Checks: ${latest.length - failed.length} of ${latest.length} results pass.${
      state.checks.stale ? " Files changed since." : ""
    }`,
  ];
  const covered = coveredBy(state);
  for (const result of failingTold(state)) {
    lines.push(
      covered.has(result.name)
        ? `- fails: ${result.name}`
        : `- fails: ${result.name}: ${bound(terse(result.evidence, 400).replace(/\s+/g, " "), 200)}`,
    );
  }
  if (failed.length > FAILING) lines.push(`- and ${failed.length - FAILING} more fail`);
  return lines;
}

function taskLines(state: State): string[] {
  if (state.tasks.list.length === 0) {
    return ["Tasks: none yet. Without tasks nothing can be done: planning makes them."];
  }
  const listed = tasksTold(state);
  const lines = ["Tasks:", ...listed.map((task) => `- ${taskLine(state, task)}`)];
  if (state.tasks.list.length > listed.length) lines.push(`- and ${state.tasks.list.length - listed.length} more`);
  return lines;
}

function taskLine(state: State, task: Task): string {
  const tries = state.attempts.past[task.id]?.length ?? 0;
  const over = task.status === "done" || task.status === "dropped";
  const parts = [`${task.id} ${task.status}: ${bound(task.description.replace(/\s+/g, " "), over ? 80 : 140)}`];
  if (task.target !== null) parts.push(`(${task.target})`);
  if (tries > 0) parts.push(`[${tries} attempts]`);
  if (task.reason !== "" && !over) parts.push(`— ${bound(task.reason, 200)}`);
  return parts.join(" ");
}

function workLines(state: State, registry: Registry): string[] {
  const work = registry.phases.filter((kind) => kind.hasWork(state, registry)).map(({ phase }) => phase);
  const lines = [work.length === 0 ? "No phase has work left." : `Phases with work: ${work.join(", ")}.`];
  const next = nextTask(state, registry);
  if (next !== null) lines.push(`${RULED.goOn} would work on ${next.id}.`);
  return lines;
}

function decisionLines(state: State): string[] {
  const last = decisionsTold(state);
  if (last.length === 0) return [];
  return [
    "Your last decisions and what came of them:",
    ...last.map((decision, index) => {
      const newest = index === last.length - 1 || decision.ok === false;
      const { reason: _said, ...args } = decision.arguments;
      const outcome = decision.outcome === null ? "at work" : bound(decision.outcome, newest ? 400 : 160);
      return `- ${decision.name} ${bound(JSON.stringify(args), 160)} → ${outcome}`;
    }),
  ];
}

/** What is on its way to the arbiter itself is read when it arrives, not before. */
function changedLines(state: State): string[] {
  return state.messages.list.filter((message) =>
    message.changedBy === "person" && !(message.to === ARBITER && isPending(message))
  ).slice(-3).map((message) =>
    `The person changed message ${message.id} (${message.from} to ${message.to}): ${
      message.status === "dropped" ? "dropped" : `now "${bound(message.text, 200)}"`
    }`
  );
}

function wordLines(state: State): string[] {
  const heard = [...state.arbiter.heard, ...state.arbiter.words.filter((word) => !state.arbiter.heard.includes(word))];
  return [
    ...state.people.said.filter((word) => !heard.includes(word)).slice(-3).map((word) =>
      `Earlier the person said: ${bound(word, 300)}`
    ),
    ...heard.map((word) => `The person says: ${bound(word, 600)}`),
  ];
}

function recordLines(state: State, registry: Registry): string[] {
  const lines: string[] = [];
  const limits = state.spending.limits;
  if (limits?.tokens) lines.push(`Budget: ${state.spending.run.tokens} of ${limits.tokens} tokens used.`);
  for (const role of specialists(registry)) {
    const records = Object.entries(state.statistics.asks).filter(([key]) => key.startsWith(`${role} `));
    const asks = records.reduce((sum, [, record]) => sum + record.asks, 0);
    const right = records.reduce((sum, [, record]) => sum + record.right + record.repaired, 0);
    if (asks > right) lines.push(`Record of ${role}: ${right} of ${asks} replies usable.`);
  }
  return lines;
}
