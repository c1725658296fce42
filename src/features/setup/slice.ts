import type { LaunchResult } from "../../effects/launch/launch_effect.ts";
import type { SetupResult } from "../../effects/setup/setup_effect.ts";
import type { PlanFact } from "./facts.ts";

/** How a new project is set up. */
export type Plan = Readonly<PlanFact>;

/** What becomes of a folder that holds no project yet. */
export interface SetupSlice {
  /** What there is in its place; null where the run began in a project. */
  readonly missing: {
    readonly entries: readonly string[];
    readonly able: readonly { readonly called: string; readonly way: string }[];
  } | null;
  /** The language that the person answered; empty where they left it to the proposal, null while nobody answered. */
  readonly answer: string | null;
  readonly plan: Plan | null;
  /** Whether the commands of the plan may run; null while nobody said so. */
  readonly isAllowed: boolean | null;
  /** How it was set up, or why it could not be; null before that. */
  readonly made: Pick<SetupResult, "ran" | "failed"> | { readonly why: string } | null;
  /** How what was built ran when it was tried last, and on which files; null where it was not tried. */
  readonly launch:
    | (Pick<LaunchResult, "command" | "isNamed" | "why" | "code" | "shown"> & { readonly of: string })
    | null;
}
