import { variantOf } from "./variant_of.ts";
import { summaryOf } from "../asks/summarise/slice.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { pastOf } from "../features/attempts/past_of.ts";
import { attemptOf, taskOf } from "../features/attempts/strategy_of.ts";
import { allDecisions } from "../features/decisions/kinds.ts";
import { promptOfRole } from "../features/prompt_of_role.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { sizeOf } from "../features/threads/model_size.ts";
import type { Exchange, Turn } from "../features/turns/slice.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import { decisionsTold, failingTold, tasksTold } from "./arbiter_brief.ts";
import { relevantTools } from "./relevant_tools.ts";
import { skillsText } from "./skills_text.ts";
import { checksTold } from "./turn_brief.ts";

// Sums of lengths, each bounded as the part of the prompt is that it stands for, and a little more for the words around it.

/** Characters of words that always stand there: titles, what is possible, how a reply is written, an example. */
const AROUND = { decision: 900, turn: 500, tools: 500 };
/** Characters of the words around one of several: its name, its number, its fence, what a template adds. */
const EACH = { tool: 60, text: 90, entry: 48, file: 80, line: 40 };
/** Most characters that a brief tells of a text. */
const MOST = {
  description: 140,
  reason: 200,
  evidence: 200,
  arguments: 160,
  outcome: 400,
  said: 600,
  earlier: 300,
  summary: 500,
};
/** Most characters of the evidence of all failing checks of a turn, and of the names of files. */
const ALTOGETHER = { evidence: 4_000, names: 4_000 };

/** Characters of declarations, by the declaration: they do not change. */
const declared = new WeakMap<ToolDeclaration, number>();

/** Counts the characters of a prompt by which the arbiter decides. */
export function charsOfDecision(state: State, registry: Registry, ask: AskEffect): number {
  const { arbiter, people, messages } = state;
  const tasks = tasksTold(state).map(({ description, target, reason }) =>
    most(description, MOST.description) + (target?.length ?? 0) + most(reason, MOST.reason) + EACH.line
  );
  const failing = failingTold(state).map(({ name, evidence }) =>
    name.length + most(evidence, MOST.evidence) + EACH.line
  );
  const decisions = decisionsTold(state).map(({ name, outcome }) =>
    name.length + MOST.arguments + most(outcome ?? "", MOST.outcome) + EACH.line
  );
  const words = [...arbiter.heard, ...arbiter.words].map((word) => most(word, MOST.said) + EACH.line);
  const earlier = people.said.slice(-3).map((word) => most(word, MOST.earlier) + EACH.line);
  const changed = messages.list.filter(({ changedBy }) => changedBy === "person").slice(-3)
    .map(({ text }) => most(text, MOST.evidence) + 2 * EACH.line);
  const wrong = arbiter.fault === null ? 0 : arbiter.fault.length + most(arbiter.reply ?? "", MOST.earlier) + EACH.line;
  return charsOfSystem(registry, ask, null) + charsOfTools(allDecisions(registry)) + AROUND.decision +
    (state.run.info?.goal.length ?? 0) + wrong + charsOfReminder(state, ask.role) +
    sum([...tasks, ...failing, ...decisions, ...words, ...earlier, ...changed]);
}

/** Counts the characters of a prompt of a turn. */
export function charsOfTurn(state: State, registry: Registry, ask: AskEffect): number {
  const turn = state.turns.open[ask.turn ?? ""];
  if (turn === undefined) return charsOfSystem(registry, ask, null);
  return charsOfHead(state, registry, ask, turn) + charsOfExchange(state, turn) + charsOfReminder(state, ask.role);
}

/** Counts the characters of all that stands before the exchange of a turn. */
export function charsOfHead(state: State, registry: Registry, ask: AskEffect, turn: Turn): number {
  return charsOfSystem(registry, ask, turn) + charsOfTools(toolsTold(state, registry, turn)) +
    charsOfBrief(state, turn);
}

/** The tools that a turn will be told of, by the model that plays its role now. */
export function toolsTold(state: State, registry: Registry, turn: Turn): readonly ToolDeclaration[] {
  return relevantTools(state, registry, turn, variantOf(sizeOf(state, registry, turn.role)));
}

/** Counts the characters of what a turn begins with, without the rules and the tools. */
export function charsOfBrief(state: State, turn: Turn): number {
  const { prepared } = turn;
  const task = taskOf(state, turn);
  const message = state.messages.list.find((one) => one.id === turn.message)?.text.length ?? 0;
  const checks = checksTold(state, turn, task);
  const evidence = Math.min(ALTOGETHER.evidence, sum(checks.map((result) => result.evidence.length + EACH.line)));
  const names = sum(checks.map(({ name }) => name.length + EACH.line));
  const files = sum((prepared?.texts ?? []).map((file) => file.text.chars + 2 * file.path.length + EACH.file));
  const others = Math.min(ALTOGETHER.names, sum((prepared?.files ?? []).map((path) => path.length + 1)));
  const lines = [...prepared?.unread ?? [], ...prepared?.standards ?? [], ...prepared?.questions ?? []];
  const past = task === null ? [] : pastOf(state, task.id, attemptOf(state, turn)).slice(-3);
  const earlier = task === null ? state.threads[turn.role]?.past.slice(-3) ?? [] : [];
  const changes = prepared?.changes;
  return AROUND.turn + (state.run.info?.goal.length ?? 0) + message + evidence + names + files + others +
    sum(lines.map((line) => line.length + EACH.line)) + (changes ? changes.chars + EACH.file : 0) +
    sum(past.map(({ summary }) => most(summary, MOST.summary) + EACH.line)) +
    sum(earlier.map(({ purpose, ending, text }) => most(`${purpose}: ${ending}: ${text}`, MOST.evidence) + EACH.line));
}

/** Counts the characters of a turn's exchange, with what stands for its beginning. */
function charsOfExchange(state: State, turn: Turn): number {
  const { summary } = summaryOf(state, turn.id);
  const said = turn.exchange.slice(summary?.upTo ?? 0).map(charsOfEntry);
  return sum(said) + (summary === null ? 0 : summary.text.chars + EACH.file);
}

/** Counts the characters of what a role is told of its own slips. */
export function charsOfReminder(state: State, role: string): number {
  return Math.max(0, ...(state.slips[role] ?? []).map(({ fault, wrong }) => fault.length + wrong.length + AROUND.turn));
}

/** Counts the characters of some declarations, and of how a call is written. */
export function charsOfTools(tools: readonly ToolDeclaration[]): number {
  return AROUND.tools + sum(tools.map((tool) => {
    const known = declared.get(tool);
    if (known !== undefined) return known;
    const chars = JSON.stringify(tool).length + EACH.tool + (tool.asText === undefined ? 0 : EACH.text);
    declared.set(tool, chars);
    return chars;
  }));
}

/** Counts the characters of the texts of a role, and of the rules of a turn. */
export function charsOfSystem(registry: Registry, ask: AskEffect, turn: Turn | null): number {
  const role = promptOfRole(registry, ask.role)?.text.length ?? 0;
  const rules = turn === null ? 0 : registry.prompts[`${turn.purpose}.md`]?.text.length ?? 0;
  const { skills } = registry;
  const told = skills === undefined || turn?.tools.includes(skills.tool) !== true
    ? 0
    : skillsText(registry, skills).length;
  return role + rules + told;
}

/** A native reply holds its calls beside a text that is mostly empty. */
function charsOfEntry(entry: Exchange): number {
  const calls = entry.from === "model" && entry.way === "native" ? JSON.stringify(entry.calls).length : 0;
  const advice = entry.from === "tool" ? entry.advice?.length ?? 0 : 0;
  return entry.text.chars + calls + advice + EACH.entry;
}

function most(text: string, bound: number): number {
  return Math.min(text.length, bound);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
