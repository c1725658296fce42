import { createHash } from "node:crypto";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { importedPaths, isModule } from "../imported_paths.ts";

/** Most files, and most bytes, of one plugin: far more than one needs, and no folder full of data. */
const MOST_FILES = 2_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Digits of a version. */
const VERSION_DIGITS = 8;

/** The program's own modules, such as the door: no plugin's, whoever imports them. */
const OWN_MODULES = fileURLToPath(new URL("../../", import.meta.url));

/** All that one version of a plugin is made of, as it was read. */
export interface PluginFiles {
  /** Absolute path of its module. */
  readonly path: string;
  /** Contents by absolute path, in the order of paths; null for a file that is imported and not there. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  /** First digits of the SHA-256 over all of them. */
  readonly version: string;
}

/**
 * Reads a plugin: its module with the files that it imports by relative path, what those import, and the Markdown that they name and that lies
 * beside them; where it is the `mod.ts` of a folder, all of that folder. What begins with a point, and `node_modules`, is passed over there.
 *
 * @param path absolute path of its module
 * @throws where its module cannot be read, and where it is larger than a plugin may be
 */
export async function readPluginFiles(path: string): Promise<PluginFiles> {
  const reading = new Reading();
  if (basename(path) === "mod.ts") await reading.addFolder(dirname(path));
  await reading.addModule(path);
  if (reading.found.get(path) === null) {
    throw new Deno.errors.NotFound(`The plugin ${path} is gone. Put it back, or leave it out.`);
  }
  const files = new Map([...reading.found].sort(([one], [other]) => one < other ? -1 : 1));
  const hash = createHash("sha256");
  for (const [file, bytes] of files) {
    // Where the plugin lies is no part of what it is.
    hash.update(`${relative(dirname(path), file)}\n${bytes?.length ?? "absent"}\n`).update(bytes ?? "");
  }
  return { path, files, version: hash.digest("hex").slice(0, VERSION_DIGITS) };
}

/** A text of a plugin's that it names, such as the prompt of a specialist. */
const NAMED_TEXT = /["'`]([^"'`\n]+\.md)["'`]/g;

/** Whether an import is of a plugin's own files: it was written as a relative path, and does not mean the program. */
export function isOwnImport(specifier: string, path: string): boolean {
  return specifier.startsWith(".") && !path.startsWith(OWN_MODULES);
}

class Reading {
  readonly found = new Map<string, Uint8Array | null>();
  #bytes = 0;

  async addFolder(folder: string): Promise<void> {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (name.startsWith(".") || name === "node_modules") continue;
      const path = join(folder, name);
      if (isDirectory) await this.addFolder(path);
      else await this.addModule(path);
    }
  }

  /** Adds a file, and where it is a module what it imports. */
  async addModule(path: string): Promise<void> {
    if (this.found.has(path)) return;
    const bytes = await bytesOf(path);
    this.#bytes += bytes?.length ?? 0;
    if (this.found.size >= MOST_FILES || this.#bytes > MOST_BYTES) {
      throw new Error(
        `A plugin may have ${MOST_FILES} files and ${MOST_BYTES / 1024 / 1024} MB, and this one has more. ` +
          "Move what is no part of it elsewhere.",
      );
    }
    this.found.set(path, bytes);
    if (bytes === null || !isModule(path)) return;
    const text = new TextDecoder().decode(bytes);
    for (const [, name = ""] of text.matchAll(NAMED_TEXT)) await this.#addNamed(join(dirname(path), name));
    for (const imported of importedPaths(path, text)) {
      if (isOwnImport(imported.specifier, imported.path)) await this.addModule(imported.path);
    }
  }

  /** Adds a text that a module names and that lies beside it. */
  async #addNamed(path: string): Promise<void> {
    if (this.found.has(path)) return;
    const bytes = await bytesOf(path);
    if (bytes !== null) this.found.set(path, bytes);
  }
}

/** What a file holds; null where there is none. */
async function bytesOf(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (
      cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.IsADirectory ||
      cause instanceof Deno.errors.NotADirectory
    ) return null;
    throw cause;
  }
}
