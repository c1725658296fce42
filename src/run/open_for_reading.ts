import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isLocked } from "./writer_lock.ts";

/** How long a reader waits for a writer, ms. */
const TIMEOUT_MS = 5_000;

/** An open database with all that is held for it. */
export interface OpenDatabase {
  readonly database: DatabaseSync;
  /** Closes it and gives up what was held or made for it. */
  close(): void;
}

/**
 * Opens a database for reading and touches nothing beside it, so that it can be read where nothing can be written, and on a full disk. SQLite
 * itself makes files beside one that keeps a log of writes, unless it is told that the file cannot change, which Deno only lets it be told
 * with all permissions. So one without a log is read into memory, one with the log of a writer that is gone is copied with it, and beside a
 * writer at work the files are there.
 *
 * @param path absolute path
 * @param lock the writer's lock file
 * @returns the open database; the caller closes it
 * @throws what SQLite or the file system says
 */
export function openForReading(path: string, lock: string): OpenDatabase {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log === undefined || log.size === 0) return inMemory(path);
  if (isLocked(lock)) return plain(new DatabaseSync(path, { readOnly: true, timeout: TIMEOUT_MS }));
  return copied(path);
}

/** Places in the header that say how the file is written and read, and the value for a file without a log. */
const FORMATS = [18, 19] as const;
const WITHOUT_LOG = 1;

function inMemory(path: string): OpenDatabase {
  const bytes = Deno.readFileSync(path);
  // In memory there is no log; what was in it is in the file.
  if (bytes.length > FORMATS[1]) { for (const place of FORMATS) bytes[place] = WITHOUT_LOG; }
  const database = new DatabaseSync(":memory:");
  try {
    if (bytes.length > 0) database.deserialize(bytes);
    return plain(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function copied(path: string): OpenDatabase {
  const folder = Deno.makeTempDirSync({ prefix: "autonomy_read_" });
  const remove = () => Deno.removeSync(folder, { recursive: true });
  try {
    const copy = join(folder, "run.db");
    Deno.copyFileSync(path, copy);
    Deno.copyFileSync(`${path}-wal`, `${copy}-wal`);
    for (const file of [copy, `${copy}-wal`]) Deno.chmodSync(file, 0o600);
    const { database, close } = plain(new DatabaseSync(copy));
    return {
      database,
      close: () => {
        close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function plain(database: DatabaseSync): OpenDatabase {
  return { database, close: () => database.close() };
}
