import { countsRight, probeOf } from "../../prompt/proof.ts";
import { type ChatReply, HostFailure } from "../../ports/model_host.ts";
import type { Asking } from "./asking.ts";
import { tokenCounter } from "./count_tokens.ts";

/** Tokens beside the probe that templates add. */
const PROBE_FRAME = 20;
/** Most tokens of the answer to the probe: only its prompt is counted. */
const PROBE_ANSWER = 8;

/**
 * Asks a small question of known size: does the server count right?
 *
 * @param counted tokens that the server said it read of the doubted prompt
 * @returns the answer, and the tokens that asking cost; null where the host failed to answer it, or no budget is left
 */
export async function countsProbe(
  { wanted: ask, placed, ports, signal }: Asking,
  counted: number,
): Promise<{ readonly right: boolean; readonly tokens: number } | null> {
  const probe = probeOf(counted);
  const estimated = (await tokenCounter())(probe) + PROBE_FRAME;
  if (estimated + PROBE_ANSWER > ports.left(ask.role)) return null;
  ports.show("asking whether the server counts right");
  let reply: ChatReply;
  try {
    reply = await placed.host.chat({
      model: placed.model,
      messages: [{ role: "user", content: probe }],
      window: placed.window,
      answerLimit: PROBE_ANSWER,
      temperature: 0,
      seed: 1,
      ...(placed.abilities.thinking ? { think: false } : {}),
      bounds: { firstTokenMs: 120_000, idleMs: 60_000, totalMs: 180_000 },
    }, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof HostFailure)) throw error;
    return null;
  }
  ports.restart(ask.key);
  return { right: countsRight(estimated, reply.promptTokens), tokens: estimated + (reply.answerTokens ?? 0) };
}
