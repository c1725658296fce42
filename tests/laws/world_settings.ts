import type { Player } from "./players.ts";
import type { Suite } from "./suite.ts";

/** How a world behaves. */
export interface WorldSettings {
  readonly arbiter: Player;
  readonly specialist: Player;
  /** Who summarises what a window cannot hold. */
  readonly summariser: Player;
  /** Source files, each with a fault that one check shows. */
  readonly sources: number;
  readonly suite: Suite;
  /** Share of tool calls and checks that fail. */
  readonly trouble: number;
  /** Whether servers count tokens; where not, estimates stand. */
  readonly counted: boolean;
  /** Share of the replies without a call that an interpreter can read; null where no host has one. */
  readonly interprets: number | null;
  /** Whether attempts may work in copies of the project, and what the look at them finds. */
  readonly copies: "never" | "proven" | "refused";
  /** Share of steps in which a person saves a file of the project, where attempts work in copies of it. */
  readonly saves: number;
}
