import type { Meant } from "../../effects/ask/ask_effect.ts";
import type { PrepareResult } from "../../effects/prepare/prepare_effect.ts";
import type { Call, Way } from "../../kernel/call.ts";
import type { Verdict } from "../../kernel/rule.ts";
import type { Text } from "../../kernel/text.ts";
import type { Outcome } from "./outcome.ts";

/** An entry of a turn's exchange, after its head. */
export type Exchange =
  | { readonly from: "model"; readonly text: Text; readonly calls: readonly Call[]; readonly way: Way }
  | {
    readonly from: "tool";
    readonly name: string;
    readonly ok: boolean;
    readonly text: Text;
    /** What is said of a call that was answered from what is known. */
    readonly advice?: string;
  }
  /** `about` says what is told, where that matters for what is due. */
  | { readonly from: "application"; readonly text: Text; readonly about?: "checks" };

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

/** What a turn starts with. */
export type Prepared = Omit<PrepareResult, "kind">;

/** A specialist's turn: asks and calls until a closing tool or a cap. */
export interface Turn {
  readonly id: string;
  readonly role: string;
  /** Message that it answers. */
  readonly message: string;
  /** What it is for: `plan`, `work`, `review` …; the prompt file of this name holds its rules. */
  readonly purpose: string;
  /** Tools declared to it, in order. */
  readonly tools: readonly string[];
  readonly temperature: number;
  readonly seed: number;
  readonly decision: string | null;
  /** `task.number`, for turns that are an attempt. */
  readonly attempt: string | null;
  readonly prepared: Prepared | null;
  /** Hash of each file as the turn saw it last: as it was shown, or as its own calls left it; null for one that they deleted. */
  readonly seen: Readonly<Record<string, string | null>>;
  readonly exchange: readonly Exchange[];
  /** Entry of the exchange from which on nothing was written: what earlier calls said may no longer be so. */
  readonly fresh: number;
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
  /** What the first of `calls` would do, for the person who is asked; null while nobody looked. */
  readonly preview: Text | null;
  /** What the rules of plugins that run apart say to the first of `calls`; null while nobody asked them. */
  readonly judged: Verdict | null;
  /** Question or message it waits for; null when it waits for none. */
  readonly waitsFor: string | null;
  readonly tokens: number;
  /** Outcomes of concluding calls that the run has not acted on, with the key of their effect. */
  readonly outbox: readonly { readonly key: string; readonly outcome: Outcome }[];
  /** Set by a closing tool: what the turn ends with once its calls have run. */
  readonly closing: Outcome | null;
}

/** Turns of a run. */
export interface TurnsSlice {
  /** At work, by id. */
  readonly open: Readonly<Record<string, Turn>>;
  readonly count: number;
}
