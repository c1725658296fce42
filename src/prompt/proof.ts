/**
 * How sure it is that a model got the whole prompt. `proven`: the server's count bears it out; `handled`: it does, and something had
 * been left out by us, with a note, so that it fits; `estimated`: nobody counted, or the counts cannot be believed; `mismatch`: the
 * server counted so little that it must have cut the prompt.
 */
export const PROOFS = ["proven", "handled", "estimated", "mismatch"] as const;

/** How sure it is that a model got the whole prompt. */
export type Proof = typeof PROOFS[number];

/** What a server's count is compared with. */
export interface Counted {
  /** Tokens that we estimated. */
  readonly estimated: number;
  /** Tokens that the server counted; null where it did not. */
  readonly counted: number | null;
  /** Window that was asked for, in tokens. */
  readonly window: number;
  /** Whether earlier counts of the model calibrated the estimate. */
  readonly calibrated: boolean;
  /** Counted tokens per token that we count ourselves, by which the estimate was calibrated; 1 where absent. */
  readonly ratio?: number;
  /** Whether something was left out by us. */
  readonly leftOut: boolean;
  /** Whether the counts of this model on this host were found to be wrong before. */
  readonly disbelieved: boolean;
}

/** Counted share of an estimate below which a prompt was cut: a foreign tokenizer errs by a quarter, a calibrated estimate by less. */
const LEAST_SHARE = { calibrated: 0.65, uncalibrated: 0.5 };
/** Tokens below which a difference says nothing. */
const SLACK = 64;

/**
 * Compares a server's count with our estimate. About half of the window is what Ollama's cut of tokens leaves (ollama.md §5.2), less
 * where it dropped whole messages (§5.1).
 *
 * @param what estimate, count and window
 * @returns the proof, and whether the count itself is impossible
 */
export function proofOf(what: Counted): { readonly proof: Proof; readonly impossible: boolean } {
  const { estimated, counted, window } = what;
  if (counted === null || what.disbelieved) return { proof: "estimated", impossible: false };
  if (counted > window + SLACK) return { proof: "estimated", impossible: true };
  const share = LEAST_SHARE[what.calibrated ? "calibrated" : "uncalibrated"];
  // A calibration by a prompt of numbers (Qwen2.5 takes 1.9 tokens for one of o200k) is none of the prose that follows it.
  const least = Math.min(estimated, estimated / (what.ratio ?? 1)) * share;
  const halved = Math.abs(counted - (window / 2 + 2)) <= 2 && estimated > window * 0.6;
  if (halved || counted < least && estimated - counted > SLACK) {
    return { proof: "mismatch", impossible: false };
  }
  return { proof: what.leftOut ? "handled" : "proven", impossible: false };
}

/**
 * Lists how large the prompt may be when a server cut one and is asked again, the likeliest first: what it kept; twice that, where it
 * cut down to half of its window; half of the window that was asked for.
 *
 * @param counted tokens that the server kept
 * @param window window that was asked for
 * @returns tokens of the whole prompt, descending
 */
export function limitsAfterCut(counted: number, window: number): number[] {
  const limits = [Math.floor(counted * 0.95), Math.floor(counted * 1.9), Math.floor(window / 2)];
  return [...new Set(limits.filter((limit) => limit < window))].sort((a, b) => b - a);
}

/**
 * Makes a text that tells whether a server counts right: numbered words, so that no tokenizer is far off, and far fewer tokens than the
 * server kept of the doubted prompt, so that it cannot have to cut this one, nor give the same count for both by chance.
 *
 * @param counted tokens that the server said it read of the doubted prompt
 * @returns a text of about 100 to 700 tokens
 */
export function probeOf(counted: number): string {
  const items = Math.min(200, Math.max(30, Math.floor(counted * 0.3 / 4)));
  return `Say yes. ${Array.from({ length: items }, (_, index) => `item ${index}`).join(", ")}`;
}

/**
 * Tells whether a server counts right, by its count of a {@link probeOf}.
 *
 * @param estimated tokens that we estimated for it
 * @param counted tokens that the server counted; null where it did not
 * @returns false where the count cannot be one of this text
 */
export function countsRight(estimated: number, counted: number | null): boolean {
  return counted !== null && counted > estimated * 0.5 && counted < estimated * 2;
}
