import { openQueue, type QueueStore } from "../../run/queue_store.ts";
import { CommandError, exitOfError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT, signalCode } from "../exit_code.ts";
import { stateHome } from "../places.ts";
import { type GoalReport, reportJson, reportsOf, sayReport } from "../queue/queue_report.ts";
import { workOff } from "../queue/work_off.ts";
import type { BoundFlags, CrewFlags } from "../run_flags.ts";
import { type Situation, situationOf, trustNotes } from "../situation.ts";
import { catchStopSignals, type StopSignals } from "../stop_signals.ts";

/** Flags of `queue run`. */
export type QueueRunFlags = CrewFlags & BoundFlags & { readonly acceptTests: boolean; readonly json: boolean };

/**
 * Works off the goals of the project's queue, one after the other, each until its run ends; one that was open when the program ended goes on.
 * What needs a person is left and named, and the next goal begun. At the end stands one report.
 *
 * @param flags project, crew, and bounds of each goal
 * @throws {CommandError} exit code 4 for a project that is not trusted, and what would keep each goal from its start
 */
export default async function queueRun(this: CliContext, flags: QueueRunFlags): Promise<void> {
  const situation = situationOf(this, flags);
  mustBeTrusted(situation);
  const queue = openQueue(stateHome(this.environment), situation.project);
  const hold = queue.hold();
  const signals = catchStopSignals();
  const begun: string[] = [];
  let exit: number = EXIT.failed;
  try {
    const isWhole = await workOffAll(this, { queue, situation, signals, acceptTests: flags.acceptTests }, begun);
    const signal = signals.received();
    const reports = reportsOf(this, queue.read()).filter(({ id }) => begun.includes(id));
    exit = signal !== null ? signalCode(signal) : isWhole ? exitOf(reports) : EXIT.no_host;
  } catch (error) {
    exit = exitOfError(error);
    throw error;
  } finally {
    signals.close();
    hold.release();
    const reports = reportsOf(this, queue.read());
    this.stdout.write(
      flags.json ? reportJson(queue.project, reports, exit) : sayReport(queue.project, reports, this.command),
    );
  }
  this.endWith(exit);
}

function mustBeTrusted(situation: Situation): void {
  if (situation.trusted) return;
  throw new CommandError(
    EXIT.blocked,
    [
      "The project is not trusted, and its checks run its code. Add --trust, if you trust it as it stands now.",
      ...trustNotes(situation),
    ].join(" "),
  );
}

/**
 * Works off what waits, also what is added meanwhile.
 *
 * @param begun gets the ids of the goals that were worked on
 * @returns whether nothing waits any more
 */
async function workOffAll(
  context: CliContext,
  working: {
    readonly queue: QueueStore;
    readonly situation: Situation;
    readonly signals: StopSignals;
    readonly acceptTests: boolean;
  },
  begun: string[],
): Promise<boolean> {
  for (;;) {
    const next = working.queue.read().find(({ ending }) => ending === null);
    if (next === undefined) return true;
    begun.push(next.id);
    if (!await workOff(context, working, next)) return false;
  }
}

/** What needs a person goes before what ended otherwise. */
function exitOf(reports: readonly GoalReport[]): number {
  if (reports.some(({ needs }) => needs !== null)) return EXIT.blocked;
  return reports.every(({ status }) => status === "accepted") ? EXIT.accepted : EXIT.partial;
}
