import { splitLines } from "./split_lines.ts";

/**
 * Splits a text that arrives in pieces into lines. Skips blank lines and gives a last line without its line end too.
 *
 * @param pieces text as it arrives
 * @returns the lines, without their ends
 * @throws {HostFailure} `protocol` when a line grows beyond 16 million characters
 */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const { text } of splitLines(pieces)) {
    if (text !== "") yield text;
  }
}
