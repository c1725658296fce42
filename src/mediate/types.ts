import type { Call, DeliveredCall, JsonSchema, ToolDeclaration, Way } from "../kernel/call.ts";
import { type Wording } from "../sentences/say.ts";

/**
 * What validation says of a value: the value as the schema wants it, with each conversion that was needed,
 * or every fault as a sentence.
 */
export type Validation =
  | { readonly value: unknown; readonly conversions: readonly string[] }
  | { readonly faults: readonly string[] };

/** Compares a value with a JSON Schema. Never throws. */
export type Validate = (schema: JsonSchema, value: unknown) => Validation;

/** The step of the ladder that yielded a call, or the last that was tried. */
export type ReadingStep = "native" | "constrained" | "known format" | "any format" | "repair";

/** A call as it stands in a text: nothing is compared with a tool yet. */
export interface FoundCall {
  /** The name as written; empty where none was written. */
  readonly name: string;
  /** The arguments as written: an object, or what stood in their place. */
  readonly arguments: unknown;
  /** Offsets into the text, `[start, end)`, marks around the call included. */
  readonly span: readonly [number, number];
  /** Why the call is made, where the text says so in the call itself. */
  readonly reason?: string;
  /** What of the writing had to be mended to be read, in a few words each. */
  readonly mended?: readonly string[];
  /** True when no arguments could be read: what stands in their place is there as text. */
  readonly unreadable?: boolean;
  /** True when the text ended inside the call. */
  readonly cut?: boolean;
}

/** One way in which models write calls into text. */
export interface TextFormat {
  readonly name: string;
  /** Texts that announce the format; without one of them in a reply it is not tried. Empty: always tried. */
  readonly marks: readonly string[];
  /** Whether the family's parsers take calls of tools that were not shown for text where others stand beside them. */
  readonly declaredOnly?: boolean;
  /** Whether it reads marks that no family is known by: a call that a format before it found, too, is that one's. */
  readonly ofAnyFamily?: boolean;
  /**
   * Finds the calls of this format.
   * @param text a reply without its thinking (blanked, so that offsets hold)
   * @param tools the tools whose names may stand in the text; formats with typed values read the types from them
   * @returns the calls in the order of the text
   */
  readonly read: (text: string, tools: readonly ToolDeclaration[]) => readonly FoundCall[];
}

/** A reply and what is known of its making. */
export interface ReplyToRead extends Wording {
  readonly text: string;
  /** Calls that the server delivered, unchecked. */
  readonly delivered: readonly DeliveredCall[];
  /** Thinking that the server kept apart: searched for calls only if the reply has no text and no calls. */
  readonly thinking: string;
  /** Tools that are legal now. */
  readonly tools: readonly ToolDeclaration[];
  /** Tools that the model was shown, legal now or not; `tools` if absent. */
  readonly allTools?: readonly ToolDeclaration[];
  readonly way: Way;
  /** True when a grammar may have forced the shape of the calls; copied to each call. */
  readonly forced: boolean;
  /** Name of the format that this model is known to write ({@link TextFormat.name}). */
  readonly family?: string;
  /** How the reply ended: a reply cut by its bound is said to be so in the fault. */
  readonly endedBy?: "stop" | "length";
}

/** A call that was attempted and cannot run. */
export interface AttemptedCall {
  readonly name: string;
  readonly arguments: unknown;
  /** A sentence that a model can act on. */
  readonly fault: string;
}

/** What a reply says. */
export interface Reading {
  /** Calls that fit their tool's schema, in order, up to the first attempt that does not. An `asText` argument may be absent. */
  readonly calls: readonly Call[];
  /** What the model must be told, or null. With calls beside it: run them, then tell it. */
  readonly fault: string | null;
  /** Attempts that cannot run, each with its fault; the first 20. */
  readonly attempted: readonly AttemptedCall[];
  readonly step: ReadingStep;
  /** What was mended, one sentence each; empty unless the step is `repair`. */
  readonly repairs: readonly string[];
  /** Text outside calls and thinking, trimmed. */
  readonly prose: string;
  /** Thinking of the server's field and of the text, trimmed. */
  readonly thinking: string;
}
