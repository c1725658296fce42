import { join } from "node:path";
import { takeFolderLock, type WriterLock } from "../../run/writer_lock.ts";
import { openAside } from "../../plugin/live/aside.ts";
import type { OpenPlugin } from "../../plugin/load.ts";
import { removeLeft } from "../remove_left.ts";

/** Folder of the state folder that holds what plugins are loaded from while programs are at work. */
const FOLDER = "plugins";

/** Opens plugins from copies of a program's own. */
export interface PluginCopies {
  readonly open: OpenPlugin;
  /** Removes all of them. */
  close(): Promise<void>;
}

/**
 * Gives a program a folder for copies of plugins, made when the first one is opened; what killed programs left there is removed then.
 *
 * @param home the state folder; where nothing can be written there, the copies lie in the system's folder for what is temporary
 */
export function pluginCopies(home: string): PluginCopies {
  let opened: Promise<{ readonly folder: string; readonly lock: WriterLock }> | null = null;
  return {
    async open(place, bounds) {
      const { folder } = await (opened ??= openFolder(join(home, FOLDER)));
      return await openAside(folder)(place, bounds);
    },
    async close() {
      if (opened === null) return;
      const { folder, lock } = await opened;
      await Deno.remove(folder, { recursive: true }).catch(() => {}); // The next program removes what is left.
      lock.release();
    },
  };
}

async function openFolder(top: string) {
  let folder: string;
  try {
    await removeLeft(top);
    folder = join(top, crypto.randomUUID());
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  } catch {
    folder = await Deno.makeTempDir({ prefix: "autonomy-plugins-" });
  }
  return { folder, lock: takeFolderLock(folder) };
}
