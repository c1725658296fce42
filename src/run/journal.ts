import type { BlobStore } from "../ports/blob_store.ts";
import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { contentHash } from "../work/content_hash.ts";
import { JournalBusy, JournalDamaged, JournalError, journalError, JournalNewer, runOf } from "./journal_error.ts";
import { type JournalFile, type JournalMeta, prepareTables, raiseSchema } from "./journal_tables.ts";
import { type OpenDatabase, openForReading } from "./open_for_reading.ts";
import { LockHeld, takeLock, type WriterLock } from "./writer_lock.ts";

/** Facts read in one step: enough to make the step's cost small, few enough to keep memory flat. */
const READ_STEP = 2_000;

/** A fact with its place in the journal and its time in milliseconds since 1970. */
export type Stamped<F> = F & { readonly seq: number; readonly at: number };

/** The facts of one run on disk. */
export interface Journal<F extends { readonly type: string }> extends BlobStore {
  /** File of the journal. */
  readonly path: string;
  /** True when nothing can be appended. */
  readonly readOnly: boolean;
  /** What the file said of itself when it was opened. */
  readonly meta: JournalMeta;
  /**
   * Stores facts in one synchronous transaction: all or none. Each is validated before.
   *
   * @param at their time, milliseconds since 1970
   * @returns the facts with their place and time
   * @throws {JournalError} when the file cannot be written; what `validate` throws
   */
  append(facts: readonly F[], at: number): Stamped<F>[];
  /**
   * Reads facts in order, in steps, so that a long journal needs little memory.
   *
   * @param fromSeq first place to read; 1 by default
   * @throws {JournalDamaged} at the first row that is missing or unreadable
   * @throws {JournalNewer} at the first fact that this program does not know
   */
  read(fromSeq?: number): Generator<Stamped<F>, void, undefined>;
  /** Place of the last fact; 0 when there is none. */
  last(): number;
  /** Closes the file and gives the lock back. */
  close(): void;
}

/** How a journal is opened. */
export interface JournalOptions<F> extends JournalFile {
  /** Checks a fact before it is written; returns it, or throws. */
  readonly validate: (fact: unknown) => F;
  /** Says what of a stored fact this program does not know; null where all is known. Asked of each fact that is read. */
  readonly unknownIn?: (fact: { readonly type: string }) => string | null;
}

/**
 * Opens the journal of a run, or makes a new one.
 *
 * @param options path, mode and validation
 * @returns the open journal; the caller closes it
 * @throws {JournalBusy} when another process writes it
 * @throws {JournalNewer} when a newer program wrote it, also for reading
 * @throws {JournalDamaged} when the file is no journal
 * @throws {JournalError} when the file cannot be opened
 */
export function openJournal<F extends { readonly type: string }>(options: JournalOptions<F>): Journal<F> {
  const { path, readOnly = false } = options;
  if (readOnly && !existsSync(path)) {
    throw new JournalError(
      `there is no journal at ${path}; put the file back, or remove what is left of the run: autonomy runs --remove ${
        runOf(path)
      }`,
    );
  }
  let opened: OpenDatabase | undefined;
  try {
    // What is no file may be a pipe, which nobody ever writes to.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile()) throw new JournalDamaged(path, null, "it is no file");
    opened = readOnly ? openForReading(path, lockOf(path)) : openForWriting(path);
    const meta = prepareTables(opened.database, options);
    return new DiskJournal(readOnly, meta, opened, options);
  } catch (error) {
    opened?.close();
    throw journalError(path, "open", error);
  }
}

/**
 * Names the file that a journal's writer locks.
 *
 * @param path absolute path of the journal
 */
export function lockOf(path: string): string {
  return `${path}.lock`;
}

function openForWriting(path: string): OpenDatabase {
  const lock = lockFor(path);
  try {
    if (!existsSync(path)) Deno.openSync(path, { write: true, createNew: true, mode: 0o600 }).close();
    const database = new DatabaseSync(path, { timeout: 5_000 });
    return {
      database,
      close: () => {
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Takes the writer's lock and says in the run's terms when another has it. */
function lockFor(path: string): WriterLock {
  try {
    return takeLock(lockOf(path));
  } catch (error) {
    if (!(error instanceof LockHeld)) throw journalError(path, "lock", error);
    const holder = error.holder === null ? "another process" : `process ${error.holder}`;
    throw new JournalBusy(
      `run ${runOf(path)} is being written by ${holder}; ` +
        "wait until it ends, end it, or look at the run with `autonomy show`",
      { cause: error },
    );
  }
}

/** {@link Journal} in a SQLite file. */
class DiskJournal<F extends { readonly type: string }> implements Journal<F> {
  readonly #database: DatabaseSync;
  readonly #close: () => void;
  readonly #options: JournalOptions<F>;
  readonly #insertFact;
  readonly #selectFacts;
  readonly #selectLast;
  readonly #insertBlob;
  readonly #selectBlob;
  #open = true;

  readonly path: string;

  constructor(
    readonly readOnly: boolean,
    readonly meta: JournalMeta,
    { database, close }: OpenDatabase,
    options: JournalOptions<F>,
  ) {
    this.path = options.path;
    this.#database = database;
    this.#close = close;
    this.#options = options;
    this.#insertFact = database.prepare("INSERT INTO facts (seq, at, fact) VALUES (?, ?, ?)");
    this.#selectFacts = database.prepare("SELECT seq, at, fact FROM facts WHERE seq >= ? ORDER BY seq LIMIT ?");
    this.#selectLast = database.prepare("SELECT max(seq) AS seq FROM facts");
    this.#insertBlob = database.prepare("INSERT OR IGNORE INTO blobs (hash, bytes) VALUES (?, ?)");
    this.#selectBlob = database.prepare("SELECT bytes FROM blobs WHERE hash = ?");
  }

  append(facts: readonly F[], at: number): Stamped<F>[] {
    this.#mustWrite();
    const valid = facts.map((fact) => this.#options.validate(fact));
    if (valid.length === 0) return [];
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        // Whoever opens it next must see in one place what may stand in it.
        raiseSchema(this.#database, this.meta);
        let seq = this.last();
        const stamped = valid.map((fact) => {
          seq += 1;
          this.#insertFact.run(seq, at, JSON.stringify(fact));
          return { ...fact, seq, at };
        });
        this.#database.exec("COMMIT");
        return stamped;
      } catch (error) {
        // SQLite has rolled back by itself after some errors, a full disk among them.
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    } catch (error) {
      throw journalError(this.path, "write to", error);
    }
  }

  *read(fromSeq = 1): Generator<Stamped<F>, void, undefined> {
    let next = Math.max(1, fromSeq);
    while (true) {
      let rows;
      try {
        rows = this.#selectFacts.all(next, READ_STEP);
      } catch (error) {
        throw journalError(this.path, `read fact ${next} of`, error);
      }
      for (const { seq, at, fact } of rows) {
        if (typeof seq !== "number" || typeof at !== "number" || typeof fact !== "string") {
          throw new JournalDamaged(this.path, next, "its row has values of other types");
        }
        if (seq !== next) throw new JournalDamaged(this.path, next, `the row is missing; the next one is ${seq}`);
        // Stamped in place: nobody else has the parsed fact, and copying it would cost as much as parsing.
        yield Object.assign(this.#parse(seq, fact), { seq, at });
        next += 1;
      }
      if (rows.length < READ_STEP) return;
    }
  }

  last(): number {
    try {
      return Number(this.#selectLast.get()?.seq ?? 0);
    } catch (error) {
      throw journalError(this.path, "read the last fact of", error);
    }
  }

  putBlob(content: Uint8Array | string): string {
    this.#mustWrite();
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const hash = contentHash(bytes);
    try {
      this.#insertBlob.run(hash, bytes);
    } catch (error) {
      throw journalError(this.path, "store content in", error);
    }
    return hash;
  }

  getBlob(hash: string): Uint8Array | undefined {
    let bytes;
    try {
      bytes = this.#selectBlob.get(hash)?.bytes;
    } catch (error) {
      throw journalError(this.path, `read content ${hash.slice(0, 12)} of`, error);
    }
    if (bytes === undefined) return undefined;
    if (!(bytes instanceof Uint8Array) || contentHash(bytes) !== hash) {
      throw new JournalDamaged(this.path, null, `the content stored as ${hash} has another hash`);
    }
    return bytes;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#close();
  }

  #mustWrite(): void {
    if (this.readOnly) {
      throw new JournalError(`the journal ${this.path} was opened for reading; nothing can be written`);
    }
  }

  /** Reads one row's fact; its values were validated when it was written, by this program or another one. */
  #parse(seq: number, text: string): F {
    let fact: unknown;
    try {
      fact = JSON.parse(text);
    } catch (error) {
      throw new JournalDamaged(this.path, seq, `its text is no JSON (${text.slice(0, 80)})`, { cause: error });
    }
    if (!isTyped(fact)) throw new JournalDamaged(this.path, seq, `it has no type (${text.slice(0, 80)})`);
    const unknown = this.#options.unknownIn?.(fact) ?? null;
    if (unknown !== null) {
      throw new JournalNewer(this.path, `its fact ${seq} has the ${unknown}, which this version does not know`);
    }
    return fact as F;
  }
}

/** Whether a parsed row can be a fact at all. */
function isTyped(value: unknown): value is { readonly type: string } {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
