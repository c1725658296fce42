import { taskOf } from "../features/attempts/strategy_of.ts";
import type { Turn } from "../features/turns/slice.ts";
import { failedWrites } from "../features/turns/fruitless.ts";
import type { Registry, TextForm } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { bound } from "../kernel/text.ts";
import { MARKS, writeLine } from "./marks.ts";
import type { PromptMessage } from "./prompt.ts";

/**
 * Asks for the text of a call that was just made: exactly that, in one block.
 *
 * @param registry what the crew offers
 * @param turn the turn, the call first among its calls
 * @param form how a repair is asked for; null where the text is none
 * @returns the message
 */
export function askForText(state: State, registry: Registry, turn: Turn, form: TextForm | null): PromptMessage {
  const call = turn.calls[0];
  const argument = call === undefined ? "" : registry.tools[call.name]?.declaration.asText ?? "";
  const path = typeof call?.arguments.path === "string" ? call.arguments.path : null;
  const where = path === null ? "" : writeLine(MARKS.within.where, { path });
  const edits = call === undefined ? undefined : registry.tools[call.name]?.traits?.edits;
  const { function: named, from_line: from, to_line: to } = call?.arguments ?? {};
  const values = { where, argument, function: String(named), from: String(from), to: String(to) };
  if (form === "anew") return { role: "user", pieces: [writeLine(MARKS.text.anew, values)] };
  const line = MARKS.text[edits === "piece" || edits === "function" || edits === "lines" ? edits : "whole"];
  // A small model copies what it sees unless it is told that just this is wrong.
  const task = taskOf(state, turn);
  const failed = form === null ? undefined : failedWrites(registry, turn).at(-1);
  const again = failed === undefined ? "" : `Your last text was not taken: ${bound(failed, 300)}\n`;
  const rewrites = edits === "function" || edits === "file" || edits === "lines";
  const repair = rewrites && (task?.checks.length ?? 0) > 0
    ? "As it stands the checks fail, so it must be different where the fault is.\n"
    : "";
  return { role: "user", pieces: [`${again}${repair}${writeLine(line, values)}`] };
}
