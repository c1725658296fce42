import { McpFault } from "./mcp_fault.ts";

/** Longest message that is accepted, in bytes: far above what a model can read, so that one without an end cannot fill the memory. */
export const LONGEST_MESSAGE = 32 * 1024 * 1024;

/**
 * Splits what a server writes into lines; each piece is looked at once.
 *
 * @param bytes as they arrive
 * @throws {McpFault} where a line grows beyond {@link LONGEST_MESSAGE}
 */
export async function* messageLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    let from = 0;
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, from)) {
      yield joined([...begun, piece.subarray(from, end)]);
      begun = [];
      length = 0;
      from = end + 1;
    }
    if (from < piece.length) begun.push(piece.subarray(from));
    length += piece.length - from;
    if (length > LONGEST_MESSAGE) {
      throw new McpFault(`It wrote a message of more than ${LONGEST_MESSAGE / 1024 / 1024} MB and was ended.`);
    }
  }
}

function joined(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
}
