import { taskOf } from "../attempts/strategy_of.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";
import { AWAY, FAILURE_CLASSES } from "../../kernel/failure.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Replies without a legal call that a turn survives: the reply itself and one corrective ask. */
export const FAULTS = 2;

/** Asks that a turn may make: one that replies to another, or writes a test before the work, gets a quarter, so that both stay cheap. */
export function stepsOf(state: State, registry: Registry, turn: Turn): number {
  const isSmall = turn.purpose === "reply" || taskOf(state, turn)?.kind === "test";
  return isSmall ? Math.ceil(registry.bounds.steps / 4) : registry.bounds.steps;
}

/** Says that a turn was not closed by its model. */
export function unclosed(from: Wording, { asks }: Turn): string {
  return asks === 1 ? say(from, "turn.unclosed_one") : say(from, "turn.unclosed_many", { count: asks });
}

/** What the last failure of the run says. What hosts say is for the person alone, who reads it where it happened. */
export function whatFailed(state: State, from: Wording): string {
  const last = state.failures.at(-1);
  const failure = FAILURE_CLASSES.find((one) => one === last?.failure);
  if (last !== undefined && failure === undefined) return last.text;
  if (failure === "window_exceeded" || failure === "truncated") return say(from, "turn.too_long");
  return say(from, failure === undefined || AWAY.has(failure) ? "turn.unreachable" : "turn.no_reply");
}
