import { HostFailure } from "../ports/model_host.ts";

/** Longest line that is accepted, in characters: far above any real one, so that a stream without line ends cannot fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Splits a text that arrives in pieces into lines. Accepts `\r\n`, skips blank lines and gives a last line without its
 * line end too. Pieces are searched once each, so a line of many megabytes costs no more than its length.
 *
 * @param pieces text as it arrives
 * @returns the lines, without their ends
 * @throws {HostFailure} `protocol` when a line grows beyond 16 million characters
 */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const parts = piece.split("\n");
    const rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = trimmedEnd([...begun, part].join(""));
      begun = [];
      length = 0;
      if (line !== "") yield line;
    }
    if (rest !== "") begun.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE) {
      throw new HostFailure("protocol", `A line of the answer is longer than ${LONGEST_LINE} characters.`);
    }
  }
  const last = trimmedEnd(begun.join(""));
  if (last !== "") yield last;
}

/** Takes a closing carriage return off. */
function trimmedEnd(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
