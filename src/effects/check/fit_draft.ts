import { judgedAttempt } from "../../features/attempts/judged_attempt.ts";
import type { State } from "../../features/state.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { RunWorkspace } from "../../ports/workspace.ts";
import { type MergedDraft, mergeDraft } from "./merge_draft.ts";

/** What an attempt wrote, as a round of checks looks at it. */
export interface FittedDraft extends MergedDraft {
  /** `task.number`; null where the round is of no attempt that works in a copy. */
  readonly attempt: string | null;
  /**
   * Whether what was merged becomes the work of the attempt, and the verdict is one by which it can be applied. While its turn goes on its
   * copy stands as it was: what was merged counts for this look alone.
   */
  readonly isFinal: boolean;
}

/**
 * Fits what an attempt wrote to the project as a round of checks finds it.
 *
 * @param cause of the round
 */
export function fitDraft(
  state: State,
  cause: string,
  project: Pick<RunWorkspace, "stateOf">,
  blobs: BlobStore,
): FittedDraft {
  const name = judgedAttempt(state, cause);
  const { workspace = null, preferred = {} } = name === null ? {} : state.attempts.open[name]!;
  const draft = workspace === null ? {} : state.files.drafts[workspace] ?? {};
  const fitted = mergeDraft(draft, project, blobs, preferred);
  const isFinal = cause === name || fitted.merged.length + fitted.conflicts.length === 0;
  return { ...fitted, attempt: workspace === null ? null : name, isFinal };
}
