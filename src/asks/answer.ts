import type { AskEffect, AskResult } from "../effects/ask/ask_effect.ts";
import type { RegisteredTool } from "../features/registered_tool.ts";
import type { State } from "../features/state.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { Way } from "../kernel/call.ts";
import type { Text } from "../kernel/text.ts";
import type { Reading, ReplyToRead } from "../mediate/types.ts";
import type { ChatReply } from "../ports/model_host.ts";
import type { Prompt } from "../prompt/prompt.ts";
import { type Wording } from "../sentences/say.ts";

/** A reply, and all that it was an answer to. */
export interface Answer extends Wording {
  readonly ask: AskEffect;
  readonly reply: ChatReply;
  readonly state: State;
  readonly turn: Turn | null;
  readonly prompt: Prompt;
  readonly way: Way;
  /** Name of the format that the model is known to write. */
  readonly family: string | undefined;
  /** What is known of tools, by name. */
  readonly tools: Readonly<Record<string, RegisteredTool>>;
  /** Reads a text that a fact names. */
  readonly textOf: (text: Text) => string;
  /** The text of a file by the hash of its bytes, where the run keeps it. */
  readonly fileOf: (hash: string) => string | undefined;
  /** Reads in place of the ladder; absent: the ladder does, and what it cannot read may be interpreted. */
  readonly reader?: (reply: ReplyToRead) => Reading;
}

/** What was read from a reply. `content` is the text that was asked for, which the closing fact names by its blob. */
export type Read =
  & Pick<AskResult, "calls" | "fault" | "step" | "content" | "summary" | "repairs" | "attempted" | "meant">
  & {
    /** What was said to a call of a tool, whole. */
    readonly said?: string;
  };
