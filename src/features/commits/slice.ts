/** Accepted work in version control. */
export interface CommitsSlice {
  /** The branch that is wanted; null where none is. */
  readonly wanted: {
    readonly branch: string;
    /** Id of the commit that it begins at. */
    readonly base: string;
    /** Whether the project keeps the work, too. */
    readonly kept: boolean;
  } | null;
  /** Id of the commit that the branch ends at; null while it is not made. */
  readonly tip: string | null;
  /** Commits by their tasks, oldest first. */
  readonly made: readonly { readonly task: string; readonly commit: string }[];
  /** Why work could not be committed when that was tried last, in a sentence; null where it could. */
  readonly why: string | null;
}
