import type { FailureClass } from "../../kernel/failure.ts";
import { estimateTokens } from "../../kernel/text.ts";
import type { Closing, Failing } from "../feature.ts";
import type { State } from "../state.ts";

/**
 * Failures after which no prompt was read, or what was read is booked by its own fact: the host was not there, or refused the request.
 * After anything else the whole prompt may have been read.
 */
const UNREAD: ReadonlySet<FailureClass> = new Set([
  "unreachable",
  "busy",
  "unauthorized",
  "rate_limited",
  "model_missing",
  "window_exceeded",
  "truncated",
  "tools_unsupported",
  "template_refused",
  "thinking_unsupported",
  "schema_refused",
  "load_failed",
  "bad_request",
]);

/**
 * Counts what a closed ask used.
 *
 * @param before the state in which it was open
 * @returns tokens by the server's count, else what was estimated and arrived
 */
export function usedBy(fact: Closing, before: State): number {
  if (fact.type !== "effect_finished") return usedInVain(fact, before);
  if (fact.result.kind !== "ask") return 0;
  const { promptTokens, estimated, answerTokens, text } = fact.result;
  return (promptTokens ?? estimated) + (answerTokens ?? estimateTokens(text.chars));
}

function usedInVain(fact: Failing, before: State): number {
  const placed = before.placements[fact.key];
  if (placed === undefined || fact.type === "effect_failed" && UNREAD.has(fact.failure)) return 0;
  const partial = fact.type === "effect_failed" || fact.type === "effect_cancelled" ? fact.partial?.chars ?? 0 : 0;
  const counted = fact.type === "effect_failed" ? fact.answerTokens ?? null : null;
  return placed.estimated + (counted ?? estimateTokens(partial));
}
