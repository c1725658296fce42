import { join } from "node:path";
import { doubtsOf } from "../features/evidence/agreed.ts";
import type { State } from "../features/state.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import { stateAt } from "../work/file_state.ts";
import { filePatch, type PatchSide } from "../work/git_patch.ts";

/** A test that a run made or changed, as it differs from what stood there before. */
export interface NewTest {
  /** Path relative to the project. */
  readonly path: string;
  /** Difference as git writes it. */
  readonly patch: string;
}

/** Contents by hash. */
type Contents = Pick<BlobStore, "getBlob">;

/** `st_mode` of a file of which nothing else is known. */
const PLAIN = 0o100644;

/**
 * Writes the differences of the new tests of a run, and of those in which it changed names.
 *
 * @param blobs contents of the run
 * @returns a difference for each test, by path
 */
export function newTestsOf({ evidence, files }: State, blobs: Contents): readonly NewTest[] {
  const side = (hash: string | null): PatchSide | null => {
    const bytes = hash === null ? undefined : blobs.getBlob(hash);
    return bytes === undefined ? null : { bytes, mode: PLAIN };
  };
  return Object.entries({ ...evidence.tests, ...evidence.renamed }).sort().map(([path, hash]) => ({
    path,
    patch: filePatch(path, side(files.byPath[path]?.original ?? null), side(hash), false).text,
  }));
}

/**
 * Says what beside new tests a yes is about: sentences, and differences of files that judge and changed while checks ran.
 *
 * @returns texts for people, in their order
 */
export function doubtTexts(state: State): readonly string[] {
  return [...doubtsOf(state), ...Object.values(state.protection.unsure)].filter((text) => text !== "");
}

/**
 * Looks which files do not stand as they were judged: those of the run, and those that judge it.
 *
 * @param root real path of the project
 * @returns their paths, sorted
 */
export function otherThanJudged({ files, protection, evidence }: State, root: string): readonly string[] {
  const wanted = new Map<string, string | null>();
  for (const { path, hash } of Object.values(protection.files ?? {})) wanted.set(path, hash);
  for (const [path, { original, current }] of Object.entries(files.byPath)) {
    if (original !== current || wanted.has(path)) wanted.set(path, current);
  }
  for (const [path, hash] of Object.entries(evidence.tests)) wanted.set(path, hash);
  // Of a file too large to be kept its hash is of its pieces: nobody reads it whole.
  for (const { path, uncopied } of Object.values(protection.files ?? {})) if (uncopied === true) wanted.delete(path);
  return [...wanted].filter(([path, hash]) => (stateAt(join(root, path))?.hash ?? null) !== hash)
    .map(([path]) => path).sort();
}
