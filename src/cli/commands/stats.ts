import { BUILT_IN } from "../../plugin/built_in.ts";
import { sayDecision } from "../../tell/earlier.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { sayStatistics, statisticsMembers } from "../../tell/statistics.ts";
import type { CliContext } from "../context.ts";
import { findRun, readRun, withRun } from "../stored_run.ts";

/** Flags of `stats`: whose newest run `last` is, and whether a program reads it. */
export interface StatsFlags {
  readonly project?: string;
  readonly all: boolean;
  readonly json: boolean;
}

/**
 * Says what a run counted: requests by role and model, loads by host and model, decisions, tools, and what became of the messages
 * of each pair of roles.
 *
 * @param flags whose newest run `last` is, and the form
 * @param id run, the beginning of its id, or `last`
 * @throws {CommandError} exit code 2 when there is no such run
 */
export default async function stats(this: CliContext, flags: StatsFlags, id: string): Promise<void> {
  const run = readRun(findRun(this, id, flags));
  const { statistics, ledger } = run.state;
  await withRun(run, () => {
    this.stdout.write(
      flags.json
        ? jsonLine({ type: "statistics", run: run.id, ...statisticsMembers(statistics, ledger.hosts) })
        : sayStatistics(statistics, ledger.hosts, (name) => sayDecision(BUILT_IN, name, {})),
    );
  });
}
