import { openQueue, type QueueStore } from "../../run/queue_store.ts";
import { oneLine, sentence } from "../../kernel/say.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { projectFolder, stateHome } from "../places.ts";
import { branchName } from "../wanted_branch.ts";
import { Git } from "../../work/git/git.ts";
import { branchFault, findRepository } from "../../work/git/repository.ts";

/** Most time that the look at the repository may take, ms. */
const BOUND_MS = 30_000;

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
 * @throws {CommandError} exit code 2 without a goal, or for a branch that cannot be made
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
  const queue = openQueue(stateHome(this.environment), project);
  if (branch !== null) await mustBeFree(queue, branch, goal);
  const added = queue.add({ goal, branch, acceptTests });
  this.stdout.write(
    flags.json
      ? jsonLine({ type: "added", id: added.id, project, goal, branch, acceptTests })
      : `${added.id} of the queue of ${oneLine(project, 1_000)}: ${
        oneLine(goal, 300)
      }\nWork it off: ${this.command} queue run\n`,
  );
}

/** Refuses a branch that cannot be made: nobody is there to name another when its goal is begun. */
async function mustBeFree(queue: QueueStore, branch: string, goal: string): Promise<void> {
  const named = (own: string, of: string) => branchName(own, of, "a-run");
  const name = named(branch, goal);
  const other = branch.includes("{run}")
    ? undefined
    : queue.read().find((one) => one.ending === null && one.branch !== null && named(one.branch, one.goal) === name);
  if (other !== undefined) {
    throw new CommandError(EXIT.usage, `The branch ${name} is that of ${other.id} already. Name another.`);
  }
  const git = new Git(queue.project, AbortSignal.timeout(BOUND_MS));
  // Whether one can be made at all is seen when the goal is begun: that may change until then.
  if ("fault" in await findRepository(git, queue.project)) return;
  const fault = await branchFault(git, name);
  if (fault !== null) throw new CommandError(EXIT.usage, sentence(`No branch can be made for the work: ${fault}`));
}
