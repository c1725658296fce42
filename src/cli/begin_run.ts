import type { RunBefore } from "../features/run/facts.ts";
import type { StoredRun } from "../run/run_store.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import type { Crew } from "./crew.ts";
import { EXIT } from "./exit_code.ts";
import type { EndFlags, MessageFlags } from "./run_flags.ts";
import type { RunScreen } from "./screen_run.ts";
import type { Choices, Limited } from "./session_choices.ts";
import type { Situation } from "./situation.ts";
import { resumeRun, type StartedRun, startRun } from "./start_run.ts";
import { talkOf } from "./talk_of.ts";

/** What is to be conducted. */
export interface Conducted extends MessageFlags {
  readonly situation: Situation;
  /** Reads configuration and trust anew, with what was chosen on the screen. */
  again(choices: Choices & Limited): Situation;
  /** null where the screen asks for it, or where a run is continued. */
  readonly goal: string | null;
  /** What shall be true, as the person gave it beside the goal; absent where they gave nothing. */
  readonly criteria?: readonly string[];
  readonly resume: StoredRun | null;
  readonly label: string;
  /** The open screen; null for a run without one. */
  readonly screen: RunScreen | null;
  readonly json: boolean;
  /** Whether, without a screen, a person is there who types lines. */
  readonly typed: boolean;
  /** What becomes of accepted work. */
  readonly ends: EndFlags;
}

/** Which run is to begin. */
export interface Begun {
  /** The goal; words to the arbiter of a run that goes on, null for none. */
  readonly goal: string | null;
  readonly resume: StoredRun | null;
  readonly criteria?: readonly string[];
  /** The run that it follows on the same screen. */
  readonly before?: RunBefore;
}

/**
 * Begins a run, or goes on with one.
 *
 * @param context the world
 * @param crew who works
 * @param what the manner
 * @param which the run
 * @param signal gives up
 * @returns the run at work
 * @throws {CommandError} exit code 2 without a goal, and what starting a run throws
 */
export async function begin(
  context: CliContext,
  crew: Crew,
  what: Conducted,
  { goal, resume, criteria = [], before }: Begun,
  signal: AbortSignal,
): Promise<StartedRun> {
  const { label, step, ends: { acceptTests } } = what;
  const talk = talkOf(crew, what.talk);
  const headless = what.screen === null && !what.typed;
  // Whoever left while the hosts were asked wants no run to begin.
  signal.throwIfAborted();
  if (resume === null) {
    if (goal === null) throw new CommandError(EXIT.usage, "There is no goal.");
    const manner = { headless, label, step, talk, acceptTests, signal };
    return await startRun(context, crew, { ...manner, goal, criteria, ...(before === undefined ? {} : { before }) });
  }
  // Words beside a continued run are words to its arbiter.
  const manner = { headless, shown: what.screen !== null, step, talk: what.talk, words: goal, acceptTests, signal };
  return await resumeRun(context, crew, resume, manner);
}
