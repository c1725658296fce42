import { LANGUAGES } from "../../src/languages/languages.ts";
import type { BlobStore } from "../../src/ports/blob_store.ts";
import { dirname, join } from "node:path";
import { contentHash } from "../../src/work/content_hash.ts";
import { openWorkspace, type WorkspaceOptions } from "../../src/work/workspace.ts";
import type { RunWorkspace } from "../../src/ports/workspace.ts";

/** Blobs in memory, as the journal keeps them on disk. */
export function memoryBlobs(): BlobStore {
  const blobs = new Map<string, Uint8Array>();
  return {
    putBlob(content) {
      const hash = contentHash(content);
      blobs.set(hash, typeof content === "string" ? new TextEncoder().encode(content) : content);
      return hash;
    },
    getBlob: (hash) => blobs.get(hash),
  };
}

/**
 * Opens the real workspace on a new temporary folder with some files, without a journal, and removes the folder afterwards.
 *
 * @param files texts by path
 * @param use what is done with it
 * @param options checks and languages, where they are not those that are detected and built in
 */
export async function withWorkspace(
  files: Readonly<Record<string, string>>,
  use: (workspace: RunWorkspace) => Promise<void>,
  options: Pick<WorkspaceOptions, "checks"> & Partial<Pick<WorkspaceOptions, "languages">> = {},
): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "autonomy_workspace_" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    const recorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };
    await use(await openWorkspace({ languages: LANGUAGES, ...options, root, recorder, blobs: memoryBlobs() }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
