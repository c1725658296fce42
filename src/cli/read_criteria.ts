import { linesOf } from "../features/criteria/list_in.ts";
import { MOST_CHARS, MOST_CRITERIA } from "../features/criteria/read_goal.ts";
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
    if (text.includes("\0")) throw new Error("it is no text in UTF-8");
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
  const long = found.findIndex((one) => one.length > MOST_CHARS);
  if (found.length > MOST_CRITERIA) {
    throw tooMuch(file, `${found.length} criteria, and ${MOST_CRITERIA} are the most that a run looks at`);
  }
  if (long >= 0) {
    throw tooMuch(file, `${found[long]!.length} characters as criterion ${long + 1}, and ${MOST_CHARS} are the most`);
  }
  if (found.length > 0) return found;
  throw new CommandError(
    EXIT.usage,
    `${file} holds no criteria: a line each is wanted, such as "- median([1, 3]) is 2".`,
  );
}

function tooMuch(file: string, what: string): CommandError {
  return new CommandError(EXIT.usage, `${file} holds ${what}. Make it shorter: give some of it to another run.`);
}
