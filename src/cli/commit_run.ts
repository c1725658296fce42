import { pastWork } from "../features/attempts/past_work.ts";
import { evolve } from "../features/features.ts";
import { setupWork } from "../features/setup/setup_work.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import type { Journal } from "../run/journal.ts";
import { commitMessage } from "../tell/commit_message.ts";
import { commitTasks, type Made, NotCommitted, type TaskCommit, type TaskFile } from "../work/git/commit_tasks.ts";
import { Git } from "../work/git/git.ts";
import { commitsOfRun, findRepository, isCheckedOut, isFollowedBy, tipOf } from "../work/git/repository.ts";

/** Most time that committing the work of a run may take, ms. */
const BOUND_MS = 300_000;

/** A run that ended, and its journal, open for writing. */
export interface EndedRun {
  readonly state: State;
  readonly journal: Journal<Fact>;
}

/**
 * Commits the accepted tasks of a run that ended on the branch that was wanted, one commit each, and notes that, or why it could not be, in
 * the run: it is gone on with for that long and ends again as it did. The project, the person's index and their branch stay as they are.
 *
 * @param project real path of its project, where it is another than the run began in
 * @returns the state with what was noted; as it was where no branch is wanted, the run has not ended, or nothing new was accepted
 */
export async function commitRun(
  { state, journal }: EndedRun,
  project: string = state.run.info?.project ?? "",
): Promise<State> {
  const { wanted } = state.commits;
  if (wanted === null || state.run.ending === null) return state;
  const tasks = tasksToCommit(state, [...journal.read()]);
  if (tasks.length === 0) return state;
  const { branch } = wanted;
  const fact = await factOf({ state, journal }, project, branch, tasks);
  if (fact === null) return state;
  const noted = noteAfterEnd({ state, journal }, state.run.ending, fact);
  // What a kill kept from being noted is found one time, the rest is made the next.
  return noted.commits.made.length > state.commits.made.length
    ? await commitRun({ state: noted, journal }, project)
    : noted;
}

/** Whether accepted work of a run that ended waits for the branch that is wanted. */
export function waitsForCommit({ state, journal }: EndedRun): boolean {
  return state.commits.wanted !== null && tasksToCommit(state, [...journal.read()]).length > 0;
}

/** How a run ends. */
type Ending = Omit<NonNullable<State["run"]["ending"]>, "at">;

/**
 * Notes something in a run that ended: it is gone on with for that long, so that its ending stays its last fact.
 *
 * @param ending how it ends then
 * @returns the state with what was noted
 */
export function noteAfterEnd(
  { state, journal }: EndedRun,
  { kind, cause, spent }: Ending,
  ...facts: readonly Fact[]
): State {
  const around: readonly Fact[] = [
    { type: "run_resumed", headless: state.run.info?.headless ?? true },
    ...facts,
    { type: "run_ended", kind, cause, ...(spent === undefined ? {} : { spent }) },
  ];
  return journal.append(around, Date.now()).reduce(evolve, state);
}

async function factOf(
  { state, journal }: EndedRun,
  project: string,
  branch: string,
  tasks: readonly TaskCommit[],
): Promise<Fact | null> {
  try {
    const made = await committed({ state, journal }, project, branch, tasks);
    if (typeof made === "string") return { type: "work_uncommitted", branch, why: made };
    const last = made.at(-1);
    if (last !== undefined) {
      return { type: "work_committed", branch, tip: last.commit, commits: made.map((one) => ({ ...one })) };
    }
    // Beside other commits a task that changed nothing of what git keeps needs none.
    if (state.commits.made.length > 0) return null;
    return { type: "work_uncommitted", branch, why: "the accepted work changed no file that git keeps" };
  } catch (error) {
    return { type: "work_uncommitted", branch, why: reasonOf(error) };
  }
}

/** Makes the commits and then the branch; a sentence says why not. */
async function committed(
  { state, journal }: EndedRun,
  project: string,
  branch: string,
  tasks: readonly TaskCommit[],
) {
  const git = new Git(project, AbortSignal.timeout(BOUND_MS));
  const repository = await findRepository(git, project);
  if ("fault" in repository) return repository.fault;
  const { tip, wanted } = state.commits;
  const now = await tipOf(git, branch);
  // Nobody's commits are left behind, and nobody's folder stands on another commit than it did.
  if (now !== tip) {
    return await madeBefore(git, state) ??
      `the branch ${branch} is not as this run left it: somebody else made or moved it`;
  }
  const { prefix, head } = repository;
  const on = (parent: string) => commitTasks(tasks, { git, blobs: journal, prefix, parent });
  const begin = tip ?? wanted?.base ?? head;
  const made = await on(begin).catch(async (error) => {
    // Whoever was told to commit their own changes first has done it since: the work follows on that.
    if (!(error instanceof NotCommitted) || tip !== null || !await isFollowedBy(git, begin, head)) throw error;
    const after = await on(head);
    return after.length > 0 ? after : `commit ${head.slice(0, 12)}, which is checked out, holds the work already`;
  });
  if (typeof made === "string") return made;
  const last = made.at(-1);
  if (last === undefined) return made;
  if (now !== null && await isCheckedOut(git, branch)) {
    return `the branch ${branch} is checked out, so it stays as it is`;
  }
  const moved = ["update-ref", "-m", `autonomy: run ${state.run.info?.id}`, `refs/heads/${branch}`, last.commit];
  await git.must([...moved, now ?? "0".repeat(last.commit.length)]);
  return made;
}

/** Commits of this run that it could not note any more, since the program was killed; null where there are others on the branch. */
async function madeBefore(git: Git, { run, commits: { wanted, made } }: State): Promise<readonly Made[] | null> {
  if (wanted === null || run.info === null) return null;
  const found = await commitsOfRun(git, wanted.branch, wanted.base, run.info.id);
  const known = new Set(made.map(({ commit }) => commit));
  const more = found?.filter(({ commit }) => !known.has(commit)) ?? [];
  return more.length === 0 ? null : more;
}

/**
 * The accepted tasks that are not committed yet, in the order in which their work was kept; a test that came before its work stands in the
 * commit of that. A task is there twice where another one wrote the same file between two of its works.
 */
function tasksToCommit(state: State, facts: readonly Stamped[]): readonly TaskCommit[] {
  const known = new Set(state.commits.made.map(({ task }) => task));
  const done = new Set(state.tasks.list.filter(({ status }) => status === "done").map(({ id }) => id));
  const kept = pastWork(facts).filter(({ task, verdict, files }) =>
    verdict === "kept" && files.length > 0 && done.has(task) && !known.has(task)
  );
  const isTest = (id: string) => state.tasks.list.some((task) => task.id === id && task.kind === "test");
  const order = [...new Set(kept.map(({ task }) => task))].filter((id) => !isTest(id));
  const workOf = new Map(order.flatMap((task) => [[task, task], [testOf(state, task) ?? task, task]]));
  const groups: { readonly task: string; readonly files: TaskFile[] }[] = [];
  const tests = new Map<string, readonly TaskFile[]>();
  for (const { task: of, files } of kept) {
    const task = workOf.get(of);
    if (task === undefined) continue;
    const last = groups.findLastIndex((one) => one.task === task);
    if (last < 0 && isTest(of)) {
      tests.set(task, [...tests.get(task) ?? [], ...files]);
      continue;
    }
    const paths = new Set(files.map(({ path }) => path));
    const isOver = groups.slice(last + 1).some((one) => one.files.some(({ path }) => paths.has(path)));
    if (last >= 0 && !isOver) groups[last]!.files.push(...files);
    else groups.push({ task, files: last < 0 ? [...tests.get(task) ?? [], ...files] : [...files] });
  }
  // The first commit of a new project holds what it was set up with.
  const begun = known.size === 0 ? setupFiles(facts) : [];
  return groups.map(({ task, files: own }, index) => {
    const files = index === 0 ? [...begun, ...own] : own;
    return { task, files, message: commitMessage(state, task, files.map(({ path }) => path)) };
  });
}

function setupFiles(facts: readonly Stamped[]): readonly TaskFile[] {
  const side = (hash: string | null, mode: number | null) => hash === null ? null : { hash, mode: mode ?? 0o100644 };
  return setupWork(facts).map(({ path, before, after, modeBefore, modeAfter }) => (
    { path, from: side(before, modeBefore), to: side(after, modeAfter) }
  ));
}

/** The task that wrote the test by which a task is judged; null where none did. */
function testOf({ tasks }: State, id: string): string | null {
  const { criterion, test } = tasks.list.find((task) => task.id === id) ?? {};
  if (test === undefined) return null;
  return tasks.list.find((task) => task.kind === "test" && task.criterion === criterion)?.id ?? null;
}
