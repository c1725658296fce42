import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { TurnSummary } from "../asks/summarise/slice.ts";
import type { Registry } from "../features/registry.ts";
import type { Exchange } from "../features/turns/slice.ts";
import type { ToolDeclaration, Way } from "../kernel/call.ts";
import { byTurns } from "./by_turns.ts";
import { fitExchange } from "./exchange.ts";
import { MARGIN, type Meter } from "./meter.ts";
import type { Prompt, PromptFrame, PromptMessage, SectionCost } from "./prompt.ts";
import { fitSections, piecesOf, type Section } from "./section.ts";

/** Share of the room that the head of a turn may take: the exchange needs the rest. */
export const HEAD = 0.75;
/**
 * What JSON, logs and results may cost more than a foreign tokenizer counts (measured with o200k against Qwen2.5: JSON 7 %, logs
 * 21 %), where the server's own counts have not calibrated it yet, and where they have.
 */
const DATA_MARGIN = { uncalibrated: 0.25, calibrated: 0.08 };

/** What a prompt is laid out of. */
export interface Parts {
  /** Pinned, and the same for all asks of a turn. */
  readonly system: readonly Section[];
  /** What the model has to know: it gives way by its priorities. */
  readonly brief: readonly Section[];
  /** What was said since, append-only while it fits; null where nothing follows the brief. */
  readonly exchange: readonly Exchange[] | null;
  /** What stands for the beginning of the exchange. */
  readonly summary: TurnSummary | null;
  /** What changes from ask to ask stands at the end, so that the prefix cache holds up to it. */
  readonly tail: readonly PromptMessage[];
  readonly declared: readonly ToolDeclaration[];
  readonly legal: readonly ToolDeclaration[];
  readonly complexity: number;
  readonly variant: "small" | "large";
}

/**
 * Lays out a prompt: pinned system and task, then the exchange. What does not fit gives way by its priority, and that is said in its
 * place.
 *
 * @param frame way, window and calibration of where the ask was placed
 */
export function layOut(
  { answerLimit }: AskEffect,
  registry: Registry,
  frame: PromptFrame,
  meter: Meter,
  parts: Parts,
): Prompt {
  const { system, brief, summary, tail, declared, legal, complexity, variant } = parts;
  // Natively, the tools that are legal now travel beside the messages, and none with an ask for text.
  const native = frame.way === "native" && legal.length > 0 ? meter.pieces([JSON.stringify(legal)]) : 0;
  const data = meter.pieces(system.filter(({ name }) => name === "tools").flatMap(({ pieces }) => pieces)) + native;
  const room = Math.min(roomIn(frame.window, answerLimit, data, frame.ratio), frame.most ?? Infinity);
  const fixed = meter.messages([messageOf("system", system), ...tail]) + native;
  const headRoom = room - fixed;
  const wished = parts.exchange === null ? headRoom : Math.min(headRoom, Math.floor(room * HEAD) - fixed);
  const { head, exchange } = fitted(
    brief,
    parts.exchange ?? [],
    summary,
    { wished, headRoom },
    registry,
    frame.way,
    meter,
  );
  const messages = byTurns(
    [messageOf("system", system), messageOf("user", head.sections), ...exchange.messages, ...tail],
    frame.way,
  );
  const estimate = estimateOf({ messages, legal }, frame.way, meter);
  return {
    messages,
    declared,
    legal,
    estimate,
    leftOut: [...head.leftOut, ...exchange.leftOut],
    compacted: exchange.compacted,
    overflow: estimate > room,
    sections: [
      ...costs(system, meter),
      ...(native === 0 ? [] : [{ name: "tools", tokens: native, priority: 0, cut: false }]),
      ...head.costs,
      ...((parts.exchange ?? []).length === 0 ? [] : [{
        name: "exchange",
        tokens: meter.messages(exchange.messages),
        priority: 9,
        cut: exchange.leftOut.length > 0,
      }]),
      ...tail.map((message) => ({ name: "last words", tokens: meter.messages([message]), priority: 0, cut: false })),
    ],
    complexity,
    variant,
  };
}

/**
 * Counts the tokens that a window leaves for a prompt.
 *
 * @param data tokens of the declarations in it
 * @param ratio counted tokens per estimated token of the model, 1 where none was counted yet
 */
export function roomIn(window: number, answerLimit: number, data: number, ratio: number): number {
  const share = ratio === 1 ? DATA_MARGIN.uncalibrated : DATA_MARGIN.calibrated;
  return window - answerLimit - MARGIN - Math.ceil(data * share);
}

/** Fits brief and exchange into the room: the brief first, and once more where the exchange needs some of it. */
function fitted(
  brief: readonly Section[],
  entries: readonly Exchange[],
  summary: TurnSummary | null,
  { wished, headRoom }: { readonly wished: number; readonly headRoom: number },
  registry: Registry,
  way: Way,
  meter: Meter,
) {
  const around = (head: ReturnType<typeof fitSections>) =>
    fitExchange(entries, way, headRoom - costOf(head.sections, meter), meter, registry, summary);
  const head = fitSections(brief, wished, meter, registry);
  const exchange = around(head);
  const over = costOf(head.sections, meter) + meter.messages(exchange.messages) - headRoom;
  if (over <= 0) return { head, exchange };
  const smaller = fitSections(brief, costOf(head.sections, meter) - over, meter, registry);
  return { head: smaller, exchange: around(smaller) };
}

/**
 * Estimates the tokens of a prompt that is composed.
 *
 * @param prompt its messages, and the tools that travel beside them natively
 * @param way way of calling
 * @param meter what texts cost
 * @returns tokens
 */
export function estimateOf(prompt: Pick<Prompt, "messages" | "legal">, way: Way, meter: Meter): number {
  const native = way === "native" && prompt.legal.length > 0 ? meter.pieces([JSON.stringify(prompt.legal)]) : 0;
  return meter.messages(prompt.messages) + native;
}

function messageOf(role: "system" | "user", sections: readonly Section[]): PromptMessage {
  return { role, pieces: piecesOf(sections) };
}

function costOf(sections: readonly Section[], meter: Meter): number {
  return meter.messages([messageOf("user", sections)]);
}

function costs(sections: readonly Section[], meter: Meter): SectionCost[] {
  return sections.map(({ name, priority, pieces }) => ({ name, priority, tokens: meter.pieces(pieces), cut: false }));
}
