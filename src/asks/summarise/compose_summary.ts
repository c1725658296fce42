import { variantOf } from "../../prompt/variant_of.ts";
import type { Exchange, Turn } from "../../features/turns/slice.ts";
import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { Registry } from "../../features/registry.ts";
import { mostTalk } from "../../features/turns/talk.ts";
import { summaryOf, type TurnSummary } from "./slice.ts";
import type { State } from "../../features/state.ts";
import { bound, CHARS_PER_TOKEN, type Text } from "../../kernel/text.ts";
import { charsOf, MARGIN, type Meter, meterOf, shortened } from "../../prompt/meter.ts";
import { type Piece, type Prompt, type PromptFrame, type PromptMessage } from "../../prompt/prompt.ts";
import { promptText } from "../../prompt/prompt_text.ts";
import { fitSections, piecesOf, type Section } from "../../prompt/section.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** File in `prompts/` that says how a summary is written. */
export const INSTRUCTIONS = "summary.md";
/** Share of the room that the part takes: code and logs have more tokens than a foreign tokenizer or their characters tell. */
const FILLED = 0.8;
/** Characters of the goal and of the task that stand above the part. */
const ABOUT = { goal: 300, task: 600 };
/** Characters of the arguments of a call. */
const ARGUMENTS = 240;
/** Characters that one entry gets at least. */
const LEAST = 160;
/** What stands between two parts of a message. */
const JOINT = "\n\n";

/**
 * Composes the prompt for a summary: instructions, what the turn is about, and the entries that are to be summarised, each bounded so
 * that all of them fit. What was summarised before stands in it as its summary. Words to other roles are left out: they are messages
 * and go only where the person at the keyboard lets them.
 *
 * @param registry what the crew offers
 * @param ask the ask, of purpose `summarise`
 * @param frame way, window and calibration of where it was placed
 * @returns the prompt
 */
export function composeSummary(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  const turn = ask.turn === null ? undefined : state.turns.open[ask.turn];
  const variant = variantOf(frame.billions ?? null);
  const meter = meterOf(frame);
  const instructions: PromptMessage = {
    role: "system",
    pieces: [promptText(state, registry, INSTRUCTIONS, ask.role, variant)],
  };
  const room = Math.min(frame.window - ask.answerLimit - MARGIN, frame.most ?? Infinity);
  const left = room - meter.messages([instructions, { role: "user", pieces: [] }]);
  const head = turn === undefined ? [] : aboutSections(state, registry, turn);
  const wanted: Section = { name: "what is wanted", priority: 0, pieces: [say(registry, "summary.wanted")] };
  const fixed = meter.pieces(piecesOf([...head, wanted]));
  const said = turn === undefined
    ? []
    : partSections(registry, turn, summaryOf(state, turn.id).summary, ask.summarises ?? 0);
  const joints = meter.pieces(Array<Piece>(said.length + 2).fill(JOINT));
  const part = sharing(said, Math.floor((left - fixed - joints) * FILLED), meter, frame.ratio);
  const fitted = fitSections([...head, ...part, wanted], left - joints, meter, registry);
  const messages: PromptMessage[] = [instructions, { role: "user", pieces: piecesOf(fitted.sections) }];
  const estimate = meter.messages(messages);
  return {
    messages,
    declared: [],
    legal: [],
    estimate,
    leftOut: fitted.leftOut,
    compacted: 0,
    overflow: estimate > room,
    sections: [
      { name: "instructions", tokens: meter.messages([instructions]), priority: 0, cut: false },
      ...fitted.costs,
    ],
    complexity: 1,
    variant,
  };
}

function aboutSections(state: State, from: Wording, turn: Turn): Section[] {
  const message = state.messages.list.find((one) => one.id === turn.message);
  const lines = [say(from, "summary.goal", { goal: bound(state.run.info?.goal ?? "", ABOUT.goal) })];
  if (message !== undefined) {
    lines.push(say(from, "summary.task", { role: turn.role, text: bound(message.text, ABOUT.task) }));
  }
  return [{ name: "goal and task", priority: 0, pieces: [lines.join("\n\n")] }];
}

/** The entries, oldest first and the first to give way. */
function partSections(registry: Registry, turn: Turn, before: TurnSummary | null, upTo: number): Section[] {
  const entries = turn.exchange.slice(before?.upTo ?? 0, upTo);
  const said = [
    ...(before === null
      ? []
      : [{ name: "the summary so far", pieces: [`${say(registry, "summary.so_far")}\n`, before.text] }]),
    ...entries.flatMap((entry, index) => {
      const pieces = piecesOfEntry(registry, entry);
      if (pieces.length === 0) return [];
      return [{
        name: nameOf(entry),
        pieces: index === 0 ? [`${say(registry, "summary.part")}\n`, ...pieces] : pieces,
      }];
    }),
  ];
  return said.map(({ name, pieces }, index) => ({ name, priority: said.length - index, pieces, least: 40 }));
}

/** Counts the characters of the entries that are to be summarised, before any of them is bounded. */
export function charsOfPart(registry: Registry, turn: Turn, before: TurnSummary | null, upTo: number): number {
  return partSections(registry, turn, before, upTo).flatMap(({ pieces }) => pieces)
    .reduce((sum, piece) => sum + charsOf(piece) + JOINT.length, 0);
}

/** Bounds the long texts of all parts alike, to what the short ones leave of the room. */
function sharing(parts: readonly Section[], room: number, meter: Meter, ratio: number): Section[] {
  const chars = Math.floor(room / ratio * CHARS_PER_TOKEN);
  const most = shareOf(parts.flatMap(({ pieces }) => pieces.map(charsOf)), chars);
  return parts.map((part) => ({ ...part, pieces: part.pieces.map((piece) => bounded(piece, most, meter)) }));
}

/** Whether a tool talks to other roles: what it says is for them alone. */
function isTalk(registry: Registry, name: string): boolean {
  return mostTalk(registry, name) !== Infinity;
}

function nameOf(entry: Exchange): string {
  return entry.from === "tool" ? `the result of ${entry.name}` : entry.from === "model" ? "a reply" : "a note";
}

function piecesOfEntry(registry: Registry, entry: Exchange): Piece[] {
  switch (entry.from) {
    case "model":
      return entry.calls.length === 0
        ? [`${say(registry, "summary.wrote")} `, entry.text]
        : [entry.calls.map((call) => callLine(registry, call.name, call.arguments)).join("\n")];
    case "tool":
      if (isTalk(registry, entry.name) && entry.ok) return [];
      return [`${say(registry, entry.ok ? "summary.gave" : "summary.failed", { tool: entry.name })}\n`, entry.text];
    case "application":
      return [`${say(registry, "summary.told")} `, entry.text];
  }
}

function callLine(registry: Registry, name: string, args: Readonly<Record<string, unknown>>): string {
  return isTalk(registry, name)
    ? say(registry, "summary.called", { tool: name })
    : say(registry, "summary.called_with", { tool: name, arguments: bound(JSON.stringify(args), ARGUMENTS) });
}

/** The most characters of one text with which all of them fit: short ones stand whole, long ones share the rest. */
function shareOf(sizes: readonly number[], room: number): number {
  let left = room;
  const sorted = sizes.toSorted((a, b) => a - b);
  for (const [index, size] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (size > share) return Math.max(LEAST, share);
    left -= size;
  }
  return Infinity;
}

function bounded(piece: Piece, most: number, meter: Meter): Piece {
  if (charsOf(piece) <= most) return piece;
  const text = meter.text(piece);
  return text === null ? shortened(piece as Text, most) : bound(text, most);
}
