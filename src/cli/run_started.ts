import type { Fact } from "../features/fact.ts";
import type { CliContext } from "./context.ts";
import type { Crew } from "./crew.ts";
import { waitsOf } from "./run_trust.ts";
import type { RunWish } from "./run_wish.ts";

/** Name and version that a run notes of the program. */
export function programOf(context: CliContext): string {
  return `autonomy ${context.version}`;
}

/**
 * The fact that a run begins with.
 *
 * @param context the world
 * @param crew who works, and where
 * @param wish goal and manner
 * @param what its id, and the files that are changed against version control
 */
export function runStarted(
  context: CliContext,
  { situation, capabilities }: Pick<Crew, "situation" | "capabilities">,
  wish: Pick<RunWish, "goal" | "headless" | "label"> & Partial<RunWish>,
  { run, dirty }: { readonly run: string; readonly dirty: string[] },
): Fact {
  const { project, config, trusted } = situation;
  const { tokens, turns, wallMs } = config.limits;
  const { goal, headless, label, criteria = [], talk, before } = wish;
  return {
    type: "run_started",
    run,
    project,
    goal,
    mode: config.mode.value,
    headless,
    label,
    trusted,
    ...waitsOf(situation),
    limits: { tokens: tokens.value, turns: turns.value, wallMs: wallMs.value },
    roleLimits: capabilities.registry.roleLimits,
    version: programOf(context),
    dirty,
    ...(criteria.length === 0 ? {} : { criteria: [...criteria] }),
    ...(talk === undefined ? {} : { talk }),
    ...(before === undefined ? {} : { before }),
  };
}
