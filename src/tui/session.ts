/** How the arbiter takes part in a run. */
export type ArbiterMode = "driver" | "observer" | "off";

/** A stored run of the project, as the start screen lists it. */
export interface PastRun {
  readonly id: string;
  /** Its goal; where it cannot be read, why. */
  readonly goal: string;
  /** How it ended, in a word or two. */
  readonly ending: string;
  /** Whether its work was accepted, or it was left or is at work, or neither. */
  readonly kind: "accepted" | "open" | "other";
  /** When it began, in words: `today 14:03`; the empty text where that is not known. */
  readonly began: string;
  /** Tokens that it spent; null where they are not counted yet. */
  readonly tokens: number | null;
}

/** Where a role would run. */
export interface RolePlace {
  readonly role: string;
  readonly model: string;
  readonly host: string;
  readonly note: string;
  /** Whether the place was chosen on the start screen, or by a flag. */
  readonly chosen?: boolean;
}

/** Something that was wanted and could not be done. */
export interface Refused {
  /** Why, and what to do, in sentences; empty where what the form lacks says it. */
  readonly says: string;
  /** The goal that was not begun with; null where something else was wanted. */
  readonly goal: string | null;
}

/** What is known before a run: shown while the goal is asked for. */
export interface StartForm {
  readonly project: string;
  /** Which role would run where. */
  readonly rows: readonly RolePlace[];
  /** Commands that would decide whether work is accepted; empty when none was found. */
  readonly checks: readonly string[];
  /** Other sentences worth reading before the start. */
  readonly notes: readonly string[];
  /** Runs of the project, newest first. */
  readonly runs: readonly PastRun[];
  /** How many more there are. */
  readonly olderRuns: number;
  /** Goals that can be taken over into the goal line. */
  readonly examples: readonly string[];
  /** Places that a role can be put at, `model@host`; none where no host answers. */
  readonly places: readonly string[];
  readonly mode: ArbiterMode;
  /** Whether each message waits from the start until the person passes it. */
  readonly gate: boolean;
  /** How the trust in the project stands: what it means and what waits for it where it is not given; null where it needs none. */
  readonly trust: { readonly given: boolean; readonly says: string } | null;
  /** Why no run can begin now; empty where one can. */
  readonly lacks: readonly string[];
  /** What was wanted last and could not be done: one object for each time; absent where it was done. */
  readonly refused?: Refused;
}

/** What a person wants of the session beside a run at work: the program does it, and shows what comes of it. */
export type SessionWish =
  /** Begins a run; the run that stands on the screen is told to it as what was before. */
  | { readonly kind: "goal"; readonly goal: string }
  /** Shows a stored run as it stands, goes on with it, or plays it. */
  | { readonly kind: "open" | "continue" | "replay"; readonly run: string }
  /** Leads to the start screen; there it asks the hosts anew. */
  | { readonly kind: "start" }
  /** Trusts the project as the start screen shows it. */
  | { readonly kind: "trust" }
  | { readonly kind: "mode"; readonly mode: ArbiterMode }
  | { readonly kind: "gate"; readonly on: boolean }
  /** Puts a role at a place; null where it fits best. */
  | { readonly kind: "place"; readonly role: string; readonly place: string | null };
