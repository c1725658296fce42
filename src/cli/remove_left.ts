import { join } from "node:path";
import { takeFolderLock } from "../run/writer_lock.ts";

/**
 * Removes folders that killed programs left: nobody holds them.
 *
 * @param top absolute path of the folder that they lie in
 */
export async function removeLeft(top: string): Promise<void> {
  for (const name of namesIn(top)) {
    const folder = join(top, name);
    try {
      const lock = takeFolderLock(folder);
      try {
        await Deno.remove(folder, { recursive: true });
      } finally {
        lock.release();
      }
    } catch {
      // A run is at work there, or it is not ours to remove.
    }
  }
}

function namesIn(top: string): readonly string[] {
  try {
    return [...Deno.readDirSync(top)].map(({ name }) => name);
  } catch {
    return []; // Nothing was ever put there.
  }
}
