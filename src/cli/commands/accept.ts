import { withYes } from "../../features/checks/judge_run.ts";
import type { Fact } from "../../features/fact.ts";
import { oneLine, sentence } from "../../kernel/say.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { Git } from "../../work/git/git.ts";
import { tipOf } from "../../work/git/repository.ts";
import { askPerson, isYes } from "../ask_person.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { whileHeld } from "../hold_project.ts";
import { doubtTexts, type NewTest, newTestsOf, otherThanJudged } from "../new_tests.ts";
import { namedProject } from "../project_of_run.ts";
import { branchLines, branchOf } from "../run_result.ts";
import { commitRun, noteAfterEnd } from "../commit_run.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";

/** Most time that the look at a branch may take, ms. */
const BOUND_MS = 30_000;

/** Flags of `accept`. */
export interface AcceptFlags {
  readonly project?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Says yes to the new tests of a run that ended and waits for that: shows their difference, looks whether all files stand as they were
 * judged, and notes the yes in the run, which is accepted from then on. Where its work is wanted on a branch that could not be made when it
 * ended, that is made now.
 *
 * @param flags `yes` answers what is asked
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @throws {CommandError} exit code 2 for an unknown run, 3 for one that a yes does not make accepted, whose files changed since, or whose branch cannot be made, 4 where nobody said yes; a project or journal at work is exit code 8
 */
export default async function accept(this: CliContext, flags: AcceptFlags, id: string): Promise<void> {
  // Lines of JSON stand alone on standard output.
  const context = flags.json ? { ...this, stdout: this.stderr } : this;
  const run = readRun(findRun(this, id, { project: flags.project }), false);
  await withRun(run, async () => {
    const { root } = namedProject(context, run, flags.project);
    const { ending } = run.state.run;
    const tests = newTestsOf(run.state, run.journal);
    if (ending?.kind === "accepted") {
      const state = await commitRun(run, root);
      return tell(this, flags, { ...run, state }, { cause: ending.cause, tests, was: true });
    }
    const judged = withYes(run.state);
    if (judged === null) throw noneWaits(run);
    await whileHeld(this, root, async () => {
      await mustStand(run, root);
      for (const text of doubtTexts(run.state)) context.stdout.write(`${text}\n`);
      for (const { patch } of tests) context.stdout.write(patch);
      if (!flags.yes) mustAgree(context);
      // Whoever reads the tests may also save something.
      await mustStand(run, root);
      const yes: Fact = { type: "tests_accepted", ahead: false };
      const accepted = noteAfterEnd(run, { kind: "accepted", cause: judged.cause }, yes);
      // What could not be committed when it ended may be now.
      const state = await commitRun({ state: accepted, journal: run.journal }, root);
      tell(this, flags, { ...run, state }, { cause: judged.cause, tests, was: false });
    });
  });
}

function noneWaits({ id, state }: ReadRun): CommandError {
  const { ending } = state.run;
  const why = ending === null
    ? "it has not ended"
    : `it ended ${ending.kind}, and a yes does not change that: ${ending.cause}`;
  return new CommandError(
    EXIT.partial,
    `Run ${id} does not wait for a yes: ${sentence(oneLine(why, 600))} Go on with it: autonomy run --resume ${id}.`,
  );
}

async function mustStand({ id, state }: ReadRun, root: string): Promise<void> {
  const [first, ...more] = otherThanJudged(state, root);
  if (first === undefined || await standsOnBranch(state, root)) return;
  const also = more.length === 0 ? "" : ` and ${more.length} more`;
  throw new CommandError(
    EXIT.partial,
    `${oneLine(first)}${also} of ${
      oneLine(root)
    } is not as it was when run ${id} was judged, so a yes would be to something else. ` +
      `Nothing was noted. This executes the checks again and says the yes: autonomy run --resume ${id} --accept-tests.`,
  );
}

function mustAgree(context: CliContext): void {
  if (isYes(askPerson(context, "Is that what you wanted? [y/N]"))) return;
  throw new CommandError(EXIT.blocked, "Nothing was noted. Answer y, or give --yes.");
}

/** Whether all accepted work is committed, and the branch ends where the run left it: then the yes is to what stands there. */
async function standsOnBranch({ commits: { wanted, tip, why } }: ReadRun["state"], root: string): Promise<boolean> {
  if (wanted === null || tip === null || why !== null) return false;
  try {
    return await tipOf(new Git(root, AbortSignal.timeout(BOUND_MS)), wanted.branch) === tip;
  } catch {
    // Without git nobody can look: the files have to stand in the project then.
    return false;
  }
}

/** What is told of a run that is accepted. */
interface Accepted {
  readonly cause: string;
  readonly tests: readonly NewTest[];
  /** Whether it was so already. */
  readonly was: boolean;
}

function tell(context: CliContext, { json }: AcceptFlags, { id, state }: ReadRun, { cause, tests, was }: Accepted) {
  const project = state.run.info?.project ?? "";
  const branch = branchOf(state);
  const exit = state.commits.why === null ? EXIT.accepted : EXIT.partial;
  const [kind, run] = ["accepted", id] as const;
  context.stdout.write(
    json ? jsonLine({ type: "result", kind, cause, exit, run, project, newTests: tests, branch }) : [
      `Run ${id} is accepted${was ? " already" : ""}: ${oneLine(cause, 1000)}\n`,
      ...branchLines({ branch, kind, run }, context.command),
    ].join(""),
  );
  if (exit !== EXIT.accepted) context.endWith(exit);
}
