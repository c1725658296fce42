import { begin, type Conducted } from "./begin_run.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT, signalCode, type StopSignal } from "./exit_code.ts";
import { reporter } from "./headless.ts";
import { hearLines } from "./hear_lines.ts";
import { loadLater } from "./load_later.ts";
import { screenOffers } from "./screen_offers.ts";
import type { StartedRun } from "./start_run.ts";
import { textsOf } from "./texts_of.ts";
import { runHeadless } from "./run_headless.ts";
import { sayResult } from "./run_result.ts";
import type { RunScreen } from "./screen_run.ts";
import { catchStopSignals } from "./stop_signals.ts";
import { mustBeReadable } from "./stored_run.ts";

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
      begin: (crew) => begin(context, crew, what, what, signals.signal),
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

/** Conducts what a person does on the screen, and tells what became of each run when it is left. */
async function withScreen(context: CliContext, what: Conducted, screen: RunScreen): Promise<void> {
  const leaving = new AbortController();
  void screen.left.then(
    ({ signal }) => leaving.abort(leftEarly(signal)),
    (error) => leaving.abort(error),
  );
  const { Session } = await loadLater<typeof import("./session.ts")>(import.meta.resolve("./session.ts"));
  const session = new Session(context, what, screen, leaving.signal);
  try {
    await session.go();
  } catch (error) {
    // Who left while the next run was being begun has what the others came to.
    if (!leaving.signal.aborted || session.results.length === 0) throw error;
  } finally {
    screen.close();
    await screen.left.catch(() => null);
    for (const result of session.results) context.stdout.write(sayResult(result, context.command));
  }
  const { signal } = await screen.left;
  const last = session.results.at(-1);
  context.endWith(last?.exit ?? (signal === null ? EXIT.interrupted : signalCode(signal)));
}

/** The error of a program that was left before its run began. */
function leftEarly(signal: StopSignal | null): CommandError {
  return signal === null
    ? new CommandError(EXIT.interrupted, "You left before the run began.")
    : new CommandError(signalCode(signal), `Cancelled by ${signal}.`);
}
