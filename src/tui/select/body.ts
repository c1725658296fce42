import { ARBITER } from "../../features/registry.ts";
import type { Exchange, Turn } from "../../features/turns/slice.ts";
import type { Decision } from "../../features/decisions/slice.ts";
import type { PluginNews } from "../../features/plugins/slice.ts";
import type { State } from "../../features/state.ts";
import type { HistoryEntry, Store } from "../store.ts";
import { oneLine } from "../text.ts";
import { currentTurn, effectsOf, lastTurn } from "./activity.ts";
import { type Block, block } from "./block.ts";
import { callLine, tidy, wordsAround, wordsOf } from "./reply_words.ts";
import { NO_TRIES, type Tries } from "./tries.ts";
import { timeOfDay, TURN_WORDS } from "./words.ts";

/** Characters of a decision's words with its arguments; where there are more, the arguments stand below them, whole. */
const MOST_WORDS = 40;

/** Rows of an earlier reply while the thread is not unfolded: what it changed stands in the difference below it. */
const MOST_OF_A_REPLY = 8;

/** Says a decision by its name and arguments. */
type Says = Store["says"];

function exchangeBlocks(entry: Exchange, key: string): Block[] {
  switch (entry.from) {
    case "model": {
      const words = wordsOf(entry.text.text, entry.calls, entry.way);
      const calls = entry.calls.map((call, index) =>
        block(`${key}.${index}`, "→ ", "call", callLine(call), "strong", 3)
      );
      return words === "" ? calls : [replyBlock(key, words), ...calls];
    }
    case "tool":
      return entry.ok
        ? [block(key, "✓ ", "passed", resultText(entry.name, entry.text.text), "dim", 3)]
        : [block(key, "✗ ", "failed", resultText(entry.name, entry.text.text), "plain", 8)];
    case "application":
      return [block(key, "• ", "dim", entry.text.text, "dim", 8)];
  }
}

/** The words of a finished reply. */
function replyBlock(key: string, words: string): Block {
  return { ...block(key, "", "plain", words, "plain", MOST_OF_A_REPLY), isMarkdown: true };
}

/** What one role wrote to another. */
function messageBlock(key: string, lead: string, text: string): Block {
  return { ...block(key, lead, "strong", text, "dim"), isMarkdown: true };
}

function resultText(name: string, text: string): string {
  return [name, text.trim()].filter((part) => part !== "").join(": ");
}

function turnBlocks(state: State, turn: Turn, tries: Tries): Block[] {
  const message = state.messages.list.find((candidate) => candidate.id === turn.message);
  const blocks: Block[] = [];
  if (message !== undefined) {
    const changed = message.changedBy === null
      ? ""
      : `, changed by ${message.changedBy === "person" ? "you" : message.changedBy}`;
    blocks.push(messageBlock(`${turn.id}.m`, `${message.from}${changed} › `, message.text));
  }
  blocks.push(...tries.past);
  turn.exchange.forEach((entry, index) => blocks.push(...exchangeBlocks(entry, `${turn.id}.${index}`)));
  return [...blocks, ...tries.present];
}

/** What of a decision its words leave out: what it is about, and whom it gave which task. */
function moreOf({ id, arguments: { reason: _, ...args }, assigned }: Decision, word: string): Block[] {
  const said = callLine({ name: "", arguments: args }).trim();
  const whole = word.includes(oneLine(said)) ? [] : [block(`${id}.a`, "  ", "plain", said, "plain", 6)];
  if (assigned === null || word.startsWith(`${assigned.task} ▸ `)) return whole;
  return [...whole, block(`${id}.t`, "  ", "plain", `assigned ${assigned.task} to ${assigned.role}`)];
}

/** Says a decision that was made, without its arguments where they are long. */
function wordOf({ name, arguments: args, ...made }: Decision, says: Says): string {
  const full = says(name, args, made);
  return full.length > MOST_WORDS ? says(name, {}, made) : full;
}

function decisionBlocks(decision: Decision, says: Says): Block[] {
  const { id, arguments: args, reason, at, outcome, ok } = decision;
  const by = decision.by === ARBITER ? "" : ` (by ${decision.by === "person" ? "you" : `the ${decision.by}`})`;
  const word = wordOf(decision, says);
  const blocks = [block(`${id}.n`, `${timeOfDay(at)} `, "dim", word + by, "strong"), ...moreOf(decision, word)];
  // Rules say of themselves only that they decided.
  if (
    reason !== "" && decision.by !== "rules" &&
    !Object.entries(args).some(([key, value]) => key !== "reason" && value === reason)
  ) {
    blocks.push(block(`${id}.r`, "  ", "plain", `because: ${reason}`, "dim"));
  }
  if (outcome !== null) {
    blocks.push(
      block(`${id}.o`, ok === true ? "  ✓ " : "  ✗ ", ok === true ? "passed" : "failed", outcome, "plain", 6),
    );
  }
  return blocks;
}

/** A change of prompt files: taken into use, or why not. */
function promptBlocks(state: State): Block[] {
  if (state.run.prompts === null) return [];
  const { files, faults, at } = state.run.prompts;
  if (faults.length === 0) return [block(`p${at}`, "• ", "dim", `prompts changed: ${files.join(", ")}`, "dim")];
  return faults.slice(0, 3).map((fault, index) =>
    block(`p${at}.${index}`, "! ", "failed", `a changed prompt is not used: ${fault.place}: ${fault.text}`, "plain", 4)
  );
}

/** What became of a plugin or of the configuration: taken into use, or why not. */
function newsBlock({ seq, text, isFault }: PluginNews): Block {
  return isFault
    ? block(`n${seq}${text}`, "! ", "failed", text, "plain", 4)
    : block(`n${seq}${text}`, "• ", "dim", text, "dim", 2);
}

/** Decisions that are over, and those at work. */
function decisionsOf({ decisions }: State): readonly Decision[] {
  return [...decisions.past.filter(({ id }) => decisions.open[id] === undefined), ...Object.values(decisions.open)];
}

function arbiterBlocks(state: State, says: Says): Block[] {
  const entries = [
    ...decisionsOf(state).map((decision) => ({ at: decision.at, blocks: decisionBlocks(decision, says) })),
    ...state.plugins.news.map((one) => ({ at: one.at, blocks: [newsBlock(one)] })),
  ];
  const blocks = entries.toSorted((one, other) => one.at - other.at).flatMap((entry) => entry.blocks);
  blocks.push(...promptBlocks(state));
  if (state.arbiter.fault !== null) {
    blocks.push(block(`f${state.arbiter.tries}`, "! ", "failed", state.arbiter.fault, "plain", 4));
  }
  return blocks;
}

/**
 * Selects what a thread's pane shows of the state: the exchange of its turn, or the arbiter's decisions.
 *
 * @param state the run
 * @param role whose thread
 * @param says says a decision
 * @param tries its tries at the task in hand
 * @returns blocks, oldest first
 */
export function selectBody(state: State, role: string, says: Says, tries: Tries = NO_TRIES): readonly Block[] {
  if (role === ARBITER) return arbiterBlocks(state, says);
  const turn = currentTurn(state, role);
  return turn === null ? [...tries.past, ...tries.present] : turnBlocks(state, turn, tries);
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
      good ? "passed" : "failed",
      last.text === "" ? words : `${words}: ${last.text}`,
    ),
  ];
}

const HISTORY_LEADS: Readonly<Record<HistoryEntry["kind"], readonly [string, Block["leadStyle"], Block["style"]]>> = {
  message: ["", "strong", "dim"],
  model: ["", "plain", "plain"],
  call: ["→ ", "call", "strong"],
  result: ["✓ ", "passed", "dim"],
  failure: ["✗ ", "failed", "plain"],
  decision: ["", "dim", "strong"],
  outcome: ["  ", "dim", "dim"],
  application: ["• ", "dim", "dim"],
};

/**
 * Selects the older part of a thread: what was read from the journal, less what the state still shows.
 *
 * @param state the run
 * @param role whose thread
 * @param history entries, oldest first
 * @param says says a decision
 * @param made decisions as they were made; one that is not among them is said by its name
 * @returns blocks with a line that says where they end
 */
export function selectHistory(
  state: State,
  role: string,
  history: readonly HistoryEntry[],
  says: Says,
  made: readonly Decision[] = [],
): readonly Block[] {
  const shown = new Set(
    role === ARBITER ? decisionsOf(state).map((decision) => decision.id) : [currentTurn(state, role)?.id ?? ""],
  );
  const older = history.filter((entry) => entry.of === null || !shown.has(entry.of));
  const called = new Set(older.flatMap((entry) => entry.kind === "call" ? [entry.seq] : []));
  const known = new Map(made.map((decision) => [decision.id, decision]));
  const word = ({ of, title }: HistoryEntry) => {
    const decision = known.get(of ?? "");
    return decision === undefined ? says(title, {}) : wordOf(decision, says);
  };
  const blocks = older.flatMap((entry) => keptBlocks(entry, called.has(entry.seq), word));
  if (blocks.length === 0) return [];
  const isAtWork = role === ARBITER
    ? selectBody(state, role, says).length > 0 || effectsOf(state, role).length > 0
    : currentTurn(state, role) !== null;
  const above = role === ARBITER ? "earlier decisions above" : "earlier turns above";
  return isAtWork ? [...blocks, block("h.end", "· · · ", "dim", above, "dim")] : blocks;
}

/** What entries were made into: a thread is looked at with each commit, and what happened stays the same. */
const known = new WeakMap<HistoryEntry, { readonly hasCalls: boolean; readonly blocks: readonly Block[] }>();

/** The same as {@link historyBlocks}, made once for all but decisions, of which more may become known. */
function keptBlocks(
  entry: HistoryEntry,
  hasCalls: boolean,
  word: (decision: HistoryEntry) => string,
): readonly Block[] {
  const before = known.get(entry);
  if (before?.hasCalls === hasCalls) return before.blocks;
  const blocks = historyBlocks(entry, hasCalls, word);
  if (entry.kind !== "decision") known.set(entry, { hasCalls, blocks });
  return blocks;
}

/** What an older entry is shown as; `hasCalls` says whether the calls of its reply are entries of their own. */
function historyBlocks(
  entry: HistoryEntry,
  hasCalls: boolean,
  word: (decision: HistoryEntry) => string,
): Block[] {
  const { seq, at, kind, title, text } = entry;
  const [sign, leadStyle, style] = HISTORY_LEADS[kind];
  const key = `h${seq}.${kind}`;
  switch (kind) {
    case "model": {
      const words = hasCalls ? wordsAround(text) : tidy(text);
      return words === "" ? [] : [replyBlock(key, words)];
    }
    case "decision": {
      const because = text === "" ? [] : [block(`${key}.r`, "  ", "plain", `because: ${text}`, "dim")];
      return [block(key, `${timeOfDay(at)} `, "dim", word(entry), style), ...because];
    }
    case "message":
      return [messageBlock(key, `${timeOfDay(at)} ${title} › `, text)];
    case "call":
      return [block(`h${seq}.${title}`, sign, leadStyle, `${title} ${text}`, style, 3)];
    case "result":
    case "failure":
      return [block(key, sign, leadStyle, resultText(title, text), style, kind === "result" ? 8 : 0)];
    case "outcome":
    case "application":
      return [block(key, sign, leadStyle, text || title, style)];
  }
}
