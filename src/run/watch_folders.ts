import { dirname } from "node:path";

/** A watch over folders. */
export interface FolderWatch {
  /** Ends the watch. */
  close(): void;
}

/**
 * Watches folders, those below them left out; also one that is made, or made anew, later.
 *
 * @param folders absolute paths
 * @param changed gets the paths that something happened to; null where a folder came or went
 * @param failed hears why nothing can be watched any more
 * @returns the watch, to be closed
 * @throws where the system has no watch to give
 */
export function watchFolders(
  folders: readonly string[],
  changed: (paths: readonly string[] | null) => void,
  failed: (cause: unknown) => void,
): FolderWatch {
  let watcher: Deno.FsWatcher | null = null;
  const close = (): void => {
    watcher?.close();
    watcher = null;
  };
  const open = (): void => {
    let places: readonly string[];
    do {
      close();
      places = placesToWatch(folders);
      watcher = Deno.watchFs(places.map(pathOf), { recursive: false });
      // A folder that was made in between is not in it.
    } while (isOther(places, placesToWatch(folders)));
    follow(watcher, places).catch(failed);
  };
  const follow = async (events: Deno.FsWatcher, places: readonly string[]): Promise<void> => {
    for await (const { kind, paths } of events) {
      if (events !== watcher) return;
      if (kind === "access") continue;
      const isMoved = isOther(places, placesToWatch(folders));
      changed(isMoved ? null : paths);
      if (isMoved) return open();
    }
  };
  open();
  return { close };
}

/**
 * Finds what has to be watched so that each of some folders is seen, or its making: the folder, or the nearest one above it that is there.
 *
 * @returns paths, each with the number of its folder in the file system, so that one that was made anew is another
 */
function placesToWatch(folders: readonly string[]): readonly string[] {
  return [
    ...new Set(folders.map((folder) => {
      for (let path = folder;; path = dirname(path)) {
        const number = numberOf(path);
        if (number !== null || dirname(path) === path) return `${number ?? 0}:${path}`;
      }
    })),
  ].sort();
}

function pathOf(place: string): string {
  return place.slice(place.indexOf(":") + 1);
}

function isOther(places: readonly string[], now: readonly string[]): boolean {
  return places.join("\n") !== now.join("\n");
}

/** Number of a folder in its file system; null where there is none, or none for us to see. */
function numberOf(path: string): number | null {
  try {
    const { isDirectory, ino } = Deno.statSync(path);
    return isDirectory ? ino ?? 0 : null;
  } catch {
    return null;
  }
}
