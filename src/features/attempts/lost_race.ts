import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { say } from "../../sentences/say.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { closeTurn } from "../turns/close_turn.ts";
import type { Attempt } from "./slice.ts";

/** Ends an attempt at a task that another one has done: its turn first, and what it writes or brings back before it is closed. */
export function lostRace(state: State, registry: Registry, attempt: Attempt): Due {
  const { task, number } = attempt;
  const name = `${task}.${number}`;
  const summary = say(registry, "tasks.race_over", { task });
  const turn = attempt.turn === null ? undefined : state.turns.open[attempt.turn];
  if (turn !== undefined) return facts(...closeTurn(state, registry, turn, "cancelled", summary));
  // What they would say now would be taken for what they say of the project.
  const checks = Object.entries(state.effects.open).flatMap(([key, { effect }]) =>
    effect.kind === "check" && effect.cause === name ? [key] : []
  );
  if (checks.length > 0) return { ...NOTHING, cancel: checks };
  const isWriting = Object.values(state.effects.open).some(({ effect }) =>
    (effect.kind === "apply" || effect.kind === "take_back") && effect.attempt === name
  );
  if (isWriting) return NOTHING;
  // A part of it may stand in the project: the program was killed while that was brought there.
  if (attempt.applied.length > 0 && !attempt.takenBack) {
    return effects({ kind: "take_back", key: `${name}.take_back${state.effects.count}`, attempt: name });
  }
  return facts({ type: "attempt_closed", task, number, verdict: "cancelled", passed: [], broke: [], summary });
}
