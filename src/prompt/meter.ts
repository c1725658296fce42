import { estimateTokens, type Text } from "../kernel/text.ts";
import type { Piece, PromptFrame, PromptMessage } from "./prompt.ts";

/** Tokens kept free beside prompt and answer: what templates add, and what estimates miss. */
export const MARGIN = 96;
/** Tokens that a template adds to each message. */
const PER_MESSAGE = 5;

/** Counts what a prompt costs with one model. */
export interface Meter {
  /** Tokens of some pieces. */
  pieces(pieces: readonly Piece[]): number;
  /** Tokens of some messages, with what a template adds to each. */
  messages(messages: readonly PromptMessage[]): number;
  /** The text of a piece, null where only its size is known. */
  text(piece: Piece): string | null;
}

/**
 * Makes the meter of a frame: counted tokens where the frame can count and read, else by characters, both by the calibration
 * of the model.
 *
 * @param frame calibration, counter and reader
 * @returns the meter
 */
export function meterOf(frame: Pick<PromptFrame, "ratio" | "count" | "read">): Meter {
  const text = (piece: Piece): string | null =>
    typeof piece === "string" ? piece : piece.blob === undefined ? piece.text : frame.read?.(piece) ?? null;
  const raw = (piece: Piece): number => {
    const known = frame.count === undefined ? null : text(piece);
    return known === null ? estimateTokens(charsOf(piece)) : frame.count!(known);
  };
  const pieces = (all: readonly Piece[]) => Math.ceil(all.reduce((sum, piece) => sum + raw(piece), 0) * frame.ratio);
  return {
    text,
    pieces,
    messages: (all) =>
      all.reduce(
        (sum, message) =>
          sum + PER_MESSAGE + pieces(message.pieces) +
          (message.calls === undefined ? 0 : pieces([JSON.stringify(message.calls)])),
        0,
      ),
  };
}

/** Characters of a piece. */
export function charsOf(piece: Piece): number {
  return typeof piece === "string" ? piece.length : piece.chars;
}

/** A text of which only a part stays, where nobody can read it now. */
export function shortened(text: Text, chars: number): Text {
  return { ...text, chars: Math.min(text.chars, chars) };
}
