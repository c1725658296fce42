import { openQueue, type QueuedGoal } from "../../run/queue_store.ts";
import { counted } from "../../kernel/text.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { projectFolder, stateHome } from "../places.ts";

/** Flags of `queue remove`. */
export interface QueueRemoveFlags {
  readonly project?: string;
  readonly ended: boolean;
}

/**
 * Removes goals from the project's queue; their runs and branches stay.
 *
 * @param flags the project; `ended` means all goals that ended
 * @param ids goals, such as `g1`
 * @throws {CommandError} exit code 2 where none is named, or nothing is called so
 * @throws {JournalBusy} while the queue is worked off
 */
export default function queueRemove(this: CliContext, flags: QueueRemoveFlags, ...ids: string[]): void {
  const project = projectFolder(flags.project ?? ".", this.folder);
  const queue = openQueue(stateHome(this.environment), project);
  const goals = queue.read();
  const wanted = flags.ended ? goals.filter(({ ending }) => ending !== null).map(({ id }) => id) : [...new Set(ids)];
  if (wanted.length === 0 && !flags.ended) {
    throw new CommandError(EXIT.usage, `No goal was named. ${there(goals)} Or remove all that ended: --ended.`);
  }
  const unknown = wanted.find((id) => !goals.some((goal) => goal.id === id));
  if (unknown !== undefined) throw new CommandError(EXIT.usage, `The queue has no goal ${unknown}. ${there(goals)}`);
  const hold = queue.hold();
  try {
    for (const id of wanted) queue.remove(id);
  } finally {
    hold.release();
  }
  this.stdout.write(`${counted(wanted.length, "goal")} removed.\n`);
}

function there(goals: readonly QueuedGoal[]): string {
  return goals.length === 0 ? "It is empty." : `There are ${goals.map(({ id }) => id).join(", ")}.`;
}
