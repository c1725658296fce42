/** How long a server takes, in milliseconds. */
export interface Pace {
  /** Per token of the answer. */
  readonly tokenMs: number;
  /** Per token of the prompt. */
  readonly promptTokenMs: number;
  /** Gives the time of a load from the bytes of the weights. */
  readonly loadMs: (bytes: number) => number;
}

/** No delay at all. */
export const UNPACED: Pace = { tokenMs: 0, promptTokenMs: 0, loadMs: () => 0 };

const PROMPT_SPEEDUP = 25;

/**
 * Makes a believable pace.
 * @param tokensPerSecond speed of the answers; prompts are read 25 times as fast
 * @param loadBytesPerSecond speed of the disk
 * @param factor multiplies every delay; 0 waits for nothing
 * @returns the delays
 */
export function paceOf(tokensPerSecond: number, loadBytesPerSecond: number, factor: number): Pace {
  if (factor <= 0) return UNPACED;
  const tokenMs = factor * 1000 / tokensPerSecond;
  return {
    tokenMs,
    promptTokenMs: tokenMs / PROMPT_SPEEDUP,
    loadMs: (bytes) => factor * 1000 * bytes / loadBytesPerSecond,
  };
}
