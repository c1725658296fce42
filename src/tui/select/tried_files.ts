import type { ChangedFile, Scene } from "../panel.ts";
import { patchRows } from "./patch_rows.ts";
import { newestChanges } from "./tries.ts";

/** Says which line a difference changes first, from 1. */
export function firstLineOf(patch: string | null): number {
  const row = patchRows(patch ?? "").find((row) => row.kind === "line" && row.sign !== " ");
  return row?.kind === "line" ? Math.max(1, row.number) : 1;
}

/** Lists the files that the newest try of a role changed. */
export function triedFiles({ state, store }: Pick<Scene, "state" | "store">, role: string): readonly ChangedFile[] {
  return newestChanges(state, role).map((change) => {
    const patch = store.difference(change);
    return { path: change.path, patch, line: firstLineOf(patch) };
  });
}
