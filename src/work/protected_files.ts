import type { Languages } from "../languages/language.ts";
import { protectionOf } from "../languages/protection_of.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { ProtectedFile } from "../ports/workspace.ts";
import { isLinkMode } from "./file_state.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Finds the files of a project that judge the work.
 *
 * @param snapshot the project now
 * @param named words of the checks' commands: a file among them judges
 * @param isNew whether the run made a file
 * @returns files sorted by path; contents are kept
 */
export function protectedFilesIn(
  { entries }: Snapshot,
  languages: Languages,
  named: ReadonlySet<string>,
  isNew: (path: string) => boolean,
  blobs: BlobStore,
): readonly ProtectedFile[] {
  const inside = Object.values(languages).flatMap(({ files, testsIn }) =>
    testsIn === undefined ? [] : [{ files, testsIn }]
  );
  const found: ProtectedFile[] = [];
  for (const [path, { hash, mode }] of entries) {
    const whole = named.has(path) ? "loaded" as const : protectionOf(path, languages, isNew(path));
    if (whole !== null) {
      found.push({ path, hash, mode, as: whole });
      continue;
    }
    const language = isLinkMode(mode) ? undefined : inside.find(({ files }) => files.test(path));
    const bytes = language === undefined ? undefined : blobs.getBlob(hash);
    if (bytes !== undefined && language!.testsIn(new TextDecoder().decode(bytes)).length > 0) {
      found.push({ path, hash, mode, as: "inside" });
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}
