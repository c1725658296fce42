import { ARBITER, hasWork, nextTask, ruleDecision, specialists } from "../features/decisions/arbiter.ts";
import type { Way } from "../kernel/call.ts";
import type { AskEffect } from "../effects/effect.ts";
import { failing, openTasks } from "../features/evolve.ts";
import { isPending } from "../features/messages/message.ts";
import { PHASES } from "../phases/phase.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Task } from "../features/tasks/task.ts";
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
  if (ask.purpose === "review") return reviewBrief(state, ask.message ?? "");
  const sections: Section[] = [
    { name: "goal and phase", priority: 0, pieces: [`Goal: ${state.run?.goal ?? ""}\nPhase: ${state.phase}`] },
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
  if (state.decision === null && ask.legal.includes(usual.name)) {
    last.push(
      `The usual step here: ${usual.name}${usual.name === "change_phase" ? ` to ${usual.arguments.phase}` : ""}.`,
    );
  }
  sections.push({ name: "what is wanted", priority: 0, pieces: [last.join("\n")] });
  return sections;
}

function reviewBrief(state: State, id: string): Section[] {
  const message = state.messages.find((one) => one.id === id);
  if (message === undefined) return [{ name: "message", priority: 0, pieces: ["The message is gone. Approve."] }];
  const lines = [
    `Goal: ${state.run?.goal ?? ""}`,
    `${message.from} sends this ${message.kind} to ${message.to}:`,
    bound(message.text, 2000),
    "Decide whether it goes on: approve it unless it is wrong, misleading or meant for somebody else.",
  ];
  return [{ name: "message", priority: 0, pieces: [lines.join("\n")] }];
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
  // A check that a task is for is known by the task: its evidence matters to who works on it.
  const covered = new Set(openTasks(state).flatMap((task) => task.checks));
  const listed = [...failed].sort((a, b) => Number(covered.has(a.name)) - Number(covered.has(b.name))).slice(
    0,
    FAILING,
  );
  for (const result of listed) {
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
  if (state.tasks.length === 0) return ["Tasks: none yet. Without tasks nothing can be done: planning makes them."];
  const open = openTasks(state);
  const listed = [...open, ...state.tasks.filter((task) => !open.includes(task)).reverse()].slice(0, LISTED);
  const lines = ["Tasks:", ...listed.map((task) => `- ${taskLine(state, task)}`)];
  if (state.tasks.length > listed.length) lines.push(`- and ${state.tasks.length - listed.length} more`);
  return lines;
}

function taskLine(state: State, task: Task): string {
  const tries = state.attempts[task.id]?.length ?? 0;
  const over = task.status === "done" || task.status === "dropped";
  const parts = [`${task.id} ${task.status}: ${bound(task.description.replace(/\s+/g, " "), over ? 80 : 140)}`];
  if (task.target !== null) parts.push(`(${task.target})`);
  if (tries > 0) parts.push(`[${tries} attempts]`);
  if (task.reason !== "" && !over) parts.push(`— ${bound(task.reason, 200)}`);
  return parts.join(" ");
}

function workLines(state: State, registry: Registry): string[] {
  const work = PHASES.filter((phase) => hasWork(state, registry, phase));
  const lines = [work.length === 0 ? "No phase has work left." : `Phases with work: ${work.join(", ")}.`];
  const next = nextTask(state, registry, state.phase);
  if (next !== null) lines.push(`continue_current_phase would work on ${next.id}.`);
  return lines;
}

function decisionLines(state: State): string[] {
  const last = state.decisions.slice(-DECISIONS);
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
  return state.messages.filter((message) =>
    message.changedBy === "person" && !(message.to === ARBITER && isPending(message))
  ).slice(-3).map((message) =>
    `The person changed message ${message.id} (${message.from} to ${message.to}): ${
      message.status === "dropped" ? "dropped" : `now "${bound(message.text, 200)}"`
    }`
  );
}

function wordLines(state: State): string[] {
  const heard = [...state.arbiter.heard, ...state.words.filter((word) => !state.arbiter.heard.includes(word))];
  return [
    ...state.said.filter((word) => !heard.includes(word)).slice(-3).map((word) =>
      `Earlier the person said: ${bound(word, 300)}`
    ),
    ...heard.map((word) => `The person says: ${bound(word, 600)}`),
  ];
}

function recordLines(state: State, registry: Registry): string[] {
  const lines: string[] = [];
  const limits = state.run?.limits;
  if (limits?.tokens) lines.push(`Budget: ${state.spent.tokens} of ${limits.tokens} tokens used.`);
  for (const role of specialists(registry)) {
    const records = Object.entries(state.statistics.asks).filter(([key]) => key.startsWith(`${role} `));
    const asks = records.reduce((sum, [, record]) => sum + record.asks, 0);
    const right = records.reduce((sum, [, record]) => sum + record.right + record.repaired, 0);
    if (asks > right) lines.push(`Record of ${role}: ${right} of ${asks} replies usable.`);
  }
  return lines;
}
