import { compose } from "../../prompt/compose.ts";
import type { PromptFrame } from "../../prompt/prompt.ts";
import { limitsAfterCut } from "../../prompt/proof.ts";
import type { HostFailure } from "../../ports/model_host.ts";
import type { Asking, Composed, Doubt } from "./asking.ts";

/** Share of a window that an answer may take at most, and where the server's window is smaller than the ask was made for. */
export const ANSWER = { most: 0.45, narrow: 0.3 };
/** Tokens of a window that neither prompt nor answer may count on. */
const BESIDE = 96;

/**
 * Gives the frame of the next prompt after a refusal. A server that refuses counts exactly: the next prompt is made by its count and
 * its window.
 *
 * @param refused the failure, `window_exceeded`
 * @returns the frame, and what is noted of it
 */
export function afterRefusal(
  refused: HostFailure,
  { ask, frame, prompt }: Composed,
): { readonly frame: PromptFrame; readonly doubt: Doubt } {
  const { promptTokens, window } = refused.details;
  const real = Math.min(frame.window, window ?? frame.window);
  const ratio = promptTokens === undefined
    ? frame.ratio * 1.3
    : frame.ratio * promptTokens / Math.max(1, prompt.estimate);
  return {
    frame: { ...frame, window: real, ratio },
    doubt: {
      finding: "refused",
      counted: promptTokens ?? null,
      holds: real < frame.window ? real - Math.min(ask.answerLimit, Math.floor(real * ANSWER.narrow)) - BESIDE : null,
      ratio: promptTokens === undefined ? null : ratio,
      text: `The prompt of about ${prompt.estimate} tokens was refused: ${
        refused.message.slice(0, 300)
      } It is made smaller and asked again.`,
    },
  };
}

/**
 * Gives the frame of a smaller prompt after a server cut one.
 *
 * @param counted tokens that the server kept
 * @returns the frame; null where the pinned parts are too large for it
 */
export function afterCut(
  { state, ports }: Asking,
  { ask, frame, prompt }: Composed,
  counted: number,
): PromptFrame & { readonly most: number } | null {
  for (const most of limitsAfterCut(counted, frame.window).toReversed()) {
    if (most >= Math.min(prompt.estimate, frame.most ?? Infinity)) continue;
    const next = { ...frame, most };
    if (!compose(state, ports.registry, ask, next).overflow) return next;
  }
  return null;
}
