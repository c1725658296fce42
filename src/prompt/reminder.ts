import type { ToolDeclaration, Way } from "../kernel/call.ts";
import type { State } from "../features/state.ts";
import { exampleReply } from "./example.ts";
import type { PromptMessage } from "./prompt.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Failures of one kind from which a reminder is worth its tokens. */
const FROM = 2;

/**
 * Reminds a role of what it did wrong at least twice without a success in between: what was wrong, and a right call of that very tool,
 * made from its schema.
 *
 * @param role who is asked
 * @param legal tools that are legal now
 * @param way way of calling
 * @param known arguments with better values than the schema tells, by name
 * @returns the text; null where nothing is to be said, or the tool cannot be called now
 */
function reminderOf(
  state: State,
  from: Wording,
  role: string,
  legal: readonly ToolDeclaration[],
  way: Way,
  known: Readonly<Record<string, unknown>>,
): string | null {
  const slip = (state.slips[role] ?? []).findLast((one) =>
    one.count >= FROM && one.kind !== "text" && (one.tool === null || legal.some((tool) => tool.name === one.tool))
  );
  if (slip === undefined) return null;
  const tool = legal.find((one) => one.name === slip.tool) ?? legal[0];
  if (tool === undefined) return null;
  const { kind, count, fault, wrong } = slip;
  const call = exampleReply(tool, way, from, known);
  return [
    kind === "call"
      ? say(from, "turn.reminder_call", { count, fault })
      : say(from, "turn.reminder_tool", { count, tool: kind, fault }),
    say(from, "turn.wrong", { reply: wrong }),
    ...(call === "" ? [] : [say(from, "turn.right", { tool: tool.name, call })]),
  ].join("\n");
}

/**
 * Says what went wrong with a text at least twice, for the ask that wants it again.
 *
 * @param role who is asked
 * @returns a sentence, or null
 */
export function textReminderOf(state: State, from: Wording, role: string): string | null {
  const slip = (state.slips[role] ?? []).find((one) => one.kind === "text" && one.count >= FROM);
  return slip === undefined ? null : say(from, "turn.reminder_text", { count: slip.count, fault: slip.fault });
}

/**
 * The last words of an ask for a call: what went wrong before, and what else has to be said at the end.
 *
 * @param known values for the example
 * @param more sentences that follow
 */
export function reminderTail(
  state: State,
  from: Wording,
  role: string,
  legal: readonly ToolDeclaration[],
  way: Way,
  known: Readonly<Record<string, unknown>> = {},
  more: readonly string[] = [],
): PromptMessage[] {
  const reminder = reminderOf(state, from, role, legal, way, known);
  const words = [...(reminder === null ? [] : [reminder]), ...more];
  return words.length === 0 ? [] : [{ role: "user", pieces: [words.join("\n")] }];
}
