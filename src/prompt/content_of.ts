import { defused, inTexts, restored } from "./control_tokens.ts";
import { grown } from "./fence.ts";
import type { Piece, PromptMessage } from "./prompt.ts";

/** A message as a server gets it. */
export interface Content {
  readonly content: string;
  readonly calls?: PromptMessage["calls"];
}

/**
 * Writes a message out of its pieces. All that is sent to a model is written here, so that nothing quoted in it, of whichever part, ends a
 * fence or a message.
 *
 * @param message the message
 * @param read gives the text of a piece
 */
export function contentOf({ role, pieces, calls }: PromptMessage, read: (piece: Piece) => string): Content {
  const text = grown(pieces.map(read)).join("");
  return {
    // What a model wrote before may hold breaks that it copied.
    content: defused(role === "assistant" ? restored(text) : text),
    ...(calls === undefined ? {} : {
      calls: calls.map((call) => ({ ...call, arguments: inTexts(call.arguments, defused) as typeof call.arguments })),
    }),
  };
}
