import { linesOf } from "../features/criteria/list_in.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import { resolve } from "node:path";

/** Bytes of such a file: more is no list of what shall be true. */
const MOST_BYTES = 100_000;

/**
 * Reads the criteria that a person wrote into a file: the items of its list or, where it has none, its lines, without blank ones and headings.
 *
 * @param file its path as it was typed
 * @param folder folder that the path begins in
 * @returns a sentence each, word for word
 * @throws {CommandError} exit code 2 for a file that cannot be read or says nothing
 */
export function readCriteria(file: string, folder: string): readonly string[] {
  let text: string;
  try {
    const path = resolve(folder, file);
    const { size } = Deno.statSync(path);
    if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, and ${MOST_BYTES} are the most`);
    text = Deno.readTextFileSync(path);
  } catch (error) {
    throw new CommandError(
      EXIT.usage,
      `The criteria could not be read: --criteria names ${file}: ${
        reasonOf(error)
      }. Name a text file with a criterion a line.`,
      { cause: error },
    );
  }
  const found = linesOf(text);
  if (found.length > 0) return found;
  throw new CommandError(
    EXIT.usage,
    `${file} holds no criteria: a line each is wanted, such as "- median([1, 3]) is 2".`,
  );
}
