import type { CliContext } from "./context.ts";
import { signalCode } from "./exit_code.ts";
import { jsonLine } from "./json_events.ts";
import { startRehearsalFleet } from "./rehearsal/fleet.ts";
import { understudies } from "./rehearsal/understudies.ts";
import { catchStopSignals } from "./stop_signals.ts";

/**
 * Starts the two servers of a rehearsal alone and serves until a signal comes.
 *
 * @param context where their addresses are written: a line of JSON on stdout, words on stderr
 * @param pace multiplies the delays of the played models
 */
export async function serveRehearsal(context: CliContext, pace: number): Promise<void> {
  const signals = catchStopSignals();
  try {
    const fleet = await startRehearsalFleet({ players: understudies(), pace });
    try {
      context.stdout.write(jsonLine({ type: "rehearsal.serving", hosts: fleet.hosts, pid: Deno.pid }));
      const hosts = Object.entries(fleet.hosts).map(([name, url]) => `--host ${name}=${url}`).join(" ");
      context.stderr.write(`Serving until SIGINT or SIGTERM. Use: autonomy run "GOAL" ${hosts}\n`);
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
