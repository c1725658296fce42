import { taskOf } from "../features/attempts/strategy_of.ts";
import { pieceOf } from "../features/attempts/piece.ts";
import type { Turn } from "../features/turns/slice.ts";
import { failedWritesAt } from "../features/turns/fruitless.ts";
import type { Registry, TextForm } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Call } from "../kernel/call.ts";
import { bound } from "../kernel/text.ts";
import { say } from "../sentences/say.ts";
import { wishedNames } from "../features/scope/missing_names.ts";
import { lastName } from "../features/scope/wants_of_task.ts";
import { signatureOf } from "../strategies/wished.ts";
import type { PromptMessage } from "./prompt.ts";

/** Definitions that a new file is told to have. */
const MOST_DEFINED = 4;

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
  const path = typeof call?.arguments.path === "string" ? call.arguments.path : null;
  if (form === "anew") {
    const named = String(call?.arguments.function);
    return message([say(registry, "text.anew", { function: named, where: whereOf(registry, path) })]);
  }
  if (form === "test") return message([say(registry, "text.new_test", { where: whereOf(registry, path) })]);
  const edits = call === undefined ? undefined : registry.tools[call.name]?.traits?.edits;
  const failed = form === null || call === undefined ? undefined : failedWritesAt(registry, turn, pieceOf(call)).at(-1);
  const notTaken = failed === undefined ? [] : [say(registry, "text.not_taken", { fault: bound(failed, 300) })];
  if (form === "repair" && edits === "function") {
    // Qwen2.5-Coder-1.5B at temperature 0, asked once for the faulty function of 24 small bugs: so it repaired 12, with the words below 6 at most.
    const named = String(call?.arguments.function);
    return message([...notTaken, say(registry, "text.wrong", { function: named, where: whereOf(registry, path) })]);
  }
  const rewrites = edits === "function" || edits === "file" || edits === "lines";
  return message([
    ...notTaken,
    // A small model copies what it sees unless it is told that just this is wrong.
    ...(rewrites && (taskOf(state, turn)?.checks.length ?? 0) > 0 ? [say(registry, "text.must_differ")] : []),
    ...(form === "wish" && edits === "new" ? defined(state, registry, turn) : []),
    say(registry, "text.wanted", { what: whatOf(registry, call, path, form) }),
  ]);
}

/** What a new file defines, as its wish writes it: without that a small model gives it a name of its own. */
function defined(state: State, registry: Registry, turn: Turn): readonly string[] {
  const task = taskOf(state, turn);
  const names = task === null ? [] : wishedNames(registry, turn, task).slice(0, MOST_DEFINED);
  const signatures = names.map((name) => signatureOf(task!.description, lastName(name)));
  return names.length === 0 ? [] : [say(registry, "text.defines", { names: signatures.join(", ") })];
}

function message(lines: readonly string[]): PromptMessage {
  return { role: "user", pieces: [lines.join("\n")] };
}

/** The text that a call lacks, in words. */
function whatOf(registry: Registry, call: Call | undefined, path: string | null, form: TextForm | null): string {
  const tool = registry.tools[call?.name ?? ""];
  const where = whereOf(registry, path);
  const { function: named, signature, from_line: from, to_line: to } = call?.arguments ?? {};
  switch (tool?.traits?.edits) {
    case "piece":
      return say(registry, "text.piece", { where });
    case "function":
      return say(registry, "text.function", { function: String(named), where });
    case "addition":
      if (form === "wish") return say(registry, "text.addition_alone", { signature: String(signature), where });
      return say(registry, "text.addition", { function: String(named), signature: String(signature), where });
    case "lines":
      return say(registry, "text.lines", { from: String(from), to: String(to), where });
    default:
      return say(registry, "text.whole", { argument: tool?.declaration.asText ?? "", where });
  }
}

function whereOf(registry: Registry, path: string | null): string {
  return path === null ? "" : ` ${say(registry, "text.of", { path })}`;
}
