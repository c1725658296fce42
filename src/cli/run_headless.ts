import type { Stamped } from "../features/fact.ts";
import { commitRun } from "./commit_run.ts";
import { brokenOff } from "./broken_off.ts";
import type { CliContext } from "./context.ts";
import { assembleCrew, type Crew } from "./crew.ts";
import { followToEnd, type Reporter } from "./headless.ts";
import { resultOf, type RunResult } from "./run_result.ts";
import type { Situation } from "./situation.ts";
import { mustBePlayable } from "./start_form.ts";
import type { StartedRun } from "./start_run.ts";
import type { StopSignals } from "./stop_signals.ts";

/** How a run without a screen is begun and told. */
export interface Headless {
  /** Signals of the system, which end it. */
  readonly signals: StopSignals;
  readonly report: Reporter;
  /** Starts the run, or goes on with it, once its crew is there. */
  readonly begin: (crew: Crew) => Promise<StartedRun>;
  /** Hears a person who types lines, until their end; absent where nobody does. */
  readonly hear?: (started: StartedRun) => Promise<void>;
}

/**
 * Conducts a run without a screen from its start to its end, and commits what was accepted where that is wanted.
 *
 * @param context the world
 * @param situation project and configuration
 * @returns what became of it
 * @throws {CommandError} where it cannot be started, or breaks off
 */
export async function runHeadless(
  context: CliContext,
  situation: Situation,
  { signals, report, begin, hear }: Headless,
): Promise<RunResult> {
  const crew = await assembleCrew(context, situation, signals.signal);
  try {
    for (const note of crew.notes) report.note(note);
    mustBePlayable(crew);
    const started = await begin(crew);
    const { journal, run, from, close } = started;
    for (const note of started.notes) report.note(note);
    try {
      let told = from - 1;
      const sayFacts = report.telling(crew.capabilities.registry);
      const tell = () => {
        const facts: Stamped[] = [...journal.read(told + 1)];
        told = facts.at(-1)?.seq ?? told;
        sayFacts(facts);
      };
      tell();
      run.subscribe(tell);
      // It never rejects, and is left to itself when the run is over: a line that nobody typed cannot be waited for.
      if (hear !== undefined) void hear(started);
      await followToEnd(run, signals, report.note);
      const state = await commitRun({ state: run.state(), journal });
      return resultOf({ state, journal }, signals.received(), situation.config);
    } catch (error) {
      throw brokenOff(context, started, situation.config, error);
    } finally {
      await close();
    }
  } finally {
    await crew.close();
  }
}
