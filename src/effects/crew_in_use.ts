import type { Fact } from "../features/fact.ts";
import type { RunnableTool } from "../ports/tool.ts";
import type { RunRegistry } from "./effect_kind.ts";

/** What the crew of a run offers now. */
export interface CrewInUse {
  readonly registry: RunRegistry;
  /** Tools by name. */
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Roles whose model the user named: no other one is taken for them. */
  readonly named: ReadonlySet<string>;
}

/** What a run takes up while it is at work. */
export interface CrewChange {
  /** What happened. */
  readonly facts: readonly Fact[];
  /** The crew from now on; null where it stays. */
  readonly crew: CrewInUse | null;
}
