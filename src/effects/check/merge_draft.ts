import type { Draft, DraftFile } from "../../features/files/slice.ts";
import { modeInProject } from "../../features/files/layer_of.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { Layer, RunWorkspace } from "../../ports/workspace.ts";
import { mergedText } from "../../work/merged_text.ts";

/** What an attempt wrote, as it fits to the project of now. */
export interface MergedDraft {
  /** What has to stand otherwise than in the project. */
  readonly layer: Layer;
  /** Files that were merged, or whose change the project holds by now. */
  readonly merged: readonly (DraftFile & { readonly path: string })[];
  /** Files that both changed in the same lines, or that one of them deleted; they are in neither. */
  readonly conflicts: readonly Conflict[];
}

/** A file that was changed by an attempt and by somebody else in the same lines. */
export interface Conflict {
  readonly path: string;
  /** Hash of what the project holds; null for no file. */
  readonly theirs: string | null;
  /** Hash of what the attempt made of it; null for no file. */
  readonly mine: string | null;
}

/**
 * Fits what an attempt wrote to the project, where somebody changed the same files since: both changes stand, where they are of other lines.
 *
 * @param preferred files of which the attempt's change takes the place of what stands there, by the hash of that
 */
export function mergeDraft(
  draft: Draft,
  project: Pick<RunWorkspace, "stateOf">,
  blobs: BlobStore,
  preferred: Readonly<Record<string, string | null>>,
): MergedDraft {
  const layer = new Map<string, { readonly hash: string; readonly mode: number } | null>();
  const merged: (DraftFile & { readonly path: string })[] = [];
  const conflicts: Conflict[] = [];
  for (const [path, file] of Object.entries(draft)) {
    const theirs = project.stateOf(path);
    const hash = theirs?.hash ?? null;
    let { current } = file;
    if (hash !== file.original && hash !== current && preferred[path] !== hash) {
      const both = bothChanges(file, hash, blobs);
      if (both === null) {
        conflicts.push({ path, theirs: hash, mine: current });
        continue;
      }
      current = blobs.putBlob(both);
    }
    if (hash !== file.original) merged.push({ path, original: hash, current, mode: file.mode });
    layer.set(path, current === null ? null : { hash: current, mode: modeInProject(file, theirs?.mode ?? null) });
  }
  return { layer, merged, conflicts };
}

/** Both changes of a text; null where they do not go together. */
function bothChanges({ original, current }: DraftFile, theirs: string | null, blobs: BlobStore): Uint8Array | null {
  const [base, mine, other] = [original, current, theirs].map((hash) =>
    hash === null ? undefined : blobs.getBlob(hash)
  );
  return base === undefined || mine === undefined || other === undefined ? null : mergedText(base, mine, other);
}
