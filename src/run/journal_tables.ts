import type { DatabaseSync } from "node:sqlite";
import { JournalDamaged, JournalNewer } from "./journal_error.ts";

/** Version of what a journal holds. A program opens files of its own version and of older ones. */
export const JOURNAL_SCHEMA = 2;

/** What the file of a journal says of itself. */
export interface JournalMeta {
  /** The newest version that has written in it. */
  readonly schema: number;
  /** The program that made it. */
  readonly program: string;
}

/** How the file of a journal is opened. */
export interface JournalFile {
  /** Absolute path of the database file; its folder must exist. */
  readonly path: string;
  /** Opens an existing journal for reading, also while another process writes it. */
  readonly readOnly?: boolean;
  /** Opens for reading what a newer program made, to tell whose it is. */
  readonly anySchema?: boolean;
  /** Version of the program, noted in a new file. */
  readonly program?: string;
}

/**
 * Sets the file of a journal up, where it is new, and reads what it says of itself.
 *
 * @throws {JournalNewer} when a newer program wrote it, unless `anySchema` asks for it
 * @throws {JournalDamaged} when it is no journal
 */
export function prepareTables(database: DatabaseSync, options: JournalFile): JournalMeta {
  const isEmpty = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.tables === 0;
  if (!options.readOnly) {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    if (isEmpty) create(database, options.program ?? "unknown");
  }
  let rows: ReadonlyMap<unknown, unknown>;
  try {
    rows = new Map(database.prepare("SELECT key, value FROM meta").all().map((row) => [row.key, row.value]));
  } catch (error) {
    throw new JournalDamaged(options.path, null, "it has no table `meta`, so it is no journal", { cause: error });
  }
  if (!rows.has("schema")) throw new JournalDamaged(options.path, null, "it does not say its schema version");
  const schema = Number(rows.get("schema"));
  const program = String(rows.get("program"));
  if (!Number.isInteger(schema)) {
    throw new JournalDamaged(options.path, null, `its schema version is ${String(rows.get("schema"))}`);
  }
  if (schema > JOURNAL_SCHEMA && !(options.readOnly && options.anySchema)) {
    throw new JournalNewer(
      options.path,
      `its journal has the schema ${schema} (begun by ${program}), and this version knows ${JOURNAL_SCHEMA}`,
    );
  }
  return { schema, program };
}

/**
 * Notes in a journal that this version has written in it, so that an older one does not open it. Part of the transaction that stores the
 * first facts: until then, an older version can still go on with the run.
 *
 * @param meta what it said of itself when it was opened
 */
export function raiseSchema(database: DatabaseSync, meta: JournalMeta): void {
  if (meta.schema >= JOURNAL_SCHEMA) return;
  database.prepare("UPDATE meta SET value = ? WHERE key = 'schema'").run(String(JOURNAL_SCHEMA));
}

/** Makes the tables. */
function create(database: DatabaseSync, program: string): void {
  database.exec(`
    BEGIN;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE facts (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, fact TEXT NOT NULL) STRICT;
    CREATE TABLE blobs (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    COMMIT;
  `);
  const insert = database.prepare("INSERT INTO meta (key, value) VALUES (?, ?)");
  insert.run("schema", String(JOURNAL_SCHEMA));
  insert.run("program", program);
}
