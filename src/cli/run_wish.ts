import type { RunBefore } from "../features/run/facts.ts";
import type { Talk } from "../features/run/talk.ts";

/** The manner of a run, new or resumed. */
export interface RunManner {
  /** Whether nobody is there to answer. */
  readonly headless: boolean;
  /** Whether each message waits from the start until a person passes it. */
  readonly step: boolean;
  /** Whether models talk beside the work; absent: as much as ever, or as before. */
  readonly talk?: Talk;
  /** Whether the yes to new tests is given ahead. */
  readonly acceptTests: boolean;
  readonly signal: AbortSignal;
}

/** What a run is to be. */
export interface RunWish extends RunManner {
  readonly goal: string;
  /** What shall be true, as the person gave it beside the goal; absent where they gave nothing. */
  readonly criteria?: readonly string[];
  /** The run that it follows in the same session; absent where it follows none. */
  readonly before?: RunBefore;
  /** Word for the title bar; empty for ordinary runs. */
  readonly label: string;
  /** Id of the run; a new one where absent. */
  readonly id?: string;
  /** Whether the project keeps what is committed on a branch; true where absent. */
  readonly kept?: boolean;
}

/** The manner of a run that goes on. */
export interface ResumeManner extends RunManner {
  readonly shown: boolean;
  readonly words: string | null;
}
