import { HostFailure } from "../ports/model_host.ts";

/** Longest line that is accepted, in characters: far above any real one, so that a stream without line ends cannot fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** A line of a text that arrives. */
export interface SplitLine {
  /** The line without its end. */
  readonly text: string;
  /** False for the last one where no line end closed it: it may be cut. */
  readonly ended: boolean;
}

/**
 * Splits a text that arrives in pieces into lines, blank ones too. Line feeds, carriage returns and both end a line. Pieces are searched
 * once each, so a line of many megabytes costs no more than its length.
 *
 * @param pieces text as it arrives
 * @throws {HostFailure} `protocol` when a line grows beyond 16 million characters
 */
export async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<SplitLine> {
  let begun: string[] = [];
  let length = 0;
  let afterReturn = false;
  for await (const piece of pieces) {
    if (piece === "") continue;
    // The line feed after a carriage return that ended the piece before ends no further line.
    const text = afterReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    afterReturn = piece.endsWith("\r");
    const parts = text.split(/\r\n|\n|\r/);
    const rest = parts.pop() ?? "";
    for (const part of parts) {
      yield { text: [...begun, part].join(""), ended: true };
      begun = [];
      length = 0;
    }
    if (rest !== "") begun.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE) {
      throw new HostFailure("protocol", `A line of the answer is longer than ${LONGEST_LINE} characters.`);
    }
  }
  if (begun.length > 0) yield { text: begun.join(""), ended: false };
}
