import { openQueue } from "../../run/queue_store.ts";
import { oneLine } from "../../kernel/say.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { projectFolder, stateHome } from "../places.ts";

/** Flags of `queue add`. */
export interface QueueAddFlags {
  readonly project?: string;
  readonly branch?: string;
  readonly acceptTests: boolean;
  readonly json: boolean;
}

/**
 * Adds a goal at the end of the project's queue.
 *
 * @param flags the project, a branch of its own, and the yes ahead to its new tests
 * @param words the goal; read from standard input where it is piped and there are none
 * @throws {CommandError} exit code 2 without a goal
 */
export default async function queueAdd(this: CliContext, flags: QueueAddFlags, ...words: string[]): Promise<void> {
  const project = projectFolder(flags.project ?? ".", this.folder);
  const typed = words.join(" ").trim();
  const goal = typed !== "" || this.terminal.stdin ? typed : (await this.readInput()).trim();
  if (goal === "") {
    throw new CommandError(
      EXIT.usage,
      'There is no goal. Name it, autonomy queue add "Add a --json flag", or pipe it in.',
    );
  }
  const { branch = null, acceptTests } = flags;
  const added = openQueue(stateHome(this.environment), project).add({ goal, branch, acceptTests });
  this.stdout.write(
    flags.json
      ? jsonLine({ type: "added", id: added.id, project, goal, branch, acceptTests })
      : `${added.id} of the queue of ${oneLine(project, 1_000)}: ${
        oneLine(goal, 300)
      }\nWork it off: ${this.command} queue run\n`,
  );
}
