import type { State } from "../state.ts";
import type { Attempt } from "./slice.ts";

/** `st_mode` of a file of which nothing else is known. */
const PLAIN = 0o100644;

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

/**
 * Says what an attempt made of each file that it wrote, whether it worked in the project or in a copy.
 *
 * @returns files in the order of the first write; some may be as they were
 */
export function fileWorkOf(state: State, attempt: Attempt): readonly FileWork[] {
  return attempt.workspace === null ? writtenBy(attempt) : draftedBy(state, attempt, attempt.workspace);
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
