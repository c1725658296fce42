import { entriesOf, second, secondOf } from "./looks.ts";

/** Entries that are remembered of all folders, so that a very large copy does not fill the memory. */
const MOST_ENTRIES = 200_000;

/** What was in a folder, and what the folder looked like from outside. */
interface Listing {
  readonly ino: number | null;
  readonly changedAt: number;
  readonly entries: readonly Deno.DirEntry[];
}

/**
 * What is in the folders of a copy. An entry that comes, goes or becomes something else changes the time of its folder: where that is as it
 * was, what was listed before holds. To list the folders of a large copy again takes longer than all else that is done with them.
 */
export class Listings {
  readonly #known = new Map<string, Listing>();
  #entries = 0;

  /**
   * Says what is in a folder.
   *
   * @param path of it, in the copy
   * @param look what it looks like now, before it is listed; null where nothing stands there
   * @param place absolute path of it
   * @returns its entries; none where it is gone or closed to us
   */
  of(path: string, look: Deno.FileInfo | null, place: string): readonly Deno.DirEntry[] {
    const known = this.#known.get(path);
    const changedAt = look?.ctime?.getTime() ?? -1;
    if (known !== undefined && look !== null && known.ino === look.ino && known.changedAt === changedAt) {
      return known.entries;
    }
    this.#forget(path);
    const entries = [...entriesOf(place)];
    // What changes in it within the second of its last change would not show in its time.
    const isSettled = look !== null && look.ctime !== null && secondOf(look) < second(Date.now());
    if (isSettled && this.#entries + entries.length <= MOST_ENTRIES) {
      this.#known.set(path, { ino: look.ino, changedAt, entries });
      this.#entries += entries.length;
    }
    return entries;
  }

  /** Forgets all folders but these. */
  keepOnly(folders: ReadonlySet<string>): void {
    for (const path of this.#known.keys()) if (!folders.has(path)) this.#forget(path);
  }

  #forget(path: string): void {
    this.#entries -= this.#known.get(path)?.entries.length ?? 0;
    this.#known.delete(path);
  }
}
