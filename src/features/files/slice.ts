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
  return kind === "check" || kind === "flip" || kind === "take_back";
}

/** What was written to the project. */
export interface FilesSlice {
  /** Hash of each written file, as it was before the run and as it is now. */
  readonly byPath: Readonly<Record<string, { readonly original: string | null; readonly current: string | null }>>;
  /** Writes that stand. */
  readonly kept: number;
  /** By key of the effect. */
  readonly writing: Readonly<Record<string, Writing>>;
}
