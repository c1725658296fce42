import { lstat } from "node:fs/promises";
import type { BigIntStats } from "node:fs";
import { join } from "node:path";
import type { BlobStore } from "../ports/blob_store.ts";
import { contentHash } from "./content_hash.ts";
import { bytesAt, type FileState, hashLargeFile, hashLargeFileNow, type Place, placeAt } from "./file_state.ts";

/** Bytes up to which a file's content is kept. */
export const MOST_FILE_BYTES = 5_000_000;

/**
 * Age a file's last change must have before its time stamp is trusted. Deno 2.9 gives `ctime` in whole seconds, so two
 * changes within one second look like one; the rest allows for the coarse clock of file systems.
 */
const SETTLED_NS = 1_100_000_000n;

/** What stands at a path, as it was looked at. */
export interface SeenFile extends FileState {
  /** Whether only its hash is known: no copy of it is kept, so it cannot be put back. */
  readonly uncopied?: true;
}

/** What becomes of a file that is looked at: its content is kept, or it is hashed alone. */
export type Look = "keep" | "hash";

/** Looks at the files of one project; a file that did not change is read once. */
export class SeenFiles {
  readonly #known = new Map<string, { readonly stamp: string; readonly file: SeenFile }>();

  /**
   * @param root absolute real path of the project
   * @param blobs where contents are kept
   */
  constructor(readonly root: string, readonly blobs: BlobStore) {}

  /**
   * Looks at a file or link.
   *
   * @param path relative to the project
   * @param look what becomes of it, by its size in bytes; null leaves it alone
   * @returns null when it went away meanwhile, `unkept` where it was left alone or cannot be read
   */
  async at(path: string, look: (bytes: bigint) => Look | null): Promise<SeenFile | "unkept" | null> {
    const place = join(this.root, path);
    // The asynchronous look lets the rest of the program breathe between files.
    const stat = await lstat(place, { bigint: true }).catch(() => null);
    if (stat === null || !stat.isFile() && !stat.isSymbolicLink()) return null;
    const how = stat.isFile() ? look(stat.size) : "keep";
    if (how === null) return "unkept";
    const known = this.#knownAs(path, stat, how);
    if (known !== null) return known;
    try {
      return this.#note(
        path,
        stat,
        how === "keep" ? this.#kept(place, stat) : uncopied(await hashOf(place, stat), stat),
      );
    } catch {
      // Unreadable for us, or gone since we looked: its content cannot be kept.
      return placeAt(place).kind === "nothing" ? null : "unkept";
    }
  }

  /**
   * Looks at once: a file that is too large to be kept is hashed alone, and only where it changed since the last look.
   *
   * @param path relative to the project, free of links but for its end
   * @param found what stands there
   */
  now(path: string, { stat }: Extract<Place, { kind: "file" | "link" }>): SeenFile {
    const place = join(this.root, path);
    if (!stat.isFile() || stat.size <= MOST_FILE_BYTES) return this.#kept(place, stat);
    return this.#knownAs(path, stat, "hash") ?? this.#note(path, stat, uncopied(hashLargeFileNow(place), stat));
  }

  #kept(place: string, stat: BigIntStats): SeenFile {
    const bytes = bytesAt(place, stat.isFile() ? "file" : "link");
    return { hash: this.blobs.putBlob(bytes), mode: Number(stat.mode) };
  }

  /** What is known of a file that has not changed since. */
  #knownAs(path: string, stat: BigIntStats, look: Look): SeenFile | null {
    const known = this.#known.get(path);
    return known?.stamp === stampOf(stat) && (look === "hash" || known.file.uncopied !== true) ? known.file : null;
  }

  #note(path: string, stat: BigIntStats, file: SeenFile): SeenFile {
    const age = BigInt(Date.now()) * 1_000_000n - stat.ctimeNs;
    if (age > SETTLED_NS) this.#known.set(path, { stamp: stampOf(stat), file });
    else this.#known.delete(path);
    return file;
  }
}

/** The hash of a file: a large one is read piece by piece. */
async function hashOf(place: string, { size }: BigIntStats): Promise<string> {
  return size > MOST_FILE_BYTES ? await hashLargeFile(place) : contentHash(bytesAt(place, "file"));
}

function uncopied(hash: string, stat: BigIntStats): SeenFile {
  return { hash, mode: Number(stat.mode), uncopied: true };
}

function stampOf({ ino, size, mtimeNs, ctimeNs, mode }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs} ${mode}`;
}
