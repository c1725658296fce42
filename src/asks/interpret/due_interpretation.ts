import { effects, facts } from "../../kernel/owed.ts";
import { reserve } from "../../prompt/reserve.ts";
import { type Due, INTERPRETER, type Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import type { Unread } from "../../features/turns/slice.ts";
import { interpretableTools } from "./interpretable_tools.ts";

/** Replies in a row that the interpreter could not read before it is passed over. */
const MISSES = 3;
/** Most tokens of its answer: one call with short values (ollama.md §7.1). */
const ANSWER_LIMIT = 200;

/** Whose reply is to be interpreted. */
export interface Asker {
  readonly role: string;
  /** Its turn; null for the arbiter. */
  readonly turn: string | null;
}

/**
 * Says what is owed to a reply that plausibly means a call and could not be read: an ask of the interpreter, or the reason why
 * there is none. Each reply is interpreted at most once, and nothing that the interpreter itself says ever is.
 *
 * @param registry what the crew offers
 * @param unread the reply
 * @param asker whose it is
 * @returns the ask, or the fact that it is passed over
 */
export function dueInterpretation(state: State, registry: Registry, unread: Unread, asker: Asker): Due {
  const reason = passedOver(state, registry, unread, asker);
  if (reason !== null) {
    return facts({ type: "interpretation_skipped", turn: asker.turn, ask: unread.ask, reason });
  }
  return effects(reserve(state, registry, {
    kind: "ask",
    key: `${asker.turn ?? `d${state.decisions.count + 1}`}.interpret${state.effects.count}`,
    role: INTERPRETER,
    turn: asker.turn,
    purpose: "interpret",
    interprets: unread.ask,
    legal: interpretableTools(state, registry, unread, asker.turn).map((tool) => tool.name),
    temperature: 0,
    seed: 1,
    answerLimit: ANSWER_LIMIT,
    reserved: 0,
  }));
}

/** Why the interpreter is not asked; null when it is. */
function passedOver(state: State, registry: Registry, unread: Unread, asker: Asker): string | null {
  const interpreter = state.interpreter;
  if (asker.role === INTERPRETER) return "The interpreter's own replies are not interpreted.";
  if (registry.roles[INTERPRETER] === undefined || interpreter === null) {
    return "No host has a model for the interpreter.";
  }
  if (interpreter.model === unread.model) return `${unread.model} wrote the reply itself.`;
  if (interpreter.misses >= MISSES) return `The interpreter could not read the last ${interpreter.misses} replies.`;
  if (interpretableTools(state, registry, unread, asker.turn).length === 0) {
    return `${unread.meant.tools.join(", ")}: not legal now, or with arguments that the interpreter cannot write.`;
  }
  return null;
}
