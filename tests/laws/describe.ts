import { decisionAtWork } from "../../src/features/decisions/slice.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";

/** Where a run stands, for the report of a broken law. */
export function describe(state: State, log: readonly Stamped[]): string {
  const turns = Object.values(state.turns.open).map((turn) =>
    `${turn.id} ${turn.role} ${turn.purpose} waits for ${turn.waitsFor}`
  );
  const messages = state.messages.list.filter((message) => message.status !== "answered").map((message) =>
    `${message.id} ${message.kind} ${message.from}>${message.to} ${message.status}`
  );
  const last = log.slice(-12).map((fact) => JSON.stringify(fact).slice(0, 220));
  return [
    `phase ${state.run.phase}, decision ${
      decisionAtWork(state)?.name ?? "none"
    }, arbiter tries ${state.arbiter.tries}, open ${Object.keys(state.effects.open).join(", ")}`,
    `tasks ${state.tasks.list.map((task) => `${task.id} ${task.kind} ${task.status}`).join(", ")}`,
    `turns ${turns.join(", ")}`,
    `messages ${messages.join(", ")}`,
    ...last,
  ].join("\n");
}
