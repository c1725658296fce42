import { dirname, join } from "node:path";

/** Most folders that are watched below one of plugins. */
const MOST_FOLDERS = 200;

/**
 * Names the folders in which something may happen to plugins: those that they lie in, all below them, and where files lie that they are made
 * of.
 *
 * @param folders folders of plugins, which need not exist
 * @param files files that plugins are made of
 */
export function foldersToWatch(folders: readonly string[], files: readonly string[]): readonly string[] {
  return [...new Set([...folders, ...folders.flatMap(foldersBelow), ...files.map((path) => dirname(path))])];
}

function foldersBelow(top: string): readonly string[] {
  const found: string[] = [];
  const pending = [top];
  for (let folder = pending.pop(); folder !== undefined && found.length < MOST_FOLDERS; folder = pending.pop()) {
    for (const name of foldersIn(folder)) {
      found.push(join(folder, name));
      pending.push(join(folder, name));
    }
  }
  return found;
}

function foldersIn(folder: string): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
      isDirectory && !name.startsWith(".") && name !== "node_modules" ? [name] : []
    );
  } catch {
    return []; // It is not there, or gone since.
  }
}
