import { attentionOf } from "./attention_ways.ts";
import { assembleCrew, type Crew } from "./crew.ts";
import type { StoredRun } from "../run/run_store.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT, signalCode, type StopSignal } from "./exit_code.ts";
import { commitRun } from "./commit_run.ts";
import { reporter } from "./headless.ts";
import { hearLines } from "./hear_lines.ts";
import { screenOffers } from "./screen_offers.ts";
import { textsOf } from "./texts_of.ts";
import { runHeadless } from "./run_headless.ts";
import { resultOf, type RunResult, sayResult } from "./run_result.ts";
import type { EndFlags, MessageFlags } from "./run_flags.ts";
import type { RunScreen } from "./screen_run.ts";
import { screenStore } from "./screen_store.ts";
import type { Situation } from "./situation.ts";
import { presentState } from "./present_state.ts";
import { mustBePlayable, startForm } from "./start_form.ts";
import { resumeRun, type StartedRun, startRun } from "./start_run.ts";
import { catchStopSignals } from "./stop_signals.ts";
import { talkOf } from "./talk_of.ts";
import { mustBeReadable } from "./stored_run.ts";

/** What is to be conducted. */
export interface Conducted extends MessageFlags {
  readonly situation: Situation;
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

/**
 * Conducts a run from its start to its end, with a screen or without one, and notes the code that the program ends with.
 *
 * @param context the world
 * @param what project, goal and manner
 * @throws {CommandError} where it cannot be started
 * @throws {JournalError} where the run that is to go on cannot be read
 */
export async function conduct(context: CliContext, what: Conducted): Promise<void> {
  if (what.resume !== null) mustBeReadable(what.resume);
  if (what.screen === null) await withoutScreen(context, what);
  else await withScreen(context, what, what.screen);
}

async function withoutScreen(context: CliContext, what: Conducted): Promise<void> {
  const signals = catchStopSignals();
  const report = reporter(context, what.json);
  try {
    const result = await runHeadless(context, what.situation, {
      signals,
      report,
      begin: (crew) => begin(context, crew, what, what.goal, signals.signal),
      ...(what.typed ? { hear: (started) => heardBy(context, started, report.note) } : {}),
    });
    report.end(result);
    context.endWith(result.exit);
  } finally {
    signals.close();
  }
}

/** Hears what is typed while a run without a screen is at work. */
function heardBy(context: CliContext, { run, journal, offers }: StartedRun, note: (text: string) => void) {
  const commands = screenOffers(offers, () => run.state());
  return hearLines({ run, texts: textsOf(journal), commands, note, lines: context.lines() });
}

/** Assembles the crew while the screen stands already, shows the run, and tells its result when the screen is left. */
async function withScreen(context: CliContext, what: Conducted, screen: RunScreen): Promise<void> {
  const leaving = new AbortController();
  void screen.left.then(
    ({ signal }) => leaving.abort(leftEarly(signal)),
    (error) => leaving.abort(error),
  );
  screen.callBy(attentionOf(what.situation.config.attention));
  let result: RunResult | null = null;
  const crew = await assembleCrew(context, what.situation, leaving.signal);
  try {
    mustBePlayable(crew);
    result = await onScreen(context, crew, what, screen, leaving.signal);
  } finally {
    await crew.close();
  }
  screen.close();
  const { signal } = await screen.left;
  if (result === null) return context.endWith(signal === null ? EXIT.interrupted : signalCode(signal));
  context.stdout.write(sayResult(result, context.command));
  context.endWith(result.exit);
}

/** The error of a program that was left before its run began. */
function leftEarly(signal: StopSignal | null): CommandError {
  return signal === null
    ? new CommandError(EXIT.interrupted, "You left before the run began.")
    : new CommandError(signalCode(signal), `Cancelled by ${signal}.`);
}

/** Shows the form where a goal is wanted, then the run, until the screen is left. */
async function onScreen(
  context: CliContext,
  crew: Crew,
  what: Conducted,
  screen: RunScreen,
  signal: AbortSignal,
): Promise<RunResult | null> {
  const asks = what.goal === null && what.resume === null;
  let started: StartedRun | null = null;
  try {
    if (asks) screen.ask(startForm(crew));
    const goal = asks ? await screen.goal : what.goal;
    if (asks && goal === null) {
      await screen.left;
      return null;
    }
    started = await begin(context, crew, what, goal, signal);
    screen.show(screenStore(context, crew, started));
    // A run that ends stays on the screen; one that breaks off closes it.
    const left = await Promise.race([screen.left, started.run.done.then(() => screen.left)]);
    // Nothing may be at work any more when the result is read.
    await started.run.stop("the screen was left");
    const { journal } = started;
    const state = await commitRun({ state: presentState(started.run.state(), journal), journal });
    return resultOf({ state, journal }, left.signal, what.situation.config);
  } finally {
    await started?.run.stop("the screen was left");
    await started?.close();
  }
}

async function begin(
  context: CliContext,
  crew: Crew,
  what: Conducted,
  goal: string | null,
  signal: AbortSignal,
): Promise<StartedRun> {
  const { label, resume, step, criteria = [], ends: { acceptTests } } = what;
  const talk = talkOf(crew, what.talk);
  const headless = what.screen === null && !what.typed;
  // Whoever left while the hosts were asked wants no run to begin.
  signal.throwIfAborted();
  if (resume === null) {
    if (goal === null) throw new CommandError(EXIT.usage, "There is no goal.");
    return await startRun(context, crew, { goal, criteria, headless, label, step, talk, acceptTests, signal });
  }
  // Words beside a continued run are words to its arbiter.
  const manner = { headless, shown: what.screen !== null, step, talk: what.talk, words: goal, acceptTests, signal };
  return await resumeRun(context, crew, resume, manner);
}
