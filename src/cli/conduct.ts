import { ARBITER } from "../core/arbiter.ts";
import type { Stamped } from "../core/fact.ts";
import type { StoredRun } from "../run/run_store.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { followToEnd, reporter } from "./headless.ts";
import { resultOf, type RunResult, sayResult } from "./run_result.ts";
import type { Situation } from "./situation.ts";
import { mustBePlayable, startForm } from "./start_form.ts";
import { assembleCrew, type Crew, resumeRun, type StartedRun, startRun } from "./start_run.ts";
import { catchStopSignals, type StopSignals } from "./stop_signals.ts";

/** What is to be conducted. */
export interface Conducted {
  readonly situation: Situation;
  /** null where the screen asks for it, or where a run is continued. */
  readonly goal: string | null;
  readonly resume: StoredRun | null;
  readonly label: string;
  readonly headless: boolean;
  readonly json: boolean;
  readonly color: boolean;
}

/**
 * Conducts a run from its start to its end, with a screen or without one, and notes the code that the program ends with.
 *
 * @param context the world
 * @param what project, goal and manner
 * @throws {CommandError} where it cannot be started
 */
export async function conduct(context: CliContext, what: Conducted): Promise<void> {
  if (what.headless) return await withoutScreen(context, what);
  await withScreen(context, what);
}

/**
 * Tells whether this terminal can show the screen.
 *
 * @param context terminal and environment
 * @returns null, or a sentence why not
 */
export function screenRefusal(context: CliContext): string | null {
  if (!context.terminal.stdin || !context.terminal.stdout) return "Input and output are no terminal.";
  return context.environment("TERM") === "dumb" ? "TERM=dumb says that this terminal cannot place text." : null;
}

async function withoutScreen(context: CliContext, what: Conducted): Promise<void> {
  const signals = catchStopSignals();
  const report = reporter(context, what.json);
  try {
    const crew = await assembleCrew(context, what.situation, signals.signal);
    try {
      for (const note of crew.notes) report.note(note);
      mustBePlayable(crew);
      const started = await begin(context, crew, what, what.goal, signals.signal);
      try {
        let told = started.from - 1;
        const tell = () => {
          const facts: Stamped[] = [...started.journal.read(told + 1)];
          told = facts.at(-1)?.seq ?? told;
          report.tell(facts);
        };
        tell();
        started.run.subscribe(tell);
        await followToEnd(started.run, signals);
        const result = resultOf(started.run.state(), started.journal.read(), signals.received());
        report.end(result);
        context.endWith(result.exit);
      } finally {
        started.close();
      }
    } finally {
      await crew.close();
    }
  } finally {
    signals.close();
  }
}

async function withScreen(context: CliContext, what: Conducted): Promise<void> {
  const signals = catchStopSignals();
  let result: RunResult | null = null;
  try {
    const crew = await assembleCrew(context, what.situation, signals.signal);
    try {
      mustBePlayable(crew);
      result = await onScreen(context, crew, what, signals);
    } finally {
      await crew.close();
    }
  } finally {
    signals.close();
  }
  if (result === null) return context.endWith(EXIT.interrupted);
  context.stdout.write(sayResult(result));
  context.endWith(result.exit);
}

/** Shows the form where a goal is wanted, then the run, until the screen is left. */
async function onScreen(
  context: CliContext,
  crew: Crew,
  what: Conducted,
  signals: StopSignals,
): Promise<RunResult | null> {
  // Only now: nothing else of the program needs Ink.
  const { openRunScreen } = await import("./screen_run.ts");
  const asks = what.goal === null && what.resume === null;
  signals.signal.throwIfAborted();
  // From here on the screen itself restores the terminal at a signal.
  signals.close();
  const title = `${what.label === "" ? "" : `${what.label} `}${crew.situation.project}`;
  const screen = openRunScreen(context, {
    title,
    color: what.color,
    start: asks ? startForm(crew) : undefined,
  });
  let started: StartedRun | null = null;
  try {
    const goal = asks ? await screen.goal : what.goal;
    if (asks && goal === null) {
      await screen.left;
      return null;
    }
    started = await begin(context, crew, what, goal, signals.signal);
    screen.show(crew, started);
    // A run that ends stays on the screen; one that breaks off closes it.
    const left = await Promise.race([screen.left, started.run.done.then(() => screen.left)]);
    // Nothing may be at work any more when the result is read.
    await started.run.stop("the screen was left");
    return resultOf(started.run.state(), started.journal.read(), left.signal);
  } finally {
    screen.close();
    await screen.left.catch(() => null);
    await started?.run.stop("the screen was left");
    started?.close();
  }
}

async function begin(
  context: CliContext,
  crew: Crew,
  what: Conducted,
  goal: string | null,
  signal: AbortSignal,
): Promise<StartedRun> {
  const { headless, label, resume } = what;
  if (resume === null) {
    if (goal === null) throw new CommandError(EXIT.usage, "There is no goal.");
    return await startRun(context, crew, { goal, headless, label, signal });
  }
  const started = await resumeRun(context, crew, resume, headless);
  // Words beside a continued run are words to its arbiter.
  if (goal !== null) started.run.send({ kind: "say", to: ARBITER, text: goal });
  return started;
}
