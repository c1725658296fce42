import type { WriteFact } from "../../effects/write_fact.ts";

/** What an open effect is writing. */
export interface Writing {
  /** A write that was opened and not closed yet. */
  readonly write: WriteFact | null;
  /** Files it has written. */
  readonly written: readonly string[];
  /** A command that was opened and not closed yet. */
  readonly command: {
    readonly words: readonly string[];
    readonly snapshot: string;
    /** Files that stand otherwise while it runs. */
    readonly arranged?: readonly { readonly path: string; readonly hash: string | null }[];
  } | null;
}

/** An effect that has written nothing. */
export const NO_WRITING: Writing = { write: null, written: [], command: null };

/** Kinds of effects whose own writes are no work: they make results no staler and do not count as kept. */
export function isBesideWork(kind: string): boolean {
  return ["check", "flip", "take_back", "prove", "launch"].includes(kind);
}

/** Whether writes of a kind of effect make what the checks said stale: those of {@link isBesideWork} do not, nor what is applied as it was judged. */
export function makesStale(kind: string): boolean {
  return kind !== "apply" && !isBesideWork(kind);
}

/** A file that an attempt wrote in its copy of the project. */
export interface DraftFile {
  /** Hash of what the project holds, as the attempt knows it; null for no file. */
  readonly original: string | null;
  /** Hash of what the attempt made of it; null where it deleted it. */
  readonly current: string | null;
  /** `st_mode` of it; null where it is deleted or that is not known. */
  readonly mode: number | null;
  /** `st_mode` that it had before the attempt; absent or null where there was no such file or that is not known. */
  readonly modeBefore?: number | null;
}

/** What an attempt wrote in its copy of the project, by path. */
export type Draft = Readonly<Record<string, DraftFile>>;

/** What was written to the project. */
export interface FilesSlice {
  /** Hash of each written file, as it was before the run and as it is now. */
  readonly byPath: Readonly<Record<string, { readonly original: string | null; readonly current: string | null }>>;
  /** What stands in copies of the project and not in the project, by id of the workspace. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Whether the last that was done to them is an undo by a person, of all the work or a part. */
  readonly undone: boolean;
  /** Writes that stand. */
  readonly kept: number;
  /** By key of the effect. */
  readonly writing: Readonly<Record<string, Writing>>;
}
