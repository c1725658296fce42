import type { Stamped } from "../fact.ts";
import { EMPTY, evolve } from "../features.ts";
import type { State } from "../state.ts";
import type { AttemptVerdict } from "./facts.ts";
import type { Attempt } from "./slice.ts";

/** A file as an attempt found it or left it. */
export interface FoundFile {
  /** Hash of its content, which the journal keeps. */
  readonly hash: string;
  /** `st_mode`, type bits included. */
  readonly mode: number;
}

/** What an attempt made of a file. */
export interface FileWork {
  readonly path: string;
  /** What stood there, as the attempt knew it; null for no file. */
  readonly from: FoundFile | null;
  /** What it left; null where it deleted it. */
  readonly to: FoundFile | null;
}

/** The work of an attempt, whatever became of it. */
export interface AttemptWork {
  readonly task: string;
  readonly number: number;
  readonly role: string;
  /** null for one that never closed. */
  readonly verdict: AttemptVerdict | null;
  /** Checks of its task, and how many of them passed with its work. */
  readonly checks: number;
  readonly passing: number;
  /** Results that it broke. */
  readonly broke: number;
  /** What is different by it, sorted by path. */
  readonly files: readonly FileWork[];
}

/** `st_mode` of a file of which nothing else is known. */
const PLAIN = 0o100644;

/**
 * Collects what each attempt of a run did, also of those that were taken back or never stood in the project.
 *
 * @param facts all facts of the run
 * @returns attempts in the order in which they ended, those that are open last
 */
export function pastWork(facts: readonly Stamped[]): readonly AttemptWork[] {
  const found: AttemptWork[] = [];
  let state = EMPTY;
  for (const fact of facts) {
    if (fact.type === "attempt_closed") {
      const attempt = state.attempts.open[`${fact.task}.${fact.number}`];
      if (attempt !== undefined) found.push(workOf(state, attempt, fact.verdict, fact.broke.length));
    }
    state = evolve(state, fact);
  }
  return [...found, ...Object.values(state.attempts.open).map((attempt) => workOf(state, attempt, null, 0))];
}

/** The attempt whose work the checks said the best of: most of its task's checks passing, fewest results broken, the newest. */
export function bestOf(works: readonly AttemptWork[]): AttemptWork | null {
  const isBetter = (one: AttemptWork, best: AttemptWork) =>
    one.passing - best.passing || best.broke - one.broke || one.number - best.number;
  return works.reduce<AttemptWork | null>((best, one) => best === null || isBetter(one, best) > 0 ? one : best, null);
}

function workOf(state: State, attempt: Attempt, verdict: AttemptWork["verdict"], broke: number): AttemptWork {
  const { task, number, role, workspace } = attempt;
  const { checks = [] } = state.tasks.list.find(({ id }) => id === task) ?? {};
  const passed = new Set((attempt.after ?? []).filter((result) => result.passed).map(({ name }) => name));
  const files = workspace === null ? writtenBy(attempt) : draftedBy(state, attempt, workspace);
  return {
    ...{ task, number, role, verdict, broke },
    checks: checks.length,
    passing: checks.filter((name) => passed.has(name)).length,
    files: files.filter(({ from, to }) => from?.hash !== to?.hash || from?.mode !== to?.mode)
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** Of one that worked in the project: from what stood before its first write of a file to what its last one left. */
function writtenBy({ writes }: Attempt): FileWork[] {
  const files = new Map<string, FileWork>();
  for (const { path, before, after, modeBefore, modeAfter } of writes) {
    const from = files.has(path) ? files.get(path)!.from : fileOf(before, modeBefore);
    files.set(path, { path, from, to: fileOf(after, modeAfter ?? modeBefore) });
  }
  return [...files.values()];
}

/** Of one that worked in a copy: as the copy stood at its end, which was fitted to the project where that moved on. */
function draftedBy({ files }: State, { writes }: Attempt, workspace: string): FileWork[] {
  return Object.entries(files.drafts[workspace] ?? {}).map(([path, { original, current, mode }]) => {
    const known = writes.find((write) => write.path === path && write.modeBefore !== null)?.modeBefore ?? null;
    return { path, from: fileOf(original, known ?? mode), to: fileOf(current, mode ?? known) };
  });
}

function fileOf(hash: string | null, mode: number | null): FoundFile | null {
  return hash === null ? null : { hash, mode: mode ?? PLAIN };
}
