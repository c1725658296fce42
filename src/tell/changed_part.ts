/** A part of a run's work: all of it, what was done for a task, in an attempt, or by a role. */
export interface ChangedPart {
  /** `run`, `T1`, `T1.2` or the role. */
  readonly id: string;
  /** What it is in a few words, such as `T1.1 by coding, taken back`. */
  readonly says: string;
  /** Whose work it is, where it can be taken back by itself; null for an attempt. */
  readonly owner: { readonly task: string | null; readonly role: string | null } | null;
}

/** What is different in a file. */
export interface FileDifference {
  readonly path: string;
  readonly change: "made" | "changed" | "deleted";
  readonly added: number;
  readonly removed: number;
  /** Whether it is no text. */
  readonly isBinary: boolean;
  /** The difference as `git diff` writes it, with three lines around each change. */
  readonly text: string;
}

/** Says how many lines are different, such as `+3 −1`. */
export function sayLines({ added, removed, isBinary }: Pick<FileDifference, "added" | "removed" | "isBinary">): string {
  return isBinary ? "binary" : `+${added} −${removed}`;
}

/** All the lines that are different in some files. */
export function linesOf(files: readonly FileDifference[]): { readonly added: number; readonly removed: number } {
  return files.reduce(
    (sum, { added, removed }) => ({ added: sum.added + added, removed: sum.removed + removed }),
    { added: 0, removed: 0 },
  );
}
