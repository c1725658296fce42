import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { importedPaths, isModule } from "./imported_paths.ts";

/** Most files, and most bytes, of one plugin: far more than code needs. */
const MOST_FILES = 500;
const MOST_BYTES = 32 * 1024 * 1024;

/** Names in a plugin folder that are no plugins by themselves, so that plugins may share them. */
const SHARED = /^_|\.(?!(?:tsx?|m?js)$)[^.]+$/;

/** Digits of a version. */
const VERSION_DIGITS = 8;

/** A text that a module names, such as the prompt of a specialist. */
const NAMED_TEXT = /["'`]([^"'`\n]+\.md)["'`]/g;

/** All files of a plugin as they are now. */
export interface PluginFiles {
  /** Absolute path of its module. */
  readonly path: string;
  /** Folder that their paths are relative to. */
  readonly root: string;
  /** Its module. */
  readonly module: string;
  /** Content by path, sorted. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 of their paths and contents. */
  readonly hash: string;
  /** First digits of that: the name of this version. */
  readonly version: string;
  /** Absolute paths of the files, and of those that are imported and not there yet: a change of any makes another version. */
  readonly places: readonly string[];
  /** Whether a word stands in one of them. */
  speaksOf(word: string): boolean;
}

/** The files of a plugin with their content, by absolute path. */
export function filesByPlace({ root, files }: PluginFiles): ReadonlyMap<string, Uint8Array> {
  return new Map([...files].map(([name, bytes]) => [join(root, name), bytes]));
}

/**
 * Reads all that a plugin is made of: of a folder with `mod.ts` everything in it, beside that what its modules import from the plugin folder, or
 * for a project's plugin from the project, what that imports, and the Markdown that they name and that lies beside them. Nothing of another plugin is a part of it, and nothing that a link leads to
 * elsewhere: an import of such a file fails when the plugin is loaded.
 *
 * @param path absolute path of its module
 * @param project folder that all of its imports may come from, of which the trust knows them; null where it is not a project's plugin
 * @throws where it cannot be read or is too large, with a sentence
 */
export function readPluginFiles(path: string, project: string | null = null): PluginFiles {
  const own = basename(path) === "mod.ts" ? dirname(path) : null;
  const shelf = dirname(own ?? path);
  const root = project !== null && isInside(project, path) ? project : shelf;
  const reading = new Reading({ root, shelf, own, module: path });
  reading.add(path);
  if (own !== null) reading.addFolder(own);
  reading.addImported();
  if (!reading.files.has(relative(root, path))) {
    throw new Deno.errors.NotFound(`The plugin ${path} is gone. Put it back, or leave it out.`);
  }
  const files = new Map([...reading.files].sort(([one], [other]) => one < other ? -1 : 1));
  const module = relative(root, path);
  const hash = createHash("sha256").update(`${module}\n`);
  for (const [name, bytes] of files) hash.update(`${name.length} ${name} ${bytes.length}\n`).update(bytes);
  const speaksOf = (word: string) => [...files.values()].some((bytes) => Buffer.from(bytes).includes(word));
  const digest = hash.digest("hex");
  const places = [...[...files.keys()].map((name) => join(root, name)), ...reading.missing];
  return { path, root, module, files, hash: digest, version: digest.slice(0, VERSION_DIGITS), places, speaksOf };
}

/** Where the files of a plugin may lie. */
interface Places {
  /** Folder that all of them lie in. */
  readonly root: string;
  /** The plugin folder, in which others lie beside it. */
  readonly shelf: string;
  /** The plugin's own folder; null for a single file. */
  readonly own: string | null;
  readonly module: string;
}

/** One look at the files of a plugin. */
class Reading {
  /** By path relative to the root. */
  readonly files = new Map<string, Uint8Array>();
  /** Absolute paths of what is imported and is not there. */
  readonly missing = new Set<string>();
  readonly #places: Places;
  /** Folders that a link may lead to. */
  readonly #real: readonly string[];
  /** Modules whose imports were not looked at yet. */
  readonly #modules: string[] = [];
  #bytes = 0;

  constructor(places: Places) {
    this.#places = places;
    this.#real = [places.root, places.own ?? places.root].map((folder) => realpathSync(folder));
  }

  add(path: string): void {
    const name = relative(this.#places.root, path);
    if (this.files.has(name)) return;
    // Looked at before it is read: a data set of gigabytes may lie in the folder.
    this.#mustHaveRoom(statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    const bytes = bytesOf(path);
    if (bytes === null) return;
    this.#mustHaveRoom(bytes.length);
    this.#bytes += bytes.length;
    this.files.set(name, bytes);
    if (isModule(path)) this.#modules.push(path);
  }

  #mustHaveRoom(bytes: number): void {
    if (this.files.size < MOST_FILES && this.#bytes + bytes <= MOST_BYTES) return;
    throw new Error(
      `The plugin ${this.#places.module} has more than ${MOST_FILES} files or ${MOST_BYTES / 1024 / 1024} MB. ` +
        "Move what it does not run with out of its folder.",
    );
  }

  /** Adds what lies in a folder of the plugin. */
  addFolder(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.addFolder(path);
      else if (this.#stands(path)) this.add(path);
    }
  }

  /** Adds what the modules import by relative paths, and what that imports. */
  addImported(): void {
    for (let module = this.#modules.pop(); module !== undefined; module = this.#modules.pop()) {
      const text = new TextDecoder().decode(this.files.get(relative(this.#places.root, module)));
      for (const { path } of importedPaths(module, text)) {
        if (!this.#isOwn(path)) continue;
        if (this.#stands(path)) this.add(path);
        else this.missing.add(path);
      }
      for (const [, name = ""] of text.matchAll(NAMED_TEXT)) {
        const path = join(dirname(module), name);
        if (this.#isOwn(path) && this.#stands(path)) this.add(path);
      }
    }
  }

  /** Whether a path may be a part of the plugin: it lies in the root, and is no other plugin and in no other's folder. */
  #isOwn(path: string): boolean {
    const { root, shelf, own } = this.#places;
    if (!isInside(root, path)) return false;
    if (!isInside(shelf, path) || (own !== null && isInside(own, path))) return true;
    const [first = "", ...rest] = relative(shelf, path).split("/");
    if (rest.length === 0) return SHARED.test(first);
    return lstatSync(join(shelf, first, "mod.ts"), { throwIfNoEntry: false }) === undefined;
  }

  /** Whether a file stands at a path, and no link leads out of where it may lie. */
  #stands(path: string): boolean {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    const real = realpathSync(path);
    return this.#real.some((folder) => isInside(folder, real));
  }
}

/** What a file holds; null where it is gone. */
function bytesOf(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..");
}
