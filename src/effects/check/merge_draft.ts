import type { Draft, DraftFile } from "../../features/files/slice.ts";
import { modeInProject } from "../../features/files/layer_of.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import { ToolError } from "../../ports/tool.ts";
import type { Layer, RunWorkspace } from "../../ports/workspace.ts";
import { mergedText } from "../../work/merged_text.ts";

/** What an attempt wrote, as it fits to the project of now. */
export interface MergedDraft {
  /** What has to stand otherwise than in the project. */
  readonly layer: Layer;
  /** Files that were merged, or whose change the project holds by now. */
  readonly merged: readonly (DraftFile & { readonly path: string })[];
}

/**
 * Fits what an attempt wrote to the project, where somebody changed the same files since: both changes stand, where they are of other lines.
 *
 * @throws {ToolError} where they are of the same lines, or one of them deleted the file
 */
export function mergeDraft(draft: Draft, project: RunWorkspace, blobs: BlobStore): MergedDraft {
  const layer = new Map<string, { readonly hash: string; readonly mode: number } | null>();
  const merged: (DraftFile & { readonly path: string })[] = [];
  const conflicts: string[] = [];
  for (const [path, file] of Object.entries(draft)) {
    const theirs = project.stateOf(path);
    const hash = theirs?.hash ?? null;
    let { current } = file;
    if (hash !== file.original && hash !== current) {
      const both = bothChanges(file, hash, blobs);
      if (both === null) {
        conflicts.push(path);
        continue;
      }
      current = blobs.putBlob(both);
    }
    if (hash !== file.original) merged.push({ path, original: hash, current, mode: file.mode });
    layer.set(path, current === null ? null : { hash: current, mode: modeInProject(file, theirs?.mode ?? null) });
  }
  if (conflicts.length === 0) return { layer, merged };
  throw new ToolError(
    `${
      conflicts.join(", ")
    } was changed by somebody else in the same lines since this attempt began: their change stands, and this work was not brought into the project.`,
  );
}

/** Both changes of a text; null where they do not go together. */
function bothChanges({ original, current }: DraftFile, theirs: string | null, blobs: BlobStore): Uint8Array | null {
  const [base, mine, other] = [original, current, theirs].map((hash) =>
    hash === null ? undefined : blobs.getBlob(hash)
  );
  return base === undefined || mine === undefined || other === undefined ? null : mergedText(base, mine, other);
}
