import type { Call, Way } from "../kernel/call.ts";
import type { Effect, WriteFact } from "../effects/effect.ts";
import type { CheckFact, EndingKind, Limits, Meant, PreparedFile, RoleFact } from "./fact.ts";
import type { FailureClass } from "../kernel/failure.ts";
import type { Hold, Message } from "./messages/message.ts";
import type { Outcome } from "./turns/outcome.ts";
import type { Phase } from "../phases/phase.ts";
import type { Ratios } from "../prompt/prompt.ts";
import type { Proof } from "../prompt/proof.ts";
import { emptyStatistics, type Statistics } from "./statistics.ts";
import type { Slip } from "./slips.ts";
import type { Task } from "./tasks/task.ts";
import type { Text } from "../kernel/text.ts";

/** What a run was started with. */
export interface RunInfo {
  readonly id: string;
  readonly project: string;
  readonly goal: string;
  readonly mode: "driver" | "observer" | "off";
  readonly headless: boolean;
  readonly label: string;
  readonly startedAt: number;
  readonly limits: Limits;
  readonly roleLimits: Readonly<Record<string, Limits>>;
  readonly dirty: readonly string[];
  /** Time that does not count, ms: between a stop and its resume, and while paused. */
  readonly idleMs: number;
}

/** An effect that is open, with what is known of it so far. */
export interface OpenEffect {
  readonly effect: Effect;
  readonly openedAt: number;
  /** Where an ask was placed; null while it waits for a slot. */
  readonly placed: {
    readonly host: string;
    readonly model: string;
    readonly way: Way;
    readonly window: number;
    readonly estimated: number;
    readonly at: number;
    readonly reason: string;
    readonly wayReason?: string;
  } | null;
  /** A write that was opened and not closed yet. */
  readonly write: WriteFact | null;
  /** Files it has written. */
  readonly written: readonly string[];
  /** A command that was opened and not closed yet. */
  readonly command: { readonly words: readonly string[]; readonly snapshot: string } | null;
}

/** An entry of a turn's exchange, after its head. */
export type Exchange =
  | { readonly from: "model"; readonly text: Text; readonly calls: readonly Call[]; readonly way: Way }
  | { readonly from: "tool"; readonly name: string; readonly ok: boolean; readonly text: Text }
  | { readonly from: "application"; readonly text: Text };

/** A reply that may mean a call and could not be read: it waits for the interpreter. */
export interface Unread {
  /** Key of the ask that it answers. */
  readonly ask: string;
  /** Model that wrote it. */
  readonly model: string;
  /** Tools that were legal for it. */
  readonly legal: readonly string[];
  /** What the model is told if nobody can read it. */
  readonly fault: string;
  readonly meant: Meant;
}

/** The beginning of a turn's exchange in few lines, by the analysis specialist. */
export interface TurnSummary {
  /** Entries of the exchange that it stands for. */
  readonly upTo: number;
  readonly text: Text;
}

/** A specialist's turn: asks and calls until a closing tool or a cap. */
export interface Turn {
  readonly id: string;
  readonly role: string;
  /** Message that it answers. */
  readonly message: string;
  readonly purpose: "plan" | "work" | "review" | "consult" | "document" | "reply";
  /** Tools declared to it, in order. */
  readonly tools: readonly string[];
  readonly temperature: number;
  readonly seed: number;
  readonly decision: string | null;
  /** `task.number`, for turns that are an attempt. */
  readonly attempt: string | null;
  readonly prepared: {
    readonly files: readonly string[];
    readonly texts: readonly PreparedFile[];
    readonly changes: Text | null;
    /** Files that were wanted and for which there was no room. */
    readonly unread?: readonly string[];
    /** Standards of the project, a sentence each. */
    readonly standards?: readonly string[];
    /** What a review of these changes looks at, a question each. */
    readonly questions?: readonly string[];
    /** Functions of the sources that are shown, by file. */
    readonly definitions?: Readonly<Record<string, readonly string[]>>;
  } | null;
  readonly exchange: readonly Exchange[];
  /** What stands for the beginning of the exchange; null where nothing but the rules does. */
  readonly summary: TurnSummary | null;
  /** Entries for which a summary was asked for last, whatever became of it; 0 where none was. */
  readonly summaryAsked: number;
  /** Calls that were read and have not run, in order. */
  readonly calls: readonly Call[];
  /** Blob of the text that the first of `calls` was waiting for. */
  readonly content: string | null;
  readonly asks: number;
  readonly toolCalls: number;
  /** Its last reply, while the interpreter may read it; null when there is none. */
  readonly unread: Unread | null;
  /** Replies without a legal call since the last legal one. */
  readonly faults: number;
  /** Failed asks since the last finished one. */
  readonly failures: number;
  /** Concluding outcomes so far, in order. */
  readonly outcomes: readonly Outcome[];
  /** Files written since the last check of this turn. */
  readonly unchecked: readonly string[];
  /** Verdict of a person on the first of `calls`; null while none was given. */
  readonly approved: boolean | null;
  /** Question or message it waits for; null when it waits for none. */
  readonly waitsFor: string | null;
  readonly tokens: number;
  /** Outcomes of concluding calls that the run has not acted on, with the key of their effect. */
  readonly outbox: readonly { readonly key: string; readonly outcome: Outcome }[];
  /** Set by a closing tool: how and with what text the turn ends once its calls have run. */
  readonly closing: { readonly ending: "finished"; readonly text: string; readonly outcome: Outcome } | null;
}

/** An attempt at a task that is open. */
export interface Attempt {
  readonly task: string;
  readonly number: number;
  readonly role: string;
  readonly temperature: number;
  readonly seed: number;
  /** Results before it began. */
  readonly before: readonly CheckFact[];
  /** Writes that stood before it began. */
  readonly keptBefore: number;
  readonly writes: readonly WriteFact[];
  readonly turn: string | null;
  /** Results after its last write; null while none were taken. */
  readonly after: readonly CheckFact[] | null;
  readonly takenBack: boolean;
  readonly summary: string;
  /** Functions that it wrote or tried to write, as {@link pieceOf} names them. */
  readonly pieces: readonly string[];
}

/** An attempt that is over, as later ones are told of it. */
export interface PastAttempt {
  readonly number: number;
  readonly role: string;
  readonly verdict: "kept" | "refuted" | "empty" | "failed";
  readonly summary: string;
  readonly writes: readonly WriteFact[];
  /** Functions that it wrote or tried to write. */
  readonly pieces: readonly string[];
}

/** A decision with its outcome, once it has one. */
export interface Decision {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly by: string;
  readonly fingerprint: string;
  readonly at: number;
  readonly outcome: string | null;
  readonly ok: boolean | null;
}

/** The decision at work, and how far it is. */
export interface OpenDecision extends Decision {
  /** Task in hand, for decisions that work on one. */
  readonly task: string | null;
  /** Attempts made within this decision. */
  readonly attempts: number;
  /** The message and the turn it opened last; null when the next is due. */
  readonly message: string | null;
  readonly turn: string | null;
  /** How the turns it opened ended, in order. */
  readonly turnsOver: readonly TurnOver[];
  /** Whether the checks were executed for it. */
  readonly checked: boolean;
  /** Question put to the person. */
  readonly question: string | null;
}

/** How a turn ended. */
export interface TurnOver {
  readonly id: string;
  readonly role: string;
  readonly ending: string;
  readonly text: string;
  readonly outcomes: readonly Outcome[];
  /** Files of the project that it was shown. */
  readonly files: readonly string[];
}

/** A question to the person that is open. */
export interface Question {
  readonly id: string;
  readonly kind: "trust" | "call" | "input";
  readonly text: string;
  readonly context: string;
  readonly turn: string | null;
  readonly at: number;
}

/** A thread: one role's part in the run, as its pane shows it. */
export interface Thread {
  readonly role: string;
  /** Where its last ask was placed. */
  readonly host: string | null;
  readonly model: string | null;
  readonly way: Way | null;
  /** Billions of parameters of that model; null where nobody knows, absent before the first ask. */
  readonly billions?: number | null;
  /** Where that way comes from, and why; null in older runs. */
  readonly wayReason: string | null;
  readonly window: number | null;
  /** Tokens of its last prompt, counted or estimated. */
  readonly promptTokens: number | null;
  readonly proof: Proof | null;
  /** How its last turns ended: its memory from turn to turn. */
  readonly past: readonly string[];
  readonly asks: number;
  readonly failures: number;
}

/** A failure with its text, newest last. */
export interface Failure {
  readonly at: number;
  readonly where: string;
  readonly failure: FailureClass | "no_call" | "refuted" | "empty" | "failed" | "refused";
  readonly text: string;
}

/** What the arbiter's own asking is up to. */
export interface ArbiterAsking {
  /** Asks in this turn of the arbiter, faults and failures counted. */
  readonly tries: number;
  /** Sentence about what was wrong with the last reply. */
  readonly fault: string | null;
  /** Its last reply, to be quoted. */
  readonly reply: string | null;
  /** Model to pass over at the next try. */
  readonly not: string | null;
  /** Its last reply, while the interpreter may read it; null when there is none. */
  readonly unread: Unread | null;
  /** Calls of a reply not decided on yet. */
  readonly calls: readonly Call[];
  /** Words of the person that stand in its present prompt. */
  readonly heard: readonly string[];
}

/** All that is so in a run: the fold of its facts. */
export interface State {
  readonly seq: number;
  /** Time of the last fact, ms. */
  readonly at: number;
  readonly run: RunInfo | null;
  readonly ending: { readonly kind: EndingKind; readonly cause: string; readonly at: number } | null;
  readonly paused: boolean;
  /** Since when its time stands still: paused, or waiting for a person alone; null while it runs. */
  readonly stillSince: number | null;
  readonly trusted: boolean;
  /** Whether a person refused the trust. */
  readonly denied: boolean;
  readonly phase: Phase;
  readonly crew: readonly RoleFact[];
  readonly tools: readonly string[];
  readonly tasks: readonly Task[];
  readonly plans: number;
  readonly attempts: Readonly<Record<string, readonly PastAttempt[]>>;
  /** Kept writes when a task was parked: it may return when there are more. */
  readonly parkedAt: Readonly<Record<string, number>>;
  readonly reviews: number;
  /** Value of `kept` when documents were last brought up to it. */
  readonly documented: number;
  /** Documents of the project, as the last prepared turn found them; null before one. */
  readonly documents: readonly string[] | null;
  readonly attempt: Attempt | null;
  readonly decision: OpenDecision | null;
  readonly decisions: readonly Decision[];
  readonly decisionCount: number;
  readonly arbiter: ArbiterAsking;
  /** Times that a decision was made under a fingerprint. */
  readonly seen: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Turns of the arbiter without a new fingerprint. */
  readonly stale: number;
  readonly turns: Readonly<Record<string, Turn>>;
  readonly turnCount: number;
  readonly threads: Readonly<Record<string, Thread>>;
  readonly messages: readonly Message[];
  readonly messageCount: number;
  readonly holds: readonly Hold[];
  /** The arbiter's verdict on a message under review, until the run acted on it; null when it gave none. */
  readonly verdicts: Readonly<Record<string, Call | null>>;
  readonly effects: Readonly<Record<string, OpenEffect>>;
  readonly effectCount: number;
  readonly questions: readonly Question[];
  /** Words of the person that the arbiter has not seen. */
  readonly words: readonly string[];
  /** Last words of the person, seen or not. */
  readonly said: readonly string[];
  /** Seq of the last fact that a person caused. */
  readonly personSeq: number;
  readonly checks: {
    /** Results when the run started; null while none were taken. */
    readonly first: readonly CheckFact[] | null;
    readonly latest: readonly CheckFact[] | null;
    /** Whether something was written since `latest`. */
    readonly stale: boolean;
    readonly commands: readonly string[];
    readonly ms: number;
  };
  /** Hash of each written file, as it was before the run and as it is now. */
  readonly files: Readonly<Record<string, { readonly original: string | null; readonly current: string | null }>>;
  /** Writes that stand. */
  readonly kept: number;
  readonly failures: readonly Failure[];
  /** What a role did wrong since its last success of that kind, by role. */
  readonly slips: Readonly<Record<string, readonly Slip[]>>;
  readonly spent: Spending;
  readonly spentByRole: Readonly<Record<string, Spending>>;
  readonly audits: Readonly<
    Record<
      string,
      { readonly finding: string; readonly reason: string; readonly digest: string; readonly version: string }
    >
  >;
  /** The last change of prompt files; with faults, the texts from before are in use. */
  readonly prompts: {
    readonly files: readonly string[];
    readonly faults: readonly { readonly place: string; readonly text: string }[];
    readonly at: number;
  } | null;
  /** What is doubtful about prompts and counts, by `host model`. */
  readonly doubts: Readonly<
    Record<string, { readonly finding: "cut" | "refused" | "miscounted"; readonly holds: number | null }>
  >;
  /** Where the interpreter's model is, and how many replies in a row it could not read; null where no host has one. */
  readonly interpreter: { readonly host: string; readonly model: string; readonly misses: number } | null;
  /** Summaries in a row that came to nothing. */
  readonly summaryMisses: number;
  /** Counted tokens per estimated token, by model and by what was estimated. */
  readonly ratios: Readonly<Record<string, Ratios>>;
  readonly statistics: Statistics;
}

/** What was spent and what is set aside. */
export interface Spending {
  readonly tokens: number;
  readonly reserved: number;
  readonly turns: number;
}

/** Nothing spent. */
export const NOTHING_SPENT: Spending = { tokens: 0, reserved: 0, turns: 0 };

/** An arbiter that has not been asked. */
export const NOT_ASKED: ArbiterAsking = {
  tries: 0,
  fault: null,
  reply: null,
  not: null,
  unread: null,
  calls: [],
  heard: [],
};

/** The state before the first fact. */
export const EMPTY: State = {
  seq: 0,
  at: 0,
  run: null,
  ending: null,
  paused: false,
  stillSince: null,
  trusted: false,
  denied: false,
  phase: "planning",
  crew: [],
  tools: [],
  tasks: [],
  plans: 0,
  attempts: {},
  parkedAt: {},
  reviews: 0,
  documented: 0,
  documents: null,
  attempt: null,
  decision: null,
  decisions: [],
  decisionCount: 0,
  arbiter: NOT_ASKED,
  seen: {},
  stale: 0,
  turns: {},
  turnCount: 0,
  threads: {},
  messages: [],
  messageCount: 0,
  holds: [],
  verdicts: {},
  effects: {},
  effectCount: 0,
  questions: [],
  words: [],
  said: [],
  personSeq: 0,
  checks: { first: null, latest: null, stale: false, commands: [], ms: 0 },
  files: {},
  kept: 0,
  failures: [],
  slips: {},
  spent: NOTHING_SPENT,
  spentByRole: {},
  audits: {},
  prompts: null,
  doubts: {},
  interpreter: null,
  summaryMisses: 0,
  ratios: {},
  statistics: emptyStatistics(),
};
