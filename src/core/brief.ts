import { ARBITER, hasWork, nextTask, specialists } from "./arbiter.ts";
import type { AskEffect } from "./effect.ts";
import { failing, openTasks } from "./evolve.ts";
import { isPending } from "./message.ts";
import { PHASES } from "./phase.ts";
import type { Piece } from "./prompt.ts";
import type { Registry } from "./registry.ts";
import type { State, Turn } from "./state.ts";
import type { Task } from "./task.ts";
import { bound } from "./text.ts";

/** Tasks that the brief lists. */
const LISTED = 10;

/**
 * Writes what the arbiter reads each turn: goal, phase, tasks, newest failures with their text, its last decisions with their outcomes.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask: a decision, or the review of a message
 * @param illegal decisions that are declared and not legal now
 * @returns pieces of the message
 */
export function arbiterBrief(state: State, registry: Registry, ask: AskEffect, illegal: readonly string[]): Piece[] {
  if (ask.purpose === "review") return reviewBrief(state, ask.message ?? "");
  const lines: string[] = [`Goal: ${state.run?.goal ?? ""}`, `Phase: ${state.phase}`];
  const latest = state.checks.latest;
  const failed = failing(latest);
  lines.push(
    latest === null || latest.length === 0
      ? "Checks: the project has none."
      : `Checks: ${latest.length - failed.length} of ${latest.length} results pass.${
        state.checks.stale ? " Files changed since." : ""
      }`,
  );
  for (const result of failed.slice(0, 4)) {
    lines.push(`- fails: ${result.name}: ${bound(result.evidence.replace(/\s+/g, " "), 240)}`);
  }
  if (state.tasks.length === 0) lines.push("Tasks: none yet. Without tasks nothing can be done: planning makes them.");
  else {
    lines.push("Tasks:");
    const listed = [...openTasks(state), ...state.tasks.filter((task) => !openTasks(state).includes(task)).reverse()]
      .slice(0, LISTED);
    for (const task of listed) lines.push(`- ${taskLine(state, task)}`);
    if (state.tasks.length > listed.length) lines.push(`- and ${state.tasks.length - listed.length} more`);
  }
  const work = PHASES.filter((phase) => hasWork(state, registry, phase));
  lines.push(work.length === 0 ? "No phase has work left." : `Phases with work: ${work.join(", ")}.`);
  const next = nextTask(state, registry, state.phase);
  if (next !== null) lines.push(`continue_current_phase would work on ${next.id}.`);
  if (state.decisions.length > 0) {
    lines.push("Your last decisions and what came of them:");
    for (const decision of state.decisions.slice(-5)) {
      const args = bound(JSON.stringify(decision.arguments), 160);
      lines.push(
        `- ${decision.name} ${args} → ${decision.outcome === null ? "at work" : bound(decision.outcome, 400)}`,
      );
    }
  }
  // What is on its way to the arbiter itself is read when it arrives, not before.
  const changed = state.messages.filter((message) =>
    message.changedBy === "person" && !(message.to === ARBITER && isPending(message))
  ).slice(-3);
  for (const message of changed) {
    lines.push(
      `The person changed message ${message.id} (${message.from} to ${message.to}): ${
        message.status === "dropped" ? "dropped" : `now "${bound(message.text, 200)}"`
      }`,
    );
  }
  const heard = [...state.arbiter.heard, ...state.words.filter((word) => !state.arbiter.heard.includes(word))];
  for (const word of state.said.filter((word) => !heard.includes(word)).slice(-3)) {
    lines.push(`Earlier the person said: ${bound(word, 300)}`);
  }
  for (const word of heard) lines.push(`The person says: ${bound(word, 600)}`);
  const limits = state.run?.limits;
  if (limits?.tokens) lines.push(`Budget: ${state.spent.tokens} of ${limits.tokens} tokens used.`);
  for (const role of specialists(registry)) {
    const records = Object.entries(state.statistics.asks).filter(([key]) => key.startsWith(`${role} `));
    const asks = records.reduce((sum, [, record]) => sum + record.asks, 0);
    const right = records.reduce((sum, [, record]) => sum + record.right + record.repaired, 0);
    if (asks > 0) lines.push(`Record of ${role}: ${right} of ${asks} replies usable.`);
  }
  if (illegal.length > 0) lines.push(`Not possible now: ${illegal.join(", ")}.`);
  if (state.arbiter.fault !== null) {
    if (state.arbiter.reply !== null) lines.push(`Your last reply was: ${bound(state.arbiter.reply, 300)}`);
    lines.push(`That was no legal decision: ${state.arbiter.fault}`);
  }
  lines.push("Decide the next step with exactly one of: " + ask.legal.join(", ") + ".");
  return [lines.join("\n")];
}

function reviewBrief(state: State, id: string): Piece[] {
  const message = state.messages.find((one) => one.id === id);
  if (message === undefined) return ["The message is gone. Approve."];
  const lines = [
    `Goal: ${state.run?.goal ?? ""}`,
    `${message.from} sends this ${message.kind} to ${message.to}:`,
    bound(message.text, 2000),
    "Decide whether it goes on: approve it unless it is wrong, misleading or meant for somebody else.",
  ];
  return [lines.join("\n")];
}

function taskLine(state: State, task: Task): string {
  const tries = state.attempts[task.id]?.length ?? 0;
  const parts = [`${task.id} ${task.status}: ${bound(task.description, 140)}`];
  if (task.target !== null) parts.push(`(${task.target})`);
  if (tries > 0) parts.push(`[${tries} attempts]`);
  if (task.reason !== "") parts.push(`— ${bound(task.reason, 200)}`);
  return parts.join(" ");
}

/**
 * Writes what a specialist's turn starts with: what is asked, the evidence, the files, what was tried before.
 *
 * @param state what is so
 * @param turn the turn, prepared
 * @returns pieces of the message
 */
export function turnBrief(state: State, turn: Turn): Piece[] {
  const message = state.messages.find((one) => one.id === turn.message);
  const pieces: Piece[] = [`Goal of the project's owner: ${state.run?.goal ?? ""}`];
  const attempt = turn.attempt === null ? null : state.attempt;
  const task = attempt === null ? null : state.tasks.find((one) => one.id === attempt.task) ?? null;
  if (message !== undefined) {
    pieces.push(
      `\n\n# ${
        message.kind === "consult" || message.kind === "question" ? "Question" : "Task"
      } from ${message.from}\n${message.text}`,
    );
  }
  if (message?.changedBy === "person") pieces.push("\n(The person at the keyboard changed this message.)");
  // What stood before the attempt, so that the head of a turn never changes and the server's prefix cache holds.
  const wanted = task === null || attempt === null
    ? failing(state.checks.latest)
    : failing(attempt.before).filter((result) => task.checks.includes(result.name));
  if (wanted.length > 0 && turn.purpose !== "reply") {
    pieces.push(task === null ? "\n\n# Checks that fail now" : "\n\n# Checks that must pass");
    const each = Math.max(200, Math.floor(4000 / wanted.length));
    for (const result of wanted.slice(0, 12)) {
      pieces.push(`\n- ${result.name}`);
      if (result.evidence !== "") pieces.push(`\n${indent(bound(result.evidence, each))}`);
    }
    if (wanted.length > 12) pieces.push(`\n- and ${wanted.length - 12} more`);
  }
  if (turn.prepared !== null) {
    for (const file of turn.prepared.texts) {
      const part = file.from === 1 && file.to >= file.lines
        ? `${file.lines} lines`
        : `lines ${file.from} to ${file.to} of ${file.lines}`;
      pieces.push(`\n\n# File ${file.path} (${part})\n\`\`\`\n`, file.text, "\n```");
    }
    const shown = new Set(turn.prepared.texts.map((file) => file.path));
    const others = turn.prepared.files.filter((path) => !shown.has(path));
    if (others.length > 0) {
      pieces.push(
        `\n\n# Other files of the project\n${others.slice(0, 80).join("\n")}${
          others.length > 80 ? `\nand ${others.length - 80} more` : ""
        }`,
      );
    }
  }
  const past = task === null ? [] : state.attempts[task.id] ?? [];
  if (past.length > 0) {
    pieces.push("\n\n# What was tried before and did not work");
    for (const one of past.slice(-3)) {
      pieces.push(`\n- Attempt ${one.number} by ${one.role}: ${bound(one.summary, 500)}`);
    }
  }
  if (turn.prepared?.changes) {
    const title = turn.purpose === "work" ? "What earlier attempts wrote (it was taken back)" : "Changes of this run";
    pieces.push(`\n\n# ${title}\n\`\`\`diff\n`, turn.prepared.changes, "\n```");
  }
  if (past.length > 0) pieces.push("\n\nDo it differently this time.");
  const memory = state.threads[turn.role]?.past ?? [];
  if (task === null && memory.length > 0) {
    pieces.push(`\n\n# Your earlier turns\n${memory.slice(-3).map((line) => `- ${bound(line, 200)}`).join("\n")}`);
  }
  return pieces;
}

function indent(text: string): string {
  return text.split("\n").map((line) => `  ${line}`).join("\n");
}
