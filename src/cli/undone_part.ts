import type { OwnedWrite, Owner } from "../features/files/owned_writes.ts";
import type { FileWork } from "../features/attempts/file_work.ts";
import { type PastWrite, waysBack } from "../work/ways.ts";
import type { WriteRecord } from "../work/write_record.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import type { ReadRun } from "./stored_run.ts";

/** Flags that name a part of a run's work. */
export interface PartFlags {
  readonly task?: string;
  readonly role?: string;
}

/**
 * Says which part of a run's work is meant.
 *
 * @returns whose work; null for all of the run
 * @throws {CommandError} exit code 2 for a task or role that the run does not have, with those that it has
 */
export function undonePart({ id, facts, state }: ReadRun, { task, role }: PartFlags): Owner | null {
  if (task === undefined && role === undefined) return null;
  const attempts = facts.flatMap((fact) => fact.type === "attempt_opened" ? [fact] : []);
  const tasks = new Set([...state.tasks.list.map(({ id }) => id), ...attempts.map((attempt) => attempt.task)]);
  const roles = new Set([...attempts.map((attempt) => attempt.role), ...state.run.crew.map((one) => one.role)]);
  if (task !== undefined) mustBeOf(id, "task", task, tasks);
  if (role !== undefined) mustBeOf(id, "role", role, roles);
  return { task: task ?? null, role: role ?? null };
}

function mustBeOf(run: string, what: string, name: string, known: ReadonlySet<string>): void {
  if (known.has(name)) return;
  const there = known.size === 0 ? `It has no ${what}s.` : `It has ${[...known].sort().join(", ")}.`;
  throw new CommandError(EXIT.usage, `Run ${run} has no ${what} ${name}. ${there}`);
}

/**
 * Sorts the writes of a run by what is to become of them.
 *
 * @param part whose work is to be taken back; null for all
 */
export function pastOf(writes: readonly OwnedWrite[], part: Owner | null): readonly PastWrite[] {
  if (part === null) return writes.map(({ write }) => ({ write, fate: "wanted" }));
  const past: PastWrite[] = [];
  for (const { write, takes, ...owner } of writes) {
    if (takes === null) {
      past.push({ write, fate: isOf(owner, part) ? "wanted" : "stays" });
      continue;
    }
    const took = new Set<WriteRecord>();
    for (const [index, one] of writes.slice(0, past.length).entries()) {
      if (one.write.path !== write.path || one.takes !== null || !isOf(one, takes)) continue;
      took.add(one.write);
      past[index] = { write: one.write, fate: "gone" };
    }
    past.push({ write, fate: "back", took });
  }
  return past;
}

/**
 * Says what a part of a run's work made of the files, as far as it was not taken back by itself: the way that an undo of it would go, forward.
 *
 * @param part whose work; null for all of the run
 * @returns files in the order of their first write; a file is there more than once where others wrote it in between
 */
export function workOfPart(writes: readonly OwnedWrite[], part: Owner | null): readonly FileWork[] {
  const ways = waysBack(pastOf(writes, part));
  return ways.flatMap(({ path, steps }) =>
    standing(steps.toReversed().map(({ from, to }) => ({ path, from: to, to: from })))
  ).filter(({ from, to }) => from?.hash !== to?.hash || from?.mode !== to?.mode);
}

/** The works of a file that stand: where one began as an earlier one did, what was between had been taken back, as an undo of all does without a note. */
function standing(works: readonly FileWork[]): readonly FileWork[] {
  const left: FileWork[] = [];
  for (const work of works) {
    const again = left.findIndex(({ from }) => from?.hash === work.from?.hash);
    if (again >= 0) left.length = again;
    left.push(work);
  }
  return left;
}

function isOf(owner: Owner, { task, role }: Owner): boolean {
  return (task === null || owner.task === task) && (role === null || owner.role === role);
}

/** Says a part of a run's work: `task T1`, `coding`, `coding at T1`. */
export function sayPart({ task, role }: Owner): string {
  if (role === null) return `task ${task}`;
  return task === null ? role : `${role} at ${task}`;
}
