import type { Stamped } from "./fact.ts";

/** What one role did on one model. */
export interface AskStatistics {
  readonly asks: number;
  /** Replies with a legal call read as it was written. */
  readonly right: number;
  /** Replies with a legal call that needed a repair. */
  readonly repaired: number;
  /** Replies without a legal call, and asks that failed. */
  readonly failed: number;
  /** How many of the last replies failed in a row. */
  readonly failedInARow: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly ms: number;
}

/** Statistics of a run: a fold of its facts. */
export interface Statistics {
  /** By `role model`. */
  readonly asks: Readonly<Record<string, AskStatistics>>;
  readonly messages: Readonly<Record<"sent" | "reviewed" | "modified" | "redirected" | "dropped" | "answered", number>>;
  /** By decision name. */
  readonly decisions: Readonly<
    Record<string, { readonly made: number; readonly succeeded: number; readonly failed: number }>
  >;
  readonly tools: Readonly<Record<string, { readonly finished: number; readonly failed: number }>>;
}

/** Statistics of a run in which nothing happened. */
export function emptyStatistics(): Statistics {
  return {
    asks: {},
    messages: { sent: 0, reviewed: 0, modified: 0, redirected: 0, dropped: 0, answered: 0 },
    decisions: {},
    tools: {},
  };
}

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

/** What the fold must know of the state to count a fact. */
export interface CountContext {
  readonly role: string | null;
  readonly purpose: string | null;
  readonly host: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  readonly decision: string | null;
}

function countAsk(statistics: Statistics, key: string, add: Partial<AskStatistics>): Statistics {
  const old = statistics.asks[key] ?? NO_ASKS;
  const sum = { ...old };
  for (const [name, value] of Object.entries(add) as [keyof AskStatistics, number][]) sum[name] = old[name] + value;
  sum.failedInARow = (add.failed ?? 0) > 0 ? old.failedInARow + 1 : 0;
  return { ...statistics, asks: { ...statistics.asks, [key]: sum } };
}

function countMessage(statistics: Statistics, what: keyof Statistics["messages"]): Statistics {
  return { ...statistics, messages: { ...statistics.messages, [what]: statistics.messages[what] + 1 } };
}

/**
 * Counts one fact.
 *
 * @param statistics counts so far
 * @param fact the fact
 * @param about what the state knows of the effect or decision that the fact closes
 * @returns counts with it
 */
export function count(statistics: Statistics, fact: Stamped, about: CountContext): Statistics {
  switch (fact.type) {
    case "effect_finished":
      if (fact.result.kind === "ask") {
        const result = fact.result;
        const read = about.purpose === "summarise"
          ? result.summary !== undefined
          : result.calls.length > 0 || about.purpose === "text" && result.content !== null;
        return countAsk(statistics, `${about.role} ${result.model}`, {
          asks: 1,
          right: read && result.step !== "repair" ? 1 : 0,
          repaired: read && result.step === "repair" ? 1 : 0,
          failed: read ? 0 : 1,
          promptTokens: result.promptTokens ?? result.estimated,
          answerTokens: result.answerTokens ?? 0,
          ms: result.ms,
        });
      }
      if (fact.result.kind === "tool" && about.tool !== null) return countTool(statistics, about.tool, true);
      return statistics;
    case "effect_failed":
      if (about.tool !== null) return countTool(statistics, about.tool, false);
      if (about.role !== null) {
        return countAsk(statistics, `${about.role} ${fact.model ?? about.model ?? "unplaced"}`, {
          asks: 1,
          failed: 1,
          ms: fact.ms,
        });
      }
      return statistics;
    case "message_sent":
      return countMessage(statistics, "sent");
    case "message_reviewed":
      return countMessage(statistics, "reviewed");
    case "message_edited":
      return countMessage(statistics, "modified");
    case "message_redirected":
      return countMessage(statistics, "redirected");
    case "message_dropped":
      return countMessage(statistics, "dropped");
    case "message_answered":
      return countMessage(statistics, "answered");
    case "decision_made":
      return countDecision(statistics, fact.name, { made: 1 });
    case "decision_closed":
      return about.decision === null
        ? statistics
        : countDecision(statistics, about.decision, fact.ok ? { succeeded: 1 } : { failed: 1 });
    default:
      return statistics;
  }
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
