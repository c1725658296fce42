import type { Stamped } from "../features/fact.ts";
import type { Message } from "../features/messages/message.ts";
import type { Kinds } from "../features/registry.ts";
import type { State } from "../features/state.ts";

/** A run that is shown. */
export interface ShownRun {
  readonly id: string;
  readonly facts: readonly Stamped[];
  readonly state: State;
  /** Every message as the state held it last: the state itself forgets old ones that are over. */
  readonly messages: readonly Message[];
}

/** What can have happened in it. */
export type ShownKinds = Pick<Kinds, "features" | "effects" | "decisions" | "phases">;
