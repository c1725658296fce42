import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Replies without a legal call that a turn survives: the reply itself and one corrective ask. */
export const FAULTS = 2;

/** Asks that a turn may make: one that replies to another gets a quarter, so that asking each other stays cheap. */
export function stepsOf(registry: Registry, turn: Turn): number {
  return turn.purpose === "reply" ? Math.ceil(registry.bounds.steps / 4) : registry.bounds.steps;
}

/** Says that a turn was not closed by its model. */
export function unclosed(from: Wording, { asks }: Turn): string {
  return asks === 1 ? say(from, "turn.unclosed_one") : say(from, "turn.unclosed_many", { count: asks });
}

/** What the last failure of the run says. */
export function whatFailed(state: State, from: Wording): string {
  return state.failures.at(-1)?.text ?? say(from, "turn.unreachable");
}
