import type { Buckets } from "../buckets.ts";
import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { ScopeFound } from "../../effects/check/scope_found.ts";
import type { Text } from "../../kernel/text.ts";
import type { AttemptVerdict } from "./facts.ts";
import type { WriteFact } from "../../effects/write_fact.ts";

/** An attempt at a task that is open. */
export interface Attempt {
  readonly task: string;
  readonly number: number;
  /** Decision that it is made for; null in older runs, where only one was open. */
  readonly decision: string | null;
  readonly role: string;
  readonly temperature: number;
  readonly seed: number;
  /** Whether it looks for the fault in what the task's file uses. */
  readonly elsewhere: boolean;
  /** Copy of the project that it works in; null for the project itself. */
  readonly workspace: string | null;
  /** Blob with the hash of each file of the project, as the last results found it; null while there are none, or the project moved on since. */
  readonly base: string | null;
  /** Writes by which its work was brought into the project. */
  readonly applied: readonly WriteFact[];
  /** Whether all of its work stands in the project. */
  readonly isApplied: boolean;
  /** Times that the project moved on before its work could be brought into it. */
  readonly moved: number;
  /** Files in whose lines somebody else made changes, and what they would become; null while there are none. */
  readonly conflict: {
    /** Hash of what stands in the project, by path; null for no file. */
    readonly theirs: Readonly<Record<string, string | null>>;
    readonly shows: Text;
  } | null;
  /** Files of which the person wants its work in place of what stood there when they were asked, by the hash of that. */
  readonly preferred: Readonly<Record<string, string | null>>;
  /** Whether the person kept their own version of files in conflict. */
  readonly isDeclined: boolean;
  /** Why its work cannot be brought into the project; null while nothing says so. */
  readonly stuck: string | null;
  /** Results before it began. */
  readonly before: readonly CheckFact[];
  /** Attempts at its task that were over when it began. */
  readonly pastBefore: number;
  /** Writes that stood before it began. */
  readonly keptBefore: number;
  readonly writes: readonly WriteFact[];
  readonly turn: string | null;
  /** Results after its last write; null while none were taken. */
  readonly after: readonly CheckFact[] | null;
  /** What it did to definitions, as the round found it that gave these; absent where nobody looked. */
  readonly scope?: ScopeFound;
  /** What it said of its writes. */
  readonly reasons: string;
  readonly takenBack: boolean;
  readonly summary: string;
  /** Functions that it wrote or tried to write, as {@link pieceOf} names them. */
  readonly pieces: readonly string[];
  /** Texts that came for its calls, whatever became of them. */
  readonly texts: number;
}

/** An attempt that is over, as later ones are told of it. */
export interface PastAttempt {
  readonly number: number;
  readonly role: string;
  readonly verdict: AttemptVerdict;
  /** Place among the facts at which it ended. */
  readonly seq: number;
  readonly summary: string;
  /** Writes of one that was not kept, whose work does not stand. */
  readonly writes: readonly WriteFact[];
  /** Writes of one that was kept; absent for the others. */
  readonly kept?: readonly WriteFact[];
  /** Functions that it wrote or tried to write. */
  readonly pieces: readonly string[];
  /** Texts that came for its calls. */
  readonly texts: number;
  /** Whether something passed after its last write that had failed; absent: nothing did. */
  readonly helped?: true;
}

/** Attempts of a run. */
export interface AttemptsSlice {
  /** At work, by `task.number`. */
  readonly open: Readonly<Record<string, Attempt>>;
  /** Over, by task, oldest first. */
  readonly past: Buckets<readonly PastAttempt[]>;
}
