import { basename, dirname } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";

/** A journal that cannot be opened, read or written; the text says which and what to do. */
export class JournalError extends Error {
  override readonly name: string = "JournalError";
}

/** The journal is written by another process at this moment. */
export class JournalBusy extends JournalError {
  override readonly name = "JournalBusy";
}

/** The journal was written by a newer program: this one would misread it. */
export class JournalNewer extends JournalError {
  override readonly name = "JournalNewer";

  /** @param finding what of it this program does not know */
  constructor(path: string, finding: string) {
    super(`run ${runOf(path)} was written by a newer Autonomy: ${finding}; update Autonomy to open it`);
  }
}

/**
 * Names the run that a journal belongs to.
 *
 * @returns its id: the name of the journal's folder
 */
export function runOf(path: string): string {
  return basename(dirname(path));
}

/** A row of the journal is not what was written. */
export class JournalDamaged extends JournalError {
  override readonly name = "JournalDamaged";

  /**
   * @param seq number of the damaged fact; null where a blob or the file as a whole is damaged
   * @param finding what was found in its place
   */
  constructor(readonly path: string, readonly seq: number | null, finding: string, options?: ErrorOptions) {
    const place = seq === null ? path : `${path}, fact ${seq}`;
    super(
      `the journal is damaged at ${place}: ${finding}. Nothing was loaded; restore the file from a backup or start a new run`,
      options,
    );
  }
}

/** SQLite's result codes that people can do something about (https://www.sqlite.org/rescode.html). */
const CODES: ReadonlyMap<number, string> = new Map([
  [5, "another program holds the file; close it and try again"],
  [6, "another program holds the file; close it and try again"],
  [8, "the file or its folder is read-only; make it writable or set AUTONOMY_STATE_HOME to a folder that is"],
  [10, "the disk reported an error; look at the disk"],
  [13, "the disk is full; free some space and continue the run"],
  [14, "the file cannot be opened; look at the folder and its permissions, or set AUTONOMY_STATE_HOME to another"],
]);

/** SQLite's own texts for these codes; some errors of `node:sqlite` in Deno 2.9 come with the text alone. */
const TEXTS: readonly (readonly [text: string, code: number])[] = [
  ["database is locked", 5],
  ["database table is locked", 6],
  ["attempt to write a readonly database", 8],
  ["disk I/O error", 10],
  ["database disk image is malformed", 11],
  ["database or disk is full", 13],
  ["unable to open database file", 14],
  ["file is not a database", 26],
];

/**
 * Turns an error of the database or of the file system into one that says what to do.
 *
 * @param attempt what was tried, such as `write to`
 * @returns the error to throw, with the cause kept
 */
export function journalError(path: string, attempt: string, error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  const found = reasonOf(error);
  const code = error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
  // Extended result codes carry the primary code in their lowest byte.
  const primary = code === null ? TEXTS.find(([text]) => found.includes(text))?.[1] ?? null : code & 0xff;
  if (primary === 11 || primary === 26) return new JournalDamaged(path, null, found, { cause: error });
  const lacking = /no such (?:table|column): .*/.exec(found);
  if (lacking !== null) return new JournalDamaged(path, null, `there is ${lacking[0]}`, { cause: error });
  const advice = primary === null
    ? "look at the folder and its permissions, or set AUTONOMY_STATE_HOME to another"
    : CODES.get(primary) ?? "look at the file and its folder";
  return new JournalError(`could not ${attempt} the journal ${path}: ${found}; ${advice}`, { cause: error });
}
