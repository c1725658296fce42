import { summaryOf } from "../asks/summarise/slice.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { taskOf } from "../features/attempts/strategy_of.ts";
import { failing } from "../features/checks/slice.ts";
import { allDecisions } from "../features/decisions/kinds.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { ToolDeclaration } from "../kernel/call.ts";

// Sums of lengths, each bounded as the part of the prompt is that it stands for: what they miss is a title here and a note there.

/** Characters of a brief that holds nothing yet: titles, phases, what is possible. */
const BRIEF = 900;
/** Characters of a task, a failing result, a decision with its outcome, a word of the person, as a brief holds it. */
const EACH = { task: 260, failing: 260, decision: 420, word: 600 };
/** So many of each a brief holds. */
const LISTED = { tasks: 10, failing: 4, decisions: 5 };
/** Characters of the evidence of all failing checks, of a turn's title and rules, of an earlier attempt, of the names of files. */
const TURN = { evidence: 4_000, around: 900, attempt: 560, names: 3_000 };

/** Characters of declarations, by the declaration: they do not change. */
const declared = new WeakMap<ToolDeclaration, number>();

/** Counts the characters of a prompt by which the arbiter decides. */
export function charsOfDecision(state: State, registry: Registry, ask: AskEffect): number {
  const { tasks, decisions, arbiter } = state;
  const listed = Math.min(LISTED.tasks, tasks.list.length) * EACH.task +
    Math.min(LISTED.failing, failing(state.checks.latest).length) * EACH.failing +
    Math.min(LISTED.decisions, decisions.past.length) * EACH.decision +
    (arbiter.heard.length + arbiter.words.length) * EACH.word;
  const message = state.messages.list.find((one) => one.id === ask.message)?.text.length ?? 0;
  return charsOfSystem(registry, ask, null) + charsOfTools(allDecisions(registry)) + BRIEF + listed + message;
}

/** Counts the characters of a prompt of a turn. */
export function charsOfTurn(state: State, registry: Registry, ask: AskEffect): number {
  const turn = state.turns.open[ask.turn ?? ""];
  if (turn === undefined) return charsOfSystem(registry, ask, null);
  return charsOfHead(state, registry, ask, turn) + charsOfExchange(state, turn);
}

/** Counts the characters of all that stands before the exchange of a turn. */
export function charsOfHead(state: State, registry: Registry, ask: AskEffect, turn: Turn): number {
  const { prepared } = turn;
  const task = taskOf(state, turn);
  const message = state.messages.list.find((one) => one.id === turn.message)?.text.length ?? 0;
  const evidence = failing(state.checks.latest).reduce(
    (sum, { name, evidence }) => sum + name.length + evidence.length,
    0,
  );
  const files = (prepared?.texts ?? []).reduce((sum, file) => sum + file.text.chars + file.path.length + 20, 0);
  const names = (prepared?.files ?? []).reduce((sum, path) => sum + path.length + 3, 0);
  const past = task === null ? 0 : Math.min(3, state.attempts.past[task.id]?.length ?? 0) * TURN.attempt;
  const tools = turn.tools.flatMap((name) => registry.tools[name]?.declaration ?? []);
  return charsOfSystem(registry, ask, turn) + charsOfTools(tools) + TURN.around + message +
    (state.run.info?.goal.length ?? 0) + Math.min(TURN.evidence, evidence) + files + Math.min(TURN.names, names) +
    (prepared?.changes?.chars ?? 0) + past;
}

/** Counts the characters of a turn's exchange, with what stands for its beginning. */
export function charsOfExchange(state: State, turn: Turn): number {
  const { summary } = summaryOf(state, turn.id);
  return turn.exchange.slice(summary?.upTo ?? 0).reduce(
    (sum, entry) => sum + entry.text.chars,
    summary?.text.chars ?? 0,
  );
}

function charsOfSystem(registry: Registry, ask: AskEffect, turn: Turn | null): number {
  const role = registry.prompts[registry.roles[ask.role]?.prompt ?? ""]?.text.length ?? 0;
  const rules = turn === null ? 0 : registry.prompts[`${turn.purpose}.md`]?.text.length ?? 0;
  return role + rules;
}

function charsOfTools(tools: readonly ToolDeclaration[]): number {
  return tools.reduce((sum, tool) => {
    const known = declared.get(tool);
    if (known !== undefined) return sum + known;
    const chars = JSON.stringify(tool).length;
    declared.set(tool, chars);
    return sum + chars;
  }, 0);
}
