import { facts, NOTHING } from "../../kernel/owed.ts";
import { bound } from "../../kernel/text.ts";
import type { OpenDecision } from "../decisions/slice.ts";
import { isReady } from "../messages/message.ts";
import { ARBITER, type Due, type Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";
import { versionOf } from "./version_of.ts";

/** A turn that a decision wants. */
export interface Start {
  readonly role: string;
  readonly kind: "consult" | "assignment";
  readonly text: string;
  readonly purpose: Turn["purpose"];
  /** Tools of whoever takes it: a person may send the message to another role. */
  readonly tools: (role: string) => readonly string[];
  readonly temperature: number;
  readonly seed: number;
  /** `task.number` of the attempt that it is; null where it is none. */
  readonly attempt?: string | null;
}

/**
 * Sends the message that starts a turn, and opens the turn once nobody holds the message.
 *
 * @returns facts that close nothing, or nothing while the message is held
 */
export function startTurn(state: State, registry: Registry, decision: OpenDecision, start: Start): Due {
  if (decision.message === null) {
    return facts({
      type: "message_sent",
      message: {
        id: `m${state.messages.count + 1}`,
        from: ARBITER,
        to: start.role,
        kind: start.kind,
        text: bound(start.text, 3000),
        cause: decision.id,
        answers: null,
        review: false,
      },
    });
  }
  const message = state.messages.list.find((one) => one.id === decision.message);
  if (message === undefined || !isReady(message)) return NOTHING;
  // Who answers somebody else does that first.
  if (Object.values(state.turns.open).some((turn) => turn.role === message.to)) return NOTHING;
  const id = `t${state.turns.count + 1}`;
  const role = registry.roles[message.to] === undefined ? start.role : message.to;
  return facts(
    {
      type: "turn_opened",
      id,
      role,
      message: message.id,
      purpose: start.purpose,
      tools: [...start.tools(role)],
      temperature: start.temperature,
      seed: start.seed,
      decision: decision.id,
      attempt: start.attempt ?? null,
      ...versionOf(registry, role),
    },
    { type: "message_in_prompt", id: message.id, turn: id },
  );
}
