import type { Fact } from "../features/fact.ts";
import { sentence } from "../kernel/say.ts";
import { branchFault, findRepository } from "../work/git/repository.ts";
import { Git } from "../work/git/git.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import type { KnownRun } from "./known_run.ts";
import type { Situation } from "./situation.ts";

/** Characters of the goal's words in the name of a branch. */
const MOST_WORDS = 40;

/** A run whose work may be committed. */
export interface BranchRun {
  readonly run: string;
  readonly goal: string;
  /** Whether the project keeps the work once it is committed. */
  readonly kept: boolean;
}

/**
 * Says on which branch the accepted work of a run is to be committed.
 *
 * @param signal ends the look at the repository
 * @returns the fact that says so, or, where only the configuration wants one and none can be made, one that tells the person why; nothing where none is wanted
 * @throws {CommandError} exit code 2 where the command line wants one and none can be made
 */
export async function wantedBranch(
  { project, config: { git: settings } }: Situation,
  { run, goal, kept }: BranchRun,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  if (!settings.commit.value) return [];
  const git = new Git(project, signal);
  const branch = branchName(settings.branch.value, goal, run);
  const repository = await findRepository(git, project);
  const fault = "fault" in repository ? repository.fault : await branchFault(git, branch);
  if (!("fault" in repository) && fault === null) {
    return [{ type: "branch_wanted", branch, base: repository.head, kept }];
  }
  const said = sentence(`no branch can be made for the work: ${fault}`);
  if (settings.commit.origin.startsWith("--")) {
    throw new CommandError(
      EXIT.usage,
      kept ? `${capital(said)} Or leave ${settings.commit.origin} out.` : capital(said),
    );
  }
  return [{ type: "person_told", text: `${capital(said)} The work will stand in the project alone.`, cause: "start" }];
}

/**
 * Says on which branch the accepted work of a run that goes on is to be committed: on the one that it has, else on one that is wanted now.
 *
 * @param known what the run's facts say
 * @param run its id
 * @returns as {@link wantedBranch}
 * @throws {CommandError} exit code 2 where the command line names another than it has, and as {@link wantedBranch}
 */
export async function branchAtResume(
  situation: Situation,
  known: Pick<KnownRun, "branch" | "goal">,
  run: string,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const { branch } = situation.config.git;
  if (known.branch === null) return await wantedBranch(situation, { run, goal: known.goal, kept: true }, signal);
  if (branch.origin !== "--branch" || branch.value === known.branch) return [];
  throw new CommandError(
    EXIT.usage,
    `Run ${run} has the branch ${known.branch} for its work, not ${branch.value}. Leave --branch out.`,
  );
}

/**
 * Names the branch of a run.
 *
 * @param pattern name in which `{goal}` and `{run}` stand for something
 * @returns such as `autonomy/add-a-json-flag-3fa2`
 */
export function branchName(pattern: string, goal: string, run: string): string {
  const words = goal.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let slug = "";
  for (const word of words) {
    if (slug.length + word.length >= MOST_WORDS) break;
    slug += slug === "" ? word : `-${word}`;
  }
  const parts: Readonly<Record<string, string>> = {
    goal: slug === "" ? "work" : slug,
    run: run.split("-").at(-1) ?? run,
  };
  return pattern.replace(/\{(goal|run)\}/g, (_, name) => parts[name] ?? "");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
