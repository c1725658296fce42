import { EMPTY, evolve } from "../features/features.ts";
import type { Stamped } from "../features/fact.ts";
import { oneLine } from "../kernel/say.ts";
import type { StoredRun } from "../run/run_store.ts";
import type { PastRun } from "../tui/session.ts";
import type { CliContext } from "./context.ts";
import { endingWord, type ListedRun, listedRun } from "./listed_run.ts";
import { journalOf, runStore } from "./stored_run.ts";

/** Runs that the start screen lists. */
const LISTED = 6;
/** A run that takes more of the disk is not read for the tokens that it spent. */
const MOST_BYTES = 64_000_000;

/** The newest runs of a project, and how many older ones there are. */
export interface PastRuns {
  readonly runs: readonly PastRun[];
  readonly older: number;
}

/**
 * Lists the stored runs of a project, newest first, without what they spent: that takes a look at all of each.
 *
 * @param context where the state folder is asked for
 * @param project real path of the project
 * @param now present time, ms
 * @param spent tokens of runs that are known already, by id
 */
export function pastRuns(
  context: CliContext,
  project: string,
  now: number,
  spent: ReadonlyMap<string, number>,
): PastRuns {
  const own = runStore(context).list().map(listedRun).filter((run) => run.project === project);
  return {
    runs: own.slice(0, LISTED).map((run) => ({ ...pastRun(run, now), tokens: spent.get(run.id) ?? null })),
    older: Math.max(0, own.length - LISTED),
  };
}

function pastRun(run: ListedRun, now: number): Omit<PastRun, "tokens"> {
  return {
    id: run.id,
    goal: `${run.label === "" ? "" : `${run.label}: `}${oneLine(run.goal ?? "?", 400)}`,
    ending: endingWord(run),
    kind: run.ending === "accepted" ? "accepted" : run.ending === "open" ? "open" : "other",
    began: run.started === null ? "" : sayWhen(Date.parse(run.started), now),
  };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Says when something was, in local time.
 *
 * @param at when, milliseconds since the epoch
 * @param now present time, ms
 * @returns such as `today 14:03`, `yesterday 09:12`, `26 Nov 14:03`, `26 Nov 2025`
 */
export function sayWhen(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  const dayOf = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // A day of the change of clocks has another length than 24 hours.
  const days = Math.round((dayOf(today) - dayOf(then)) / 86_400_000);
  const time = [then.getHours(), then.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  const date = `${then.getDate()} ${MONTHS[then.getMonth()]}`;
  return then.getFullYear() === today.getFullYear() ? `${date} ${time}` : `${date} ${then.getFullYear()}`;
}

/**
 * Counts the tokens that a stored run spent.
 *
 * @param context where the state folder is asked for
 * @param id of the run
 * @returns as its limits count them; null where it is too large to be read for that, or cannot be
 */
export function tokensSpentBy(context: CliContext, id: string): number | null {
  try {
    const stored: StoredRun = runStore(context).find(id);
    if (Deno.statSync(stored.path).size > MOST_BYTES) return null;
    const journal = journalOf(stored, true);
    try {
      let state = EMPTY;
      for (const fact of journal.read()) state = evolve(state, fact as Stamped);
      return state.spending.run.tokens;
    } finally {
      journal.close();
    }
  } catch {
    // A damaged run has its word in the list; opening it says more.
    return null;
  }
}
