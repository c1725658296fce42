import type { Way } from "../kernel/call.ts";
import { say, type Wording } from "../sentences/say.ts";
import { MARKS, type Marks, readLine, sectionsIn } from "./marks.ts";
import type { Piece, PromptMessage } from "./prompt.ts";

/** What came of a call. */
export interface CallResult<Said> {
  /** Tool that was called. */
  readonly name: string;
  readonly ok: boolean;
  readonly text: Said;
  /** What is said of it beside: that it was known. */
  readonly advice?: string;
}

/**
 * Tells a model what came of its call: natively as the tool's own message, else in words of the application.
 *
 * @param result what came of it
 * @param way way of calling
 * @param from whose words it is told in
 * @returns the message; {@link resultsIn} reads it
 */
export function resultMessage({ name, ok, text, advice }: CallResult<Piece>, way: Way, from: Wording): PromptMessage {
  const more = advice === undefined ? [] : [`\n\n${advice}`];
  if (way === "native") {
    const title = ok ? "" : `${say(from, "exchange.failed_call")} `;
    return { role: "tool", toolName: name, pieces: [title, text, ...more] };
  }
  const title = ok
    ? `${say(from, "exchange.result", { tool: name })}\n`
    : `${say(from, "exchange.failed", { tool: name })} `;
  return { role: "user", pieces: [title, text, ...more] };
}

/**
 * Reads what {@link resultMessage} wrote, also where several messages were joined.
 *
 * @param message role as sent, text, and the tool that a tool's message names
 * @param lines how results are written
 * @returns results in their order; none in another message
 */
export function resultsIn(
  message: { readonly role: string; readonly content: string; readonly toolName: string },
  lines: Marks["result"] = MARKS.result,
): CallResult<string>[] {
  const { gave, failed, refused } = lines;
  if (message.role === "tool") {
    const [first = "", ...more] = message.content.split("\n");
    const fault = readLine(refused, first)?.text;
    return [{ name: message.toolName, ok: fault === undefined, text: [fault ?? first, ...more].join("\n") }];
  }
  return sectionsIn(message.content, { gave, failed }).map(({ name, values, text }) => ({
    name: values.tool ?? "",
    ok: name === "gave",
    text: name === "gave" ? text : [values.text, ...(text === "" ? [] : [text])].join("\n"),
  }));
}
