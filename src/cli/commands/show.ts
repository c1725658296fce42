import type { CliContext } from "../context.ts";
import { describeRun } from "../describe_run.ts";
import { describeTurn } from "../describe_turn.ts";
import { findRun, readRun } from "../stored_run.ts";

/**
 * Shows a run: how it ended and why, its tasks, decisions, messages, files and statistics; or every ask of one of its turns.
 *
 * @param _flags none
 * @param id run, the beginning of its id, or `last`
 * @param turn a turn (`t3`), a decision (`d2`) or a message (`m4`), where its text and its asks are wanted
 */
export default function show(this: CliContext, _flags: Record<never, never>, id: string, turn?: string): void {
  const run = readRun(findRun(this, id));
  try {
    this.stdout.write(turn === undefined ? describeRun(run, this.command) : describeTurn(run, turn));
  } finally {
    run.journal.close();
  }
}
