import { ARBITER } from "../../features/registry.ts";
import type { Exchange, Turn } from "../../features/turns/slice.ts";
import type { Decision } from "../../features/decisions/slice.ts";
import type { State } from "../../features/state.ts";
import type { HistoryEntry } from "../store.ts";
import { currentTurn, effectsOf, lastTurn } from "./activity.ts";
import { type Block, block } from "./block.ts";
import { callLine, tidy, wordsAround, wordsOf } from "./reply_words.ts";
import { checksSentence, timeOfDay, TURN_WORDS } from "./words.ts";

function exchangeBlocks(entry: Exchange, key: string): Block[] {
  switch (entry.from) {
    case "model": {
      const words = wordsOf(entry.text.text, entry.calls, entry.way);
      const calls = entry.calls.map((call, index) =>
        block(`${key}.${index}`, "→ ", "accent", callLine(call), "strong", 3)
      );
      return words === "" ? calls : [block(key, "", "plain", words), ...calls];
    }
    case "tool":
      return entry.ok
        ? [block(key, "✓ ", "good", resultText(entry.name, entry.text.text), "dim", 3)]
        : [block(key, "✗ ", "bad", resultText(entry.name, entry.text.text), "plain", 8)];
    case "application":
      return [block(key, "• ", "dim", entry.text.text, "dim", 8)];
  }
}

function resultText(name: string, text: string): string {
  const trimmed = text.trim();
  return trimmed === "" ? name : `${name}: ${trimmed}`;
}

function turnBlocks(state: State, turn: Turn): Block[] {
  const message = state.messages.list.find((candidate) => candidate.id === turn.message);
  const blocks: Block[] = [];
  if (message !== undefined) {
    const changed = message.changedBy === null
      ? ""
      : `, changed by ${message.changedBy === "person" ? "you" : message.changedBy}`;
    blocks.push(block(`${turn.id}.m`, `${message.from}${changed} › `, "strong", message.text, "dim"));
  }
  turn.exchange.forEach((entry, index) => blocks.push(...exchangeBlocks(entry, `${turn.id}.${index}`)));
  const attempt = state.attempts.open[turn.attempt ?? ""];
  if (attempt !== undefined && attempt.after !== null) {
    const good = attempt.after.every((result) => result.passed);
    blocks.push(
      block(`${turn.id}.c`, good ? "✓ " : "✗ ", good ? "good" : "bad", `checks: ${checksSentence(attempt.after)}`),
    );
    if (attempt.takenBack) blocks.push(block(`${turn.id}.b`, "• ", "dim", "what it wrote was taken back", "dim"));
  }
  return blocks;
}

function decisionBlocks(decision: Decision): Block[] {
  const by = decision.by === ARBITER ? "" : ` (by ${decision.by === "person" ? "you" : `the ${decision.by}`})`;
  const { reason: _, ...args } = decision.arguments;
  const said = callLine({ name: "", arguments: args }).trim();
  const blocks = [block(`${decision.id}.n`, `${timeOfDay(decision.at)} `, "dim", decision.name + by, "strong")];
  if (said !== "") blocks.push(block(`${decision.id}.a`, "  ", "plain", said, "plain", 6));
  if (decision.reason !== "") {
    blocks.push(block(`${decision.id}.r`, "  ", "plain", `because: ${decision.reason}`, "dim"));
  }
  if (decision.outcome !== null) {
    const good = decision.ok === true;
    blocks.push(block(`${decision.id}.o`, good ? "  ✓ " : "  ✗ ", good ? "good" : "bad", decision.outcome, "plain", 6));
  }
  return blocks;
}

/** A change of prompt files: taken into use, or why not. */
function promptBlocks(state: State): Block[] {
  if (state.run.prompts === null) return [];
  const { files, faults, at } = state.run.prompts;
  if (faults.length === 0) return [block(`p${at}`, "• ", "dim", `prompts changed: ${files.join(", ")}`, "dim")];
  return faults.slice(0, 3).map((fault, index) =>
    block(`p${at}.${index}`, "! ", "bad", `a changed prompt is not used: ${fault.place}: ${fault.text}`, "plain", 4)
  );
}

/** Decisions that are over, and those at work. */
function decisionsOf({ decisions }: State): readonly Decision[] {
  return [...decisions.past.filter(({ id }) => decisions.open[id] === undefined), ...Object.values(decisions.open)];
}

function arbiterBlocks(state: State): Block[] {
  const blocks = decisionsOf(state).flatMap(decisionBlocks);
  blocks.push(...promptBlocks(state));
  if (state.arbiter.fault !== null) {
    blocks.push(block(`f${state.arbiter.tries}`, "! ", "bad", state.arbiter.fault, "plain", 4));
  }
  return blocks;
}

/**
 * Selects what a thread's pane shows of the state: the exchange of its turn, or the arbiter's decisions.
 *
 * @param state the run
 * @param role whose thread
 * @returns blocks, oldest first
 */
export function selectBody(state: State, role: string): readonly Block[] {
  if (role === ARBITER) return arbiterBlocks(state);
  const turn = currentTurn(state, role);
  return turn === null ? [] : turnBlocks(state, turn);
}

/**
 * Selects what a thread shows where the journal gives nothing: how its last turn ended, or how far its first question is.
 *
 * @param state the run
 * @param role whose thread
 */
export function selectLast(state: State, role: string): readonly Block[] {
  const last = lastTurn(state, role);
  if (last === null) {
    const text = effectsOf(state, role).length > 0
      ? "It is being asked for the first time."
      : (state.threads[role]?.asks ?? 0) > 0 || currentTurn(state, role) !== null
      ? "It was asked; nothing has come of that yet."
      : "Nothing was asked of it yet.";
    return [block(`${role}.${text.length}`, "", "plain", text, "dim")];
  }
  const good = last.ending === "finished" || last.ending === "checked";
  const words = TURN_WORDS[last.ending] ?? last.ending;
  return [
    block(
      `${role}.last`,
      good ? "✓ " : "! ",
      good ? "good" : "bad",
      last.text === "" ? words : `${words}: ${last.text}`,
    ),
  ];
}

const HISTORY_LEADS: Readonly<Record<HistoryEntry["kind"], readonly [string, Block["leadStyle"], Block["style"]]>> = {
  message: ["", "strong", "dim"],
  model: ["", "plain", "plain"],
  call: ["→ ", "accent", "strong"],
  result: ["✓ ", "good", "dim"],
  failure: ["✗ ", "bad", "plain"],
  decision: ["", "strong", "plain"],
  outcome: ["  ", "dim", "dim"],
  application: ["• ", "dim", "dim"],
};

/**
 * Selects the older part of a thread: what was read from the journal, less what the state still shows.
 *
 * @param state the run
 * @param role whose thread
 * @param history entries, oldest first
 * @returns blocks with a line that says where the present begins
 */
export function selectHistory(state: State, role: string, history: readonly HistoryEntry[]): readonly Block[] {
  const shown = new Set(
    role === ARBITER ? decisionsOf(state).map((decision) => decision.id) : [currentTurn(state, role)?.id ?? ""],
  );
  const older = history.filter((entry) => entry.of === null || !shown.has(entry.of));
  const called = new Set(older.flatMap((entry) => entry.kind === "call" ? [entry.seq] : []));
  const blocks = older.flatMap((entry): Block[] => {
    if (entry.kind === "model") {
      // Its calls have blocks of their own, with the place of the same reply.
      const words = called.has(entry.seq) ? wordsAround(entry.text) : tidy(entry.text);
      return words === "" ? [] : [block(`h${entry.seq}.model`, "", "plain", words)];
    }
    const [sign, leadStyle, style] = HISTORY_LEADS[entry.kind];
    const lead = entry.kind === "message" || entry.kind === "decision"
      ? `${timeOfDay(entry.at)} ${entry.title} › `
      : sign;
    if (entry.kind === "call") {
      return [block(`h${entry.seq}.${entry.title}`, sign, leadStyle, `${entry.title} ${entry.text}`, style, 3)];
    }
    const titled = entry.kind === "result" || entry.kind === "failure";
    const text = titled && entry.text !== "" ? `${entry.title}: ${entry.text}` : entry.text || entry.title;
    return [block(`h${entry.seq}.${entry.kind}`, lead, leadStyle, text, style, entry.kind === "result" ? 8 : 0)];
  });
  return blocks.length === 0 ? [] : [...blocks, block("h.end", "· · · ", "dim", "older above, present below", "dim")];
}
