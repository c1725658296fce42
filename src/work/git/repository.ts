import { resolve } from "node:path";
import { placeAt } from "../file_state.ts";
import { type Git, NoGit } from "./git.ts";

/** The repository that a project stands in. */
export interface Repository {
  /** Where the project stands in it, with a closing `/`; empty for its top. */
  readonly prefix: string;
  /** Id of the commit that is checked out. */
  readonly head: string;
  /** The branch that is checked out; null where the head is detached. */
  readonly branch: string | null;
}

/** Why no branch can be made for a project. */
export interface NoBranch {
  /** A sentence without its first capital. */
  readonly fault: string;
  /** Whether there is no repository at all, or no git. */
  readonly isNone: boolean;
}

/** What is going on in a repository while a file of this name stands in its folder, and how it is ended. */
const GOING_ON: Readonly<Record<string, string>> = {
  MERGE_HEAD: "merge",
  "rebase-merge": "rebase",
  "rebase-apply": "rebase",
  CHERRY_PICK_HEAD: "cherry-pick",
  REVERT_HEAD: "revert",
};

/**
 * Finds the repository of a project, as one in which a branch can be made.
 *
 * @param git called in the project's folder
 * @param project its absolute path
 * @returns the repository, or why there is none or no branch can be made now
 */
export async function findRepository(git: Git, project: string): Promise<Repository | NoBranch> {
  try {
    const names = Object.keys(GOING_ON);
    const found = await git.call([
      ...["rev-parse", "--show-prefix", "--is-inside-work-tree"],
      ...names.flatMap((name) => ["--git-path", name]),
    ]);
    if (!found.ok) return noRepository(project, found.said);
    const [prefix = "", isInside, ...paths] = new TextDecoder().decode(found.bytes).replace(/\n$/, "").split("\n");
    if (isInside !== "true") return { fault: `${project} is no folder that git works in`, isNone: true };
    const going = names.find((_, index) => placeAt(resolve(project, paths[index] ?? "")).kind !== "nothing");
    if (going !== undefined) {
      const what = GOING_ON[going]!;
      const ends = `finish it (git ${what} --continue) or give it up (git ${what} --abort) first`;
      return { fault: `a ${what} is going on in the repository: ${ends}`, isNone: false };
    }
    const head = await git.call(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    if (!head.ok) {
      return {
        fault: "the repository has no commit yet that a branch could begin at: make the first one",
        isNone: false,
      };
    }
    const branch = await git.call(["symbolic-ref", "--quiet", "--short", "HEAD"]);
    return { prefix, head: head.text, branch: branch.ok ? branch.text : null };
  } catch (error) {
    if (error instanceof NoGit) return { fault: error.message, isNone: true };
    throw error;
  }
}

function noRepository(project: string, said: string): NoBranch {
  return said.includes("not a git repository")
    ? { fault: `${project} stands in no git repository`, isNone: true }
    : { fault: `git cannot be used in ${project}: ${said}`, isNone: false };
}

/**
 * Says why a branch of a name cannot be made.
 *
 * @param name as it was wanted
 * @returns a sentence, without its first capital; null where it can be made
 */
export async function branchFault(git: Git, name: string): Promise<string | null> {
  const ref = `refs/heads/${name}`;
  const isName = !name.startsWith("-") && name !== "HEAD" && (await git.call(["check-ref-format", ref])).ok;
  if (!isName) return `${JSON.stringify(name)} is no name for a branch: name one such as autonomy/json-flag`;
  const parents = ref.split("/").slice(2, -1).map((_, index) => ref.split("/").slice(0, index + 3).join("/"));
  const known = await git.must(["for-each-ref", "--format=%(refname)", ref, ...parents]);
  const names = new Set(known.text.split("\n"));
  if (names.has(ref)) return `the branch ${name} exists already: name another, or remove it (git branch -d ${name})`;
  const inWay = [...names].find((one) => parents.includes(one) || one.startsWith(`${ref}/`));
  if (inWay === undefined) return null;
  return `the branch ${name} cannot stand beside the branch ${inWay.slice("refs/heads/".length)}: name another`;
}

/**
 * Reads where a branch ends.
 *
 * @returns id of its last commit; null where there is no such branch
 */
export async function tipOf(git: Git, branch: string): Promise<string | null> {
  const tip = await git.call(["rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`]);
  return tip.ok ? tip.text : null;
}

/**
 * Reads which commits a run made on a branch, by the trailer `Autonomy-Run: RUN TASK` of their messages.
 *
 * @param base id of the commit that the branch began at
 * @param run id of the run
 * @returns the commits, oldest first; null where one of them is none of that run
 */
export async function commitsOfRun(
  git: Git,
  branch: string,
  base: string,
  run: string,
): Promise<readonly { readonly task: string; readonly commit: string }[] | null> {
  const format = "--format=%H %(trailers:key=Autonomy-Run,valueonly,separator=%x2C)";
  const log = await git.call(["log", "--reverse", format, `${base}..refs/heads/${branch}`]);
  if (!log.ok || log.text === "") return null;
  const found = log.text.split("\n").map((line) => line.split(" "));
  return found.every(([, of]) => of === run) ? found.map(([commit = "", , task = ""]) => ({ task, commit })) : null;
}

/** Whether another commit follows on a commit. */
export async function isFollowedBy(git: Git, commit: string, other: string): Promise<boolean> {
  return commit !== other && (await git.call(["merge-base", "--is-ancestor", commit, other])).ok;
}

/** Whether a branch is checked out, in the project or in another folder of the repository: nobody else may move it then. */
export async function isCheckedOut(git: Git, branch: string): Promise<boolean> {
  const folders = await git.must(["worktree", "list", "--porcelain"]);
  return folders.text.split("\n").includes(`branch refs/heads/${branch}`);
}
