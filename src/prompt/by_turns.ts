import type { Way } from "../kernel/call.ts";
import type { PromptMessage } from "./prompt.ts";

/**
 * Joins messages so that roles come by turns, as many templates want it and some refuse anything else. Neighbours of one role become one
 * message; natively, what is said behind a result stands in the result, what answers no call's result stands as one, and what is written
 * right after a call stands in the call's message.
 *
 * @param messages in their order
 * @param way way of calling
 */
export function byTurns(messages: readonly PromptMessage[], way: Way): PromptMessage[] {
  const joined: PromptMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last === undefined) joined.push(message);
    else if (isJoined(last, message, way)) {
      const between = isEmpty(last) ? [] : ["\n\n"];
      const { calls = last.calls } = message;
      const pieces = [...last.pieces, ...between, ...message.pieces];
      joined[joined.length - 1] = { ...last, pieces, ...(calls === undefined ? {} : { calls }) };
    } else {joined.push(
        isAnswer(last, message) ? { ...message, role: "tool", toolName: last.calls?.[0]?.name } : message,
      );}
  }
  return joined;
}

/** Whether a message goes on with the one before it. */
function isJoined(last: PromptMessage, message: PromptMessage, way: Way): boolean {
  if (way !== "native") return last.role === message.role;
  switch (message.role) {
    case "user":
      return last.role === "user" || last.role === "tool";
    case "assistant":
      return last.role === "assistant" && !(hasCalls(last) && hasCalls(message));
    case "system":
    case "tool":
      return false;
  }
}

/** Whether a message of the application answers a call that has no result. */
function isAnswer(last: PromptMessage, { role }: PromptMessage): boolean {
  return role === "user" && last.role === "assistant" && hasCalls(last);
}

function hasCalls({ calls }: PromptMessage): boolean {
  return calls !== undefined && calls.length > 0;
}

function isEmpty({ pieces }: PromptMessage): boolean {
  return pieces.every((piece) => typeof piece === "string" ? piece === "" : piece.chars === 0);
}
