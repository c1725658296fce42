import { quoteWords, wordsOf } from "../../features/words_of.ts";
import { say } from "../../sentences/say.ts";
import type { World } from "../effect_kind.ts";
import { textOf } from "../stored_text.ts";
import type { ToolCallResult, ToolEffect } from "./tool_effect.ts";

/** Notes a command that is to run in the project later, and tells the model so in place of running it. */
export function postpone(
  { turn, call }: ToolEffect,
  changes: NonNullable<ToolEffect["later"]>,
  { state, registry, blobs, note }: World,
): Omit<ToolCallResult, "ms"> {
  // A turn that is over meanwhile has none, and what is noted for none is never asked for.
  const attempt = state.turns.open[turn]?.attempt ?? "";
  const command = wordsOf(call.arguments.command);
  note({ type: "command_postponed", turn, attempt, command, changes });
  const text = say(registry, "calls.later", { command: quoteWords(command) });
  return { kind: "tool", text: textOf(text, blobs), outcome: null };
}
