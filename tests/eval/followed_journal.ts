import { setTimeout as pause } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { journalsIn } from "../end_to_end/fixtures/journal_file.ts";

const LOOK_MS = 4;
const LONGEST_MS = 90_000;

/** The journal of a run, read beside the program that writes it. */
export interface FollowedJournal {
  readonly path: string;
  /** All facts so far. */
  facts(): readonly Stamped[];
  /**
   * Waits until a fact fits.
   *
   * @param type its type
   * @param fits whether it is the one that is meant
   * @param from facts that are passed over
   * @throws where it does not come within 90 s
   */
  fact<T extends Fact["type"]>(
    type: T,
    fits?: (fact: Extract<Stamped, { type: T }>) => boolean,
    from?: number,
  ): Promise<Extract<Stamped, { type: T }>>;
  close(): void;
}

/** Follows the newest journal of a state folder, once it is there. */
export async function followJournal(state: string): Promise<FollowedJournal> {
  const until = Date.now() + LONGEST_MS;
  for (;;) {
    const path = journalsIn(state).at(-1);
    const database = path === undefined ? null : opened(path);
    if (path !== undefined && database !== null) return follow(path, database);
    if (Date.now() > until) throw new Error(`No journal came to be in ${state}.`);
    await pause(LOOK_MS);
  }
}

/** A journal with its tables; null while it is in the making. */
function opened(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare("SELECT seq FROM facts LIMIT 1").get();
    return database;
  } catch {
    database.close();
    return null;
  }
}

function follow(path: string, database: DatabaseSync): FollowedJournal {
  const facts: Stamped[] = [];
  const read = database.prepare("SELECT seq, at, fact FROM facts WHERE seq > ? ORDER BY seq");
  const look = () => {
    for (const { seq, at, fact } of read.all(facts.length)) {
      facts.push({ ...parseFact(JSON.parse(String(fact))), seq: Number(seq), at: Number(at) });
    }
    return facts;
  };
  return {
    path,
    facts: look,
    async fact(type, fits = () => true, from = 0) {
      const until = Date.now() + LONGEST_MS;
      for (let next = from; Date.now() < until; await pause(LOOK_MS)) {
        look();
        for (; next < facts.length; next++) {
          const fact = facts[next]!;
          if (fact.type === type && fits(fact as Extract<Stamped, { type: typeof type }>)) {
            return fact as Extract<Stamped, { type: typeof type }>;
          }
        }
      }
      const last = facts.slice(-8).map((fact) => fact.type).join(", ");
      throw new Error(`Waited in vain for ${type}; the last facts are ${last}.`);
    },
    close: () => database.close(),
  };
}
