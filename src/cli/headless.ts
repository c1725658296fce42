import { reasonOf } from "../kernel/reason_of.ts";
import type { Stamped } from "../features/fact.ts";
import type { Run } from "../run/run.ts";
import { Earlier } from "../tell/earlier.ts";
import { jsonLine } from "../tell/json_line.ts";
import type { ShownKinds } from "../tell/shown_run.ts";
import { tellingOf } from "../tell/telling.ts";
import { BrokenOff } from "./broken_off.ts";
import { exitOfError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { type RunResult, sayResult } from "./run_result.ts";
import type { StopSignals } from "./stop_signals.ts";

/** Tells of a run without a screen: progress on stderr, and on stdout only the result or JSON lines. */
export interface Reporter {
  /** Makes what tells of a run's facts, in their order; `kinds` say how each is told. */
  telling(kinds: ShownKinds): (facts: readonly Stamped[]) => void;
  /** Tells a sentence that belongs to no fact. */
  note(text: string): void;
  /** Writes what became of the run. */
  end(result: RunResult): void;
}

/**
 * Makes the reporter of a run without a screen.
 *
 * @param context where it writes
 * @param json whether stdout gets JSON lines
 * @returns the reporter
 */
export function reporter(context: CliContext, json: boolean): Reporter {
  const say = (text: string, at: number) => {
    const time = new Date(at).toTimeString().slice(0, 8);
    context.stderr.write(`${time}  ${text}\n`);
  };
  return {
    telling(kinds) {
      const telling = tellingOf(kinds);
      const earlier = new Earlier(kinds);
      return (facts) => {
        for (const fact of facts) {
          earlier.note(fact);
          if (json) context.stdout.write(telling.json(fact, earlier));
          for (const line of telling.lines(fact, earlier)) say(line, fact.at);
        }
      };
    },
    note: (text) => say(text, Date.now()),
    end: (result) => {
      const { goOn: _goOn, patches: _patches, ...said } = result;
      context.stdout.write(json ? jsonLine({ type: "result", ...said }) : sayResult(result, context.command));
    },
  };
}

/** Pause between two words about what is waited for, in milliseconds. */
const SAY_MS = 10_000;
/** What an effect shows that waits for a host itself, and not for its turn there. */
const WAITS_FOR_HOST = /^waiting (?!for a slot |until )/;

/**
 * Follows a run until it ends; a signal cancels it. While a host is waited for, that is said again and again: a program that is silent
 * for a minute looks like one that hangs.
 *
 * @param run the run at work
 * @param signals signals of the system
 * @param note tells a sentence
 * @param sayMs pause between two sentences about the same, in milliseconds
 * @returns when nothing of it is at work any more
 */
export async function followToEnd(
  run: Run,
  signals: StopSignals,
  note: (text: string) => void,
  sayMs = SAY_MS,
): Promise<void> {
  const cancel = () => {
    try {
      const refused = run.send({ kind: "cancel", cause: `Cancelled by ${signals.received() ?? "a signal"}.` });
      if (refused === null) return;
    } catch {
      // A journal that cannot be written: `done` says so when nothing is at work any more.
    }
    void run.stop("cancelled");
  };
  if (signals.signal.aborted) cancel();
  else signals.signal.addEventListener("abort", cancel, { once: true });
  const saying = setInterval(() => {
    for (const text of waits(run)) note(text);
  }, sayMs);
  try {
    await run.done;
  } finally {
    clearInterval(saying);
    signals.signal.removeEventListener("abort", cancel);
  }
}

/** Which roles wait for a host, and why. */
function waits(run: Run): string[] {
  const { open } = run.state().effects;
  const roles = new Map<string, Set<string>>();
  for (const [key, { status }] of run.signals()) {
    const effect = open[key]?.effect;
    if (effect?.kind !== "ask" || !WAITS_FOR_HOST.test(status)) continue;
    roles.set(status, (roles.get(status) ?? new Set()).add(effect.role));
  }
  return [...roles].map(([status, names]) => `${[...names].join(", ")}: ${status}`);
}

/**
 * Carries out a command whose lines of JSON end with a result also where no run could be started.
 *
 * @param context where the line is written
 * @param json whether lines of JSON are wanted
 * @param action the command
 * @throws what the action throws
 */
export async function endingInResult(context: CliContext, json: boolean, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (json) context.stdout.write(failureLine(error));
    throw error;
  }
}

const FAILURE_KINDS: Readonly<Record<number, string>> = {
  [EXIT.usage]: "usage",
  [EXIT.no_host]: "no_host",
  [EXIT.config]: "config",
  [EXIT.store]: "store",
  [EXIT.hung_up]: "cancelled",
  [EXIT.interrupted]: "cancelled",
  [EXIT.terminated]: "cancelled",
};

function failureLine(error: unknown): string {
  const exit = exitOfError(error);
  const nothing = { tasks: [], files: [], tokens: null, asks: null, seconds: null, leftToRun: [] };
  const broken = error instanceof BrokenOff ? error : null;
  return jsonLine({
    type: "result",
    kind: FAILURE_KINDS[exit] ?? "failed",
    cause: broken?.reason ?? reasonOf(error),
    exit,
    run: broken?.run ?? null,
    project: broken?.project ?? null,
    ...nothing,
  });
}
