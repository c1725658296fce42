import { reasonOf } from "../kernel/reason_of.ts";
import { join } from "node:path";
import * as z from "zod";
import { type Journal, type JournalOptions, openJournal, type Stamped } from "./journal.ts";
import { JournalDamaged, JournalError, JournalNewer } from "./journal_error.ts";

/** A fact whose kind this file does not need to know. */
type AnyFact = { readonly type: string };

/** Says what of a fact this program does not know; null where all is known. */
type UnknownIn = (fact: AnyFact) => string | null;

/** How the facts of the runs are read. */
export interface FactReading {
  readonly unknownIn?: UnknownIn;
  /**
   * Checks the first fact of a run in full.
   *
   * @throws where no run begins with it
   */
  readonly checkFirst?: (fact: AnyFact) => unknown;
}

/** A stored run. */
export interface StoredRun {
  /** Sortable id, such as `20261122-184605-3fa2`. */
  readonly id: string;
  /** Absolute path of its journal. */
  readonly path: string;
  /** Reads its first fact, checked in full; null when there is none yet. */
  first(): Stamped<AnyFact> | null;
  /** Reads its first and its last fact; null when there is none yet. */
  ends(): { readonly first: Stamped<AnyFact>; readonly last: Stamped<AnyFact> } | null;
}

/**
 * Makes the id of a new run: ids sort by their time.
 *
 * @param at start, milliseconds since 1970
 * @param random number from 0 up to 1, which keeps runs of one second apart
 * @returns such as `20261122-184605-3fa2` (UTC)
 */
export function newRunId(at: number, random: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const tail = Math.floor(random * 0x10000).toString(16).padStart(4, "0");
  return `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${tail}`;
}

const RUN_ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

/** The runs under one state folder. */
export interface RunStore {
  /** Absolute path of the folder of all runs. */
  readonly folder: string;
  /**
   * Makes the folder of a new run, mode 0700.
   *
   * @param id what {@link newRunId} made
   * @returns absolute path of the journal to open
   */
  create(id: string): string;
  /** All runs, newest first. Facts are read only when they are asked for. */
  list(): readonly StoredRun[];
  /**
   * Finds a run by its id or the beginning of it.
   *
   * @throws when no run or more than one fits
   */
  find(id: string): StoredRun;
  /**
   * Finds the newest run that fits, such as the newest of a project.
   *
   * @param fits judges a run by its first fact
   * @returns the run; null when none fits
   * @throws {JournalError} when there is none but one that never began, or when a newer one cannot be read, or was written by a newer program, and may be one that fits: an older run in its
   * place is not what was meant
   */
  newest(fits: (first: Stamped<AnyFact>) => boolean): StoredRun | null;
}

/**
 * Opens the store of runs; the folder is made when the first run is.
 *
 * @param state absolute path of the state folder, as `stateFolder` finds it
 * @param reading says what of a fact this program does not know, and checks facts
 */
export function openRunStore(state: string, reading: FactReading = {}): RunStore {
  const folder = join(state, "runs");
  const list = (): readonly StoredRun[] => {
    // What is no folder, or has no journal, is damaged: it is listed, and opening it says so.
    return entriesOf(folder).filter((name) => RUN_ID.test(name)).sort().reverse()
      .map((name) => storedRun(folder, name, reading));
  };
  return {
    folder,
    list,
    create: (id) => {
      if (!RUN_ID.test(id)) {
        throw new Error(`${JSON.stringify(id)} is no run id; wanted is one like 20261122-184605-3fa2`);
      }
      try {
        Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
        Deno.mkdirSync(join(folder, id), { mode: 0o700 });
      } catch (error) {
        const found = reasonOf(error);
        throw new JournalError(
          `could not make the folder of run ${id} in ${folder}: ${found}; make it writable or set AUTONOMY_STATE_HOME to another folder`,
          { cause: error },
        );
      }
      return join(folder, id, "run.db");
    },
    find: (id) => {
      const found = list().filter((run) => run.id.startsWith(id));
      const [only] = found;
      if (only !== undefined && (found.length === 1 || only.id === id)) return only;
      throw new Error(
        found.length === 0
          ? `there is no run ${id} in ${folder}; \`autonomy runs\` lists them`
          : `${id} fits ${found.length} runs (${
            found.slice(0, 3).map((run) => run.id).join(", ")
          }); give more of the id`,
      );
    },
    newest: (fits) => {
      let empty: StoredRun | null = null;
      for (const run of list()) {
        try {
          const first = run.first();
          if (first === null) empty ??= run;
          else if (fits(first)) return run;
        } catch (error) {
          if (!(error instanceof JournalError)) throw error;
          if (mayFit(run.path, fits, reading)) throw inTheWay(run.id, error);
        }
      }
      // Nothing happened in it, so an older one may be meant; alone, it is what was meant.
      if (empty !== null) throw neverBegan(empty);
      return null;
    },
  };
}

/** Names of what stands in the folder of all runs; none where there is no such folder yet. */
function entriesOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new JournalError(
      `the folder of the runs ${folder} cannot be read: ${
        reasonOf(cause)
      }; make it a folder that can be, or set AUTONOMY_STATE_HOME to another`,
      { cause },
    );
  }
}

/** Says how to get past a run of which nobody knows whose it is; updating the program is the way past one of a newer program. */
function inTheWay(id: string, error: JournalError): JournalError {
  if (error instanceof JournalNewer) return error;
  return new JournalError(
    `run ${id} may be the newest that was meant, and cannot be read: ${error.message}. ` +
      `Name another run by its id (\`autonomy runs -a\` lists them), or remove this one: autonomy runs --remove ${id}`,
    { cause: error },
  );
}

/** Whether a run that cannot be read may be one that fits: its first fact is looked at, if it can be. */
function mayFit(
  path: string,
  fits: (first: Stamped<AnyFact>) => boolean,
  { unknownIn = () => null, checkFirst }: FactReading,
): boolean {
  try {
    const first = reading({ path, anySchema: true }, (journal) => factAt(journal, 1));
    if (first === null) return false;
    if (unknownIn(first) !== null) return true;
    checkFirst?.(first);
    return fits(first);
  } catch {
    // What it was started with cannot be told.
    return true;
  }
}

function storedRun(folder: string, id: string, { unknownIn, checkFirst }: FactReading): StoredRun {
  const path = join(folder, id, "run.db");
  const checked = (first: Stamped<AnyFact> | null) => {
    try {
      if (first !== null) checkFirst?.(first);
      return first;
    } catch (cause) {
      throw misshapen(path, 1, cause);
    }
  };
  return {
    id,
    path,
    first: () => reading({ path, unknownIn }, (journal) => checked(factAt(journal, 1))),
    ends: () =>
      reading({ path, unknownIn }, (journal) => {
        const [first, last] = [checked(factAt(journal, 1)), factAt(journal, journal.last())];
        return first === null || last === null ? null : { first, last };
      }),
  };
}

/**
 * Says that nothing ever happened in a run.
 *
 * @param run the run, whose journal holds no fact or does not start with the start
 * @returns the error to throw
 */
export function neverBegan({ id, path }: Pick<StoredRun, "id" | "path">): JournalError {
  return new JournalError(
    `run ${id} never began: its journal ${path} does not start with what it was started with. ` +
      `Start a new run; \`autonomy runs --remove ${id}\` removes this one`,
  );
}

/**
 * Says that a fact is not what its kind says.
 *
 * @param path the journal
 * @param seq place of the fact
 * @param cause what its check threw
 * @returns the error to throw
 */
export function misshapen(path: string, seq: number, cause: unknown): JournalDamaged {
  const found = cause instanceof z.ZodError
    ? `missing or of another type: ${cause.issues.slice(0, 5).map(({ path }) => path.join(".")).join(", ")}`
    : reasonOf(cause);
  return new JournalDamaged(path, seq, `it is not of its form (${found})`, { cause });
}

/** Opens a journal to look at it. */
function reading<T>(
  options: Pick<JournalOptions<AnyFact>, "path" | "unknownIn" | "anySchema">,
  look: (journal: Journal<AnyFact>) => T,
): T {
  const journal = openJournal<AnyFact>({ ...options, readOnly: true, validate: refuse });
  try {
    return look(journal);
  } finally {
    journal.close();
  }
}

/** Reads one fact; null where there is none. */
function factAt(journal: Journal<AnyFact>, seq: number): Stamped<AnyFact> | null {
  return journal.read(seq).next().value ?? null;
}

/** Stands where facts are only read: nothing is ever written through it. */
function refuse(): never {
  throw new Error("a run that is only listed takes no facts");
}
