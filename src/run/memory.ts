import { DatabaseSync } from "node:sqlite";
import { reasonOf } from "../kernel/reason_of.ts";
import type { ModelRecord, Tally, Trial } from "../fleet/model_record.ts";
import { NO_TALLY, trialKey } from "../fleet/model_record.ts";

/** Version of the tables. */
export const MEMORY_SCHEMA = 1;

/** Name of the file in the state folder. */
export const MEMORY_FILE = "memory.db";

/** How long a write waits for another program that writes, ms. */
const TIMEOUT_MS = 5_000;

/** What is remembered of models from run to run. */
export interface Memory {
  /**
   * Reads what is known of a model.
   *
   * @returns the record; null where it was never asked
   */
  record(digest: string): ModelRecord | null;
  /** All records, the model asked last first. */
  records(): readonly ModelRecord[];
  /**
   * Adds what was tried, in one transaction; several programs may do so at once.
   *
   * @param at when, ms since 1970
   */
  add(trials: readonly Trial[], at: number): void;
  /**
   * Notes that a model was probed; what a probe found is added by {@link Memory.add}.
   *
   * @param at when, ms since 1970
   */
  probed(digest: string, model: string, at: number): void;
  /** Closes the file. */
  close(): void;
}

/** A memory that cannot be used: runs go on without it. */
export class MemoryError extends Error {
  override readonly name = "MemoryError";
}

/**
 * Opens the memory, and makes it where there is none. Its folder must exist.
 *
 * @param path absolute path of the file; `:memory:` for one that ends with the program
 * @returns the open memory; the caller closes it
 * @throws {MemoryError} when it cannot be opened, or was made by a newer program
 */
export function openMemory(path: string): Memory {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ":memory:") Deno.openSync(path, { write: true, create: true, mode: 0o600 }).close();
    database = new DatabaseSync(path, { timeout: TIMEOUT_MS });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    prepare(database, path);
    return new DiskMemory(database, path);
  } catch (cause) {
    database?.close();
    if (cause instanceof MemoryError) throw cause;
    throw new MemoryError(
      `The memory of models ${path} cannot be opened: ${reasonOf(cause)}. Move the file away to begin a new one.`,
      { cause },
    );
  }
}

/**
 * Reads a record where there is one to be had: a memory that cannot be read is as one that knows nothing, and the next write says why.
 *
 * @param memory the memory; null or undefined where there is none
 * @param digest digest of the model
 * @returns the record or null
 */
export function recalled(memory: Memory | null | undefined, digest: string): ModelRecord | null {
  try {
    return memory?.record(digest) ?? null;
  } catch (error) {
    if (error instanceof MemoryError) return null;
    throw error;
  }
}

/** Makes the tables where there are none; two programs that begin at once make them once. */
function prepare(database: DatabaseSync, path: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(`
      CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS models (
        digest TEXT PRIMARY KEY, model TEXT NOT NULL, asked_at INTEGER NOT NULL, probed_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS trials (
        digest TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL,
        asks INTEGER NOT NULL, "right" INTEGER NOT NULL, repaired INTEGER NOT NULL, failed INTEGER NOT NULL,
        PRIMARY KEY (digest, kind, what)
      ) STRICT, WITHOUT ROWID;
    `);
    database.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('schema', ?)").run(String(MEMORY_SCHEMA));
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
  const schema = Number(database.prepare("SELECT value FROM meta WHERE key = 'schema'").get()?.value);
  if (schema > MEMORY_SCHEMA) {
    throw new MemoryError(
      `The memory of models ${path} was made by a newer Autonomy (schema ${schema}; this program knows ${MEMORY_SCHEMA}): update Autonomy, or move the file away.`,
    );
  }
}

class DiskMemory implements Memory {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #models;
  readonly #model;
  readonly #trials;
  readonly #note;
  readonly #count;
  readonly #probe;
  #open = true;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
    this.#models = database.prepare("SELECT digest, model, probed_at FROM models ORDER BY asked_at DESC, digest");
    this.#model = database.prepare("SELECT digest, model, probed_at FROM models WHERE digest = ?");
    this.#trials = database.prepare(
      `SELECT kind, what, asks, "right", repaired, failed FROM trials WHERE digest = ? ORDER BY kind, what`,
    );
    this.#note = database.prepare(
      `INSERT INTO models (digest, model, asked_at, probed_at) VALUES (?, ?, ?, NULL)
       ON CONFLICT (digest) DO UPDATE SET model = excluded.model, asked_at = max(asked_at, excluded.asked_at)`,
    );
    this.#count = database.prepare(
      `INSERT INTO trials (digest, kind, what, asks, "right", repaired, failed) VALUES (?, ?, ?, 1, ?, ?, ?)
       ON CONFLICT (digest, kind, what) DO UPDATE SET asks = asks + 1, "right" = "right" + excluded."right",
       repaired = repaired + excluded.repaired, failed = failed + excluded.failed`,
    );
    this.#probe = database.prepare(
      `INSERT INTO models (digest, model, asked_at, probed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (digest) DO UPDATE SET model = excluded.model, probed_at = excluded.probed_at`,
    );
  }

  record(digest: string): ModelRecord | null {
    return this.#read(() => {
      const row = this.#model.get(digest);
      return row === undefined ? null : this.#recordOf(row);
    });
  }

  records(): readonly ModelRecord[] {
    return this.#read(() => this.#models.all().map((row) => this.#recordOf(row)));
  }

  add(trials: readonly Trial[], at: number): void {
    if (trials.length === 0) return;
    this.#write(() => {
      for (const { digest, model, what, outcome } of trials) {
        const is = (wanted: Trial["outcome"]) => outcome === wanted ? 1 : 0;
        this.#note.run(digest, model, at);
        this.#count.run(digest, what.kind, trialKey(what), is("right"), is("repaired"), is("failed"));
      }
    });
  }

  probed(digest: string, model: string, at: number): void {
    this.#write(() => this.#probe.run(digest, model, at, at));
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.close();
  }

  #read<Found>(look: () => Found): Found {
    try {
      return look();
    } catch (cause) {
      throw new MemoryError(`The memory of models ${this.#path} cannot be read: ${reasonOf(cause)}.`, { cause });
    }
  }

  #write(change: () => void): void {
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        change();
        this.#database.exec("COMMIT");
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    } catch (cause) {
      throw new MemoryError(`The memory of models ${this.#path} cannot be written: ${reasonOf(cause)}.`, { cause });
    }
  }

  #recordOf(row: Record<string, unknown>): ModelRecord {
    const digest = String(row.digest);
    const ways: Record<string, Tally> = {};
    const edits: Record<string, Tally> = {};
    let reviews = NO_TALLY;
    for (const { kind, what, asks, right, repaired, failed } of this.#trials.all(digest)) {
      const tally = { asks: Number(asks), right: Number(right), repaired: Number(repaired), failed: Number(failed) };
      if (kind === "review") reviews = tally;
      else (kind === "way" ? ways : edits)[String(what)] = tally;
    }
    const probedAt = row.probed_at === null ? null : Number(row.probed_at);
    return { digest, model: String(row.model), probedAt, ways, edits, reviews };
  }
}
