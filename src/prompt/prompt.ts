import type { ToolDeclaration, Way } from "../kernel/call.ts";
import type { Text } from "../kernel/text.ts";
import { type Wording } from "../sentences/say.ts";

/** A piece of a message: a text of our own, or one that a fact names. */
export type Piece = string | Text;

/** A message of a prompt before its blobs are read. */
export interface PromptMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly pieces: readonly Piece[];
  /** Calls of an assistant's message, native way only. */
  readonly calls?: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  readonly toolName?: string;
}

/** A part of a prompt, with what it costs. */
export interface SectionCost {
  readonly name: string;
  /** Estimated tokens as it stands in the prompt. */
  readonly tokens: number;
  /** 0 is pinned; the higher, the sooner it gives way. */
  readonly priority: number;
  /** Whether something of it was left out so that the prompt fits. */
  readonly cut: boolean;
}

/** A prompt before its blobs are read. */
export interface Prompt {
  readonly messages: readonly PromptMessage[];
  /** Tools as declared, in their fixed order. */
  readonly declared: readonly ToolDeclaration[];
  /** Tools that are legal now, narrowed. */
  readonly legal: readonly ToolDeclaration[];
  /** Estimated tokens of the whole prompt. */
  readonly estimate: number;
  /** What was left out so that it fits, in words. */
  readonly leftOut: readonly string[];
  /** Entries at the beginning of the turn's exchange of which only a summary stands in it. */
  readonly compacted: number;
  /** Whether even the pinned parts do not fit. */
  readonly overflow: boolean;
  /** What each part costs, in their order; they add up to about `estimate`. */
  readonly sections: readonly SectionCost[];
  /** How involved the ask is, 1 to 10. */
  readonly complexity: number;
  /** Form that the model's size asks for. */
  readonly variant: "small" | "large";
}

/** What the size of a prompt is estimated by: tokens of a tokenizer of ours, or the number of its characters. */
export const MEASURES = ["tokens", "characters"] as const;

/** What the size of a prompt is estimated by. */
export type Measure = typeof MEASURES[number];

/** Counted tokens per estimated token, by what was estimated; absent where no count calibrated it yet. */
export type Ratios = Readonly<Partial<Record<Measure, number>>>;

/** How a prompt is to be made. */
export interface PromptFrame {
  readonly way: Way;
  readonly window: number;
  /** Most tokens of the prompt, where the model was found to hold fewer than its window; absent where it was not. */
  readonly most?: number;
  /** Counted tokens per estimated token, for the measure of the frame: {@link measureOf}. */
  readonly ratio: number;
  /** Writes declarations into the system prompt, for the ways that send no `tools`. */
  readonly declare: (tools: readonly ToolDeclaration[], way: Way, from: Wording) => string;
  /** Parameters of the model in billions; absent or null where unknown. */
  readonly billions?: number | null;
  /** Counts the tokens of a text; by its characters where absent. */
  readonly count?: (text: string) => number;
  /** Reads a text that a fact names; where absent, its size alone is known. */
  readonly read?: (text: Text) => string;
}

/**
 * What a frame estimates by.
 *
 * @param frame the frame
 * @returns tokens where it can count them, else characters
 */
export function measureOf(frame: Pick<PromptFrame, "count">): Measure {
  return frame.count === undefined ? "characters" : "tokens";
}

/** Names that prompt files may use as `{{name}}`. */
export const PLACEHOLDERS: readonly string[] = ["goal", "role", "phase", "project"];
