import type { CliContext } from "./context.ts";
import { signalCode } from "./exit_code.ts";
import { jsonLine } from "../tell/json_line.ts";
import { keepSample, SAMPLE_GOAL } from "./keep_sample.ts";
import { startRehearsalFleet } from "../rehearsal/fleet.ts";
import { understudies } from "../rehearsal/understudies.ts";
import { catchStopSignals } from "./stop_signals.ts";

/**
 * Starts the two servers of a rehearsal alone and serves until a signal comes.
 *
 * @param context where their addresses are written: a line of JSON on stdout, words on stderr
 * @param pace multiplies the delays of the played models
 * @param keep new folder that the sample project is copied to; absent where it is not wanted
 */
export async function serveRehearsal(context: CliContext, pace: number, keep: string | undefined): Promise<void> {
  const signals = catchStopSignals();
  try {
    const project = keep === undefined ? null : await keepSample(context, keep, false);
    const fleet = await startRehearsalFleet({ players: understudies(), pace, saysPlayed: true });
    try {
      context.stdout.write(jsonLine({ type: "rehearsal.serving", hosts: fleet.hosts, pid: Deno.pid }));
      const hosts = Object.entries(fleet.hosts).map(([name, url]) => `--host ${name}=${url}`).join(" ");
      const sample = project === null ? "--keep DIR copies it to a new folder for them" : `it is in ${project}`;
      context.stderr.write(
        `Serving until SIGINT or SIGTERM. The models are played: they know only the sample project; ${sample}. ` +
          `In an empty folder they build a calculator. Use: ${context.command} run "${SAMPLE_GOAL}" -C ${
            project ?? "DIR"
          } --trust ${hosts}\n`,
      );
      if (!signals.signal.aborted) {
        await new Promise<void>((resolve) => signals.signal.addEventListener("abort", () => resolve(), { once: true }));
      }
    } finally {
      await fleet.close();
    }
    const received = signals.received();
    if (received !== null) context.endWith(signalCode(received));
  } finally {
    signals.close();
  }
}
