import type { AskEffect, AskResult } from "../../effects/ask/ask_effect.ts";
import { defineFeature, isCutShort } from "../feature.ts";
import { estimateTokens } from "../../kernel/text.ts";
import type { Message } from "../messages/message.ts";
import type { State } from "../state.ts";
import type { AskStatistics, PairStatistics, Statistics } from "./slice.ts";

const NO_ASKS: AskStatistics = {
  asks: 0,
  right: 0,
  repaired: 0,
  failed: 0,
  failedInARow: 0,
  promptTokens: 0,
  answerTokens: 0,
  ms: 0,
};

const NO_MESSAGES: PairStatistics = {
  sent: 0,
  modified: 0,
  redirected: 0,
  clarified: 0,
  dropped: 0,
  answered: 0,
  tokens: 0,
};

/** What a run counts: asks by role and model, messages, decisions and tools. */
export const statistics = defineFeature<Statistics>({
  name: "statistics",
  empty: {
    asks: {},
    messages: { sent: 0, reviewed: 0, modified: 0, redirected: 0, clarified: 0, dropped: 0, answered: 0 },
    pairs: {},
    decisions: {},
    tools: {},
  },
  on: {
    effect_finished(own, { key, result }, before) {
      const effect = before.effects.open[key]?.effect;
      if (result.kind === "tool" && effect?.kind === "tool") return countTool(own, effect.call.name, true);
      if (result.kind !== "ask" || effect?.kind !== "ask") return own;
      const counted = countReply(own, effect, result);
      return effect.tool === undefined ? counted : countTool(counted, effect.tool, result.said !== undefined);
    },
    effect_failed(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind === "tool") return countTool(own, effect.call.name, false);
      if (effect?.kind !== "ask") return own;
      // Whoever called a model by a tool has its failure also where the host was away, which is no failure of the model.
      const counted = effect.tool === undefined || fact.failure === "interrupted"
        ? own
        : countTool(own, effect.tool, false);
      if (isCutShort(fact)) return counted;
      const model = fact.model ?? before.placements[fact.key]?.model ?? "unplaced";
      return countAsk(counted, `${effect.role} ${model}`, { asks: 1, failed: 1, ms: fact.ms });
    },
    message_sent: (own, { message }) => countMessage(own, message, { sent: 1 }),
    message_reviewed: (own) => ({ ...own, messages: { ...own.messages, reviewed: own.messages.reviewed + 1 } }),
    message_edited: (own, { id }, before) => countMessage(own, sent(before, id), { modified: 1 }),
    message_redirected: (own, { id }, before) => countMessage(own, sent(before, id), { redirected: 1 }),
    message_sent_back: (own, { id }, before) => countMessage(own, sent(before, id), { clarified: 1 }),
    message_dropped: (own, { id }, before) => countMessage(own, sent(before, id), { dropped: 1 }),
    message_answered: (own, { id }, before) => countMessage(own, sent(before, id), { answered: 1 }),
    message_in_prompt(own, { id }, before) {
      const message = sent(before, id);
      return countMessage(own, message, { tokens: estimateTokens(message?.text.length ?? 0) });
    },
    message_expired(own, { id, reason }, before) {
      const message = sent(before, id);
      // It was counted when its turn began, and no model read it.
      if (reason !== "unheard" || message?.status !== "in_prompt") return own;
      return countMessage(own, message, { tokens: -estimateTokens(message.text.length) });
    },
    // What was taken back does not count as done.
    message_taken_back(own, { id }, before) {
      const message = sent(before, id);
      switch (message?.changes.at(-1)?.kind) {
        case "edited":
          return countMessage(own, message, { modified: -1 });
        case "redirected":
          return countMessage(own, message, { redirected: -1 });
        case "dropped":
          return countMessage(own, message, { dropped: -1 });
        default:
          return own;
      }
    },
    decision_made: (own, { name }) => countDecision(own, name, { made: 1 }),
    decision_closed(own, { id, ok }, before) {
      const { open, past } = before.decisions;
      const name = (open[id] ?? past.find((one) => one.id === id))?.name;
      return name === undefined ? own : countDecision(own, name, ok ? { succeeded: 1 } : { failed: 1 });
    },
  },
});

function countReply(own: Statistics, ask: AskEffect, result: AskResult): Statistics {
  const read = result.calls.length > 0 || result.content !== null || result.summary !== undefined ||
    result.said !== undefined;
  return countAsk(own, `${ask.role} ${result.model}`, {
    asks: 1,
    right: read && result.step !== "repair" ? 1 : 0,
    repaired: read && result.step === "repair" ? 1 : 0,
    failed: read ? 0 : 1,
    promptTokens: result.promptTokens ?? result.estimated,
    answerTokens: result.answerTokens ?? 0,
    ms: result.ms,
  });
}

function countAsk(statistics: Statistics, key: string, add: Partial<AskStatistics>): Statistics {
  const old = statistics.asks[key] ?? NO_ASKS;
  const { asks = 0, right = 0, repaired = 0, failed = 0, promptTokens = 0, answerTokens = 0, ms = 0 } = add;
  const sum: AskStatistics = {
    asks: old.asks + asks,
    right: old.right + right,
    repaired: old.repaired + repaired,
    failed: old.failed + failed,
    failedInARow: failed > 0 ? old.failedInARow + 1 : 0,
    promptTokens: old.promptTokens + promptTokens,
    answerTokens: old.answerTokens + answerTokens,
    ms: old.ms + ms,
  };
  return { ...statistics, asks: { ...statistics.asks, [key]: sum } };
}

function sent(before: State, id: string): Message | undefined {
  return before.messages.list.findLast((message) => message.id === id);
}

/** Counts what became of a message, for the whole run and for the two between whom it was sent, wherever it went since. */
function countMessage(
  own: Statistics,
  message: Pick<Message, "from" | "to"> & { readonly originalTo?: string | null } | undefined,
  add: Partial<PairStatistics>,
): Statistics {
  const { tokens: _tokens, ...counts } = add;
  const messages = sums(own.messages, counts);
  if (message === undefined) return { ...own, messages };
  const pair = `${message.from} ${message.originalTo ?? message.to}`;
  return { ...own, messages, pairs: { ...own.pairs, [pair]: sums(own.pairs[pair] ?? NO_MESSAGES, add) } };
}

/** Adds to some of several numbers. */
function sums<Numbers extends object>(numbers: Numbers, add: Partial<Numbers>): Numbers {
  const sum = { ...numbers } as Record<string, number>;
  for (const [name, by] of Object.entries<number>(add as Record<string, number>)) sum[name] = (sum[name] ?? 0) + by;
  return sum as Numbers;
}

function countTool(statistics: Statistics, name: string, ok: boolean): Statistics {
  const old = statistics.tools[name] ?? { finished: 0, failed: 0 };
  const sum = ok ? { ...old, finished: old.finished + 1 } : { ...old, failed: old.failed + 1 };
  return { ...statistics, tools: { ...statistics.tools, [name]: sum } };
}

function countDecision(
  statistics: Statistics,
  name: string,
  add: { readonly made?: number; readonly succeeded?: number; readonly failed?: number },
): Statistics {
  const old = statistics.decisions[name] ?? { made: 0, succeeded: 0, failed: 0 };
  return {
    ...statistics,
    decisions: {
      ...statistics.decisions,
      [name]: {
        made: old.made + (add.made ?? 0),
        succeeded: old.succeeded + (add.succeeded ?? 0),
        failed: old.failed + (add.failed ?? 0),
      },
    },
  };
}
