import type { Stamped } from "../features/fact.ts";
import { LEFT } from "../tell/as_left.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { plainName } from "../kernel/say.ts";
import { lockOf } from "../run/journal.ts";
import { bytesOf } from "../run/run_folder.ts";
import type { StoredRun } from "../run/run_store.ts";
import { isLocked } from "../run/writer_lock.ts";

/** A stored run as its ends tell of it. */
export interface ListedRun {
  readonly id: string;
  readonly started: string | null;
  readonly project: string | null;
  readonly label: string;
  readonly goal: string | null;
  /** How it ended; `open` where it did not. */
  readonly ending: string;
  /** Whether a process holds it. */
  readonly held: boolean;
  /** What it takes of the disk. */
  readonly bytes: number;
  /** Why it cannot be read; absent where it can. */
  readonly fault?: string;
}

/**
 * Reads the ends of a stored run. One that cannot be read is told of, too.
 *
 * @param run the run
 */
export function listedRun(run: StoredRun): ListedRun {
  const [bytes, held] = [bytesOf(run), isLocked(lockOf(run.path))];
  try {
    const { first, last } = (run.ends() ?? { first: null, last: null }) as Record<"first" | "last", Stamped | null>;
    const start = first?.type === "run_started" ? first : null;
    return {
      id: run.id,
      started: first === null ? null : new Date(first.at).toISOString(),
      project: start?.project ?? null,
      label: start?.label ?? "",
      goal: start?.goal ?? null,
      ending: last?.type === "run_ended" ? last.kind : "open",
      held,
      bytes,
    };
  } catch (error) {
    // A damaged run must not hide the good ones.
    const fault = reasonOf(error);
    return {
      id: run.id,
      started: null,
      project: null,
      label: "",
      goal: null,
      ending: `unreadable: ${fault}`,
      held,
      bytes,
      fault,
    };
  }
}

/** The word for how a run that can be read ended; one that did not is at work, or was left. */
export function endingWord({ ending, held }: Pick<ListedRun, "ending" | "held">): string {
  return ending !== "open" ? plainName(ending) : held ? "at work" : LEFT;
}
