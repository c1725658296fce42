import type { EndingKind } from "./endings.ts";
import type { RoleFact, RunBefore } from "./facts.ts";
import type { Talk } from "./talk.ts";

/** What a run was started with. */
export interface RunInfo {
  readonly id: string;
  readonly project: string;
  readonly goal: string;
  readonly mode: "driver" | "observer" | "off";
  readonly headless: boolean;
  /** Word for the title bar; empty for ordinary runs. */
  readonly label: string;
  /** Files that were changed against version control before the run began. */
  readonly dirty: readonly string[];
  /** Whether models talk beside the work; absent: as much as ever. */
  readonly talk?: Talk;
  /** The run that this one follows in the same session; absent where it follows none. */
  readonly before?: RunBefore;
}

/** The run as a whole. */
export interface RunSlice {
  /** null before it began. */
  readonly info: RunInfo | null;
  readonly ending: {
    readonly kind: EndingKind;
    readonly cause: string;
    readonly at: number;
    /** Whether it ended for want of time, tokens, turns or hosts. */
    readonly spent?: boolean;
    /** Whether it was left and has no end of its own; no fact says so. */
    readonly left?: boolean;
  } | null;
  readonly paused: boolean;
  /** What the run is about now: a kind of phase of the registry. */
  readonly phase: string;
  readonly crew: readonly RoleFact[];
  /** Names of the tools that the crew has. */
  readonly tools: readonly string[];
  /** The last change of prompt files; with faults, the texts from before are in use. */
  readonly prompts: {
    readonly files: readonly string[];
    readonly faults: readonly { readonly place: string; readonly text: string }[];
    readonly at: number;
  } | null;
}

/** The time of a run. */
export interface ClockSlice {
  /** Milliseconds since 1970; null before the run began. */
  readonly startedAt: number | null;
  /** Time that does not count, ms: between a stop and its resume, while paused, and while only a person is waited for. */
  readonly idleMs: number;
}
