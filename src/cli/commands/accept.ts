import { withYes } from "../../features/checks/judge_run.ts";
import type { Fact } from "../../features/fact.ts";
import { oneLine, sentence } from "../../kernel/say.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { askPerson, isYes } from "../ask_person.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { whileHeld } from "../hold_project.ts";
import { doubtTexts, type NewTest, newTestsOf, otherThanJudged } from "../new_tests.ts";
import { namedProject } from "../project_of_run.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";

/** Flags of `accept`. */
export interface AcceptFlags {
  readonly project?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Says yes to the new tests of a run that ended and waits for that: shows their difference, looks whether all files stand as they were
 * judged, and notes the yes in the run, which is accepted from then on.
 *
 * @param flags `yes` answers what is asked
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @throws {CommandError} exit code 2 for an unknown run, 3 for one that a yes does not make accepted or whose files changed since, 4 where nobody said yes; a project or journal at work is exit code 8
 */
export default async function accept(this: CliContext, flags: AcceptFlags, id: string): Promise<void> {
  // Lines of JSON stand alone on standard output.
  const context = flags.json ? { ...this, stdout: this.stderr } : this;
  const run = readRun(findRun(this, id, { project: flags.project }), false);
  await withRun(run, async () => {
    const { root } = namedProject(context, run, flags.project);
    const { ending } = run.state.run;
    const tests = newTestsOf(run.state, run.journal);
    if (ending?.kind === "accepted") return tell(this, flags, run, { cause: ending.cause, tests, was: true });
    const judged = withYes(run.state);
    if (judged === null) throw noneWaits(run);
    await whileHeld(this, root, () => {
      mustStand(run, root);
      for (const text of doubtTexts(run.state)) context.stdout.write(`${text}\n`);
      for (const { patch } of tests) context.stdout.write(patch);
      if (!flags.yes) mustAgree(context);
      // Whoever reads the tests may also save something.
      mustStand(run, root);
      note(run, judged.cause);
      return Promise.resolve(tell(this, flags, run, { cause: judged.cause, tests, was: false }));
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

function mustStand({ id, state }: ReadRun, root: string): void {
  const [first, ...more] = otherThanJudged(state, root);
  if (first === undefined) return;
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

/** Goes on with the run for the yes alone, so that its ending stays its last fact. */
function note({ journal, state }: ReadRun, cause: string): void {
  const facts: readonly Fact[] = [
    { type: "run_resumed", headless: state.run.info?.headless ?? true },
    { type: "tests_accepted", ahead: false },
    { type: "run_ended", kind: "accepted", cause },
  ];
  journal.append(facts, Date.now());
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
  context.stdout.write(
    json
      ? jsonLine({ type: "result", kind: "accepted", cause, exit: EXIT.accepted, run: id, project, newTests: tests })
      : `Run ${id} is accepted${was ? " already" : ""}: ${oneLine(cause, 1000)}\n`,
  );
}
