import { diff3Merge } from "node-diff3";
import type { Draft, DraftFile } from "../../features/files/slice.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import { ToolError } from "../../ports/tool.ts";
import type { Layer, RunWorkspace } from "../../ports/workspace.ts";

/** Lines of a file up to which it is merged: comparing longer ones may take the square of them. */
const MOST_LINES = 20_000;

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
      const both = mergedText(file, hash, blobs);
      if (both === null) {
        conflicts.push(path);
        continue;
      }
      current = blobs.putBlob(both);
    }
    if (hash !== file.original) merged.push({ path, original: hash, current, mode: file.mode });
    layer.set(path, current === null ? null : { hash: current, mode: file.mode ?? theirs?.mode ?? 0o100644 });
  }
  if (conflicts.length === 0) return { layer, merged };
  throw new ToolError(
    `${
      conflicts.join(", ")
    } was changed by somebody else in the same lines since this attempt began: their change stands, and this work was not brought into the project.`,
  );
}

/** Both changes of a text; null where they do not go together. */
function mergedText({ original, current }: DraftFile, theirs: string | null, blobs: BlobStore): string | null {
  if (original === null || current === null || theirs === null) return null;
  const [base, mine, other] = [original, current, theirs].map((hash) => textOf(blobs, hash));
  if (
    base === null || mine === null || other === null || base === undefined || mine === undefined || other === undefined
  ) {
    return null;
  }
  const lists = [mine, base, other].map((text) => text.split("\n"));
  if (lists.some((list) => list.length > MOST_LINES)) return null;
  const parts = diff3Merge(lists[0]!, lists[1]!, lists[2]!, { excludeFalseConflicts: true });
  const lines: string[] = [];
  for (const part of parts) {
    if (part.ok === undefined) return null;
    lines.push(...part.ok);
  }
  return lines.join("\n");
}

/** Text of a blob; null where it is none. */
function textOf(blobs: BlobStore, hash: string): string | null {
  const bytes = blobs.getBlob(hash);
  if (bytes === undefined) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\u0000") ? null : text;
  } catch {
    return null;
  }
}
