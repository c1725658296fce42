import type { Fact } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import type { EditChoice, WayChoice } from "../../fleet/choose_way.ts";
import type { Prompt, PromptFrame } from "../../prompt/prompt.ts";
import type { AskEffect } from "./ask_effect.ts";
import type { AskPorts } from "./ask_ports.ts";
import type { Placed } from "./models.ts";

/** An ask and all that it is asked with, whichever prompt it is given. */
export interface Asking {
  /** The ask as it was opened. */
  readonly wanted: AskEffect;
  /** What was so when it was opened. */
  readonly state: State;
  readonly placed: Placed;
  /** Way of calling, and why. */
  readonly choice: WayChoice;
  /** How texts of calls travel. */
  readonly edit: EditChoice;
  readonly ports: AskPorts;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** A prompt of an ask, and what it was made for. */
export interface Composed {
  /** The ask with the limit of the answer that this frame leaves. */
  readonly ask: AskEffect;
  readonly frame: PromptFrame;
  readonly prompt: Prompt;
}

type Doubted = Omit<Extract<Fact, { type: "prompt_doubted" }>, "type">;

/** What is found when it is doubted that a prompt was heard, and what of the numbers is known. */
export type Doubt = Pick<Doubted, "finding" | "text"> & Partial<Doubted>;
