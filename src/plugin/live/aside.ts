import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { isModule, withImports } from "../imported_paths.ts";
import { openModule, type OpenPlugin } from "../load.ts";
import { isOwnImport, type PluginFiles, readPluginFiles } from "./plugin_files.ts";

/** A copy of one version of a plugin, beside what its files become later. */
export interface Aside {
  /** Absolute path of the module in it. */
  readonly module: string;
  /** Absolute path of the folder that holds all of it. */
  readonly folder: string;
  /** Says of a text that names files of the copy the same of the plugin's own. */
  inOwnPlaces(text: string): string;
  /** Removes it. */
  remove(): Promise<void>;
}

/** Numbers copies: a module that was imported once is not read again, so each copy is another. */
let copies = 0;

/**
 * Copies a version of a plugin into a folder, so that what is loaded from there has the helper files of that version and is not changed by a
 * save. Files keep their places to each other.
 *
 * @param plugin its files as they were read
 * @param folder folder for copies, made where it is missing
 */
export async function copyAside(plugin: PluginFiles, folder: string): Promise<Aside> {
  const paths = [...plugin.files.keys()];
  const top = commonFolder(paths);
  const copy = join(folder, `${plugin.version}-${++copies}`);
  const placeOf = (path: string) => join(copy, relative(top, path));
  for (const [path, bytes] of plugin.files) {
    if (bytes === null) continue;
    await Deno.mkdir(dirname(placeOf(path)), { recursive: true, mode: 0o700 });
    await Deno.writeFile(placeOf(path), isModule(path) ? withPlaces(path, bytes) : bytes);
  }
  const url = pathToFileURL(copy).href;
  return {
    module: placeOf(plugin.path),
    folder: copy,
    inOwnPlaces: (text) => text.replaceAll(url, pathToFileURL(top).href).replaceAll(copy, top),
    remove: () => Deno.remove(copy, { recursive: true }).catch(() => {}), // The folder that it lies in goes, too.
  };
}

/** A module whose imports of what is not copied with it name that by its own place. */
function withPlaces(path: string, bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const placed = withImports(
    path,
    text,
    (imported) =>
      !imported.specifier.startsWith(".") || isOwnImport(imported.specifier, imported.path)
        ? null
        : pathToFileURL(imported.path).href,
  );
  return new TextEncoder().encode(placed);
}

/** The deepest folder that all files lie in. */
function commonFolder(paths: readonly string[]): string {
  const [first = "/"] = paths;
  let folder = dirname(first);
  while (dirname(folder) !== folder && !paths.every((path) => path.startsWith(`${folder}/`))) folder = dirname(folder);
  return folder;
}

/**
 * Opens plugins in this process from copies: each version has the helper files that it was saved with.
 *
 * @param folder folder for copies; a plugin's copy goes when its offer is closed
 */
export function openAside(folder: string): OpenPlugin {
  return async (place, bounds) => {
    const files = await readPluginFiles(place.path);
    const copy = await copyAside(files, folder);
    try {
      const offer = await openModule({ ...place, version: files.version }, bounds, copy);
      return { ...offer, close: copy.remove };
    } catch (error) {
      await copy.remove();
      throw error;
    }
  };
}
