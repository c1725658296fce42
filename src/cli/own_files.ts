import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { importedPaths, isModule } from "../plugin/imported_paths.ts";
import { contentHash } from "../work/content_hash.ts";
import { readConfigFile } from "./config_file.ts";
import { CONFIG_FILE, PROJECT_FOLDER } from "./places.ts";

/** Folders of a project that tell its crew what to do: what stands in them acts, so it is trusted by its content. */
export const OWN_FOLDERS = [PROJECT_FOLDER, ".agents"] as const;

/** Most files, and most bytes, that are looked at: far more than plugins and prompts need. */
const MOST_FILES = 2_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** What stands in a project's own folders. */
export interface OwnFiles {
  /** SHA-256 of each file by its path, relative to the project; of a link, of where it points. */
  readonly hashes: Readonly<Record<string, string>>;
  /** A sentence why their content cannot be known, so that none of them may act; null where it can. */
  readonly fault: string | null;
}

/** What may act, but stands where its content cannot be vouched for. */
class Unknowable extends Error {}

/**
 * Reads what stands in a project's own folders: those that are always its own, the plugin folders that its configuration names, and the
 * modules that the ones in them import by path. A link is not followed; one that leads out of these folders makes them unknowable.
 *
 * @param project real path of the project
 * @returns hashes by path, and what stands against them
 */
export function ownFiles(project: string): OwnFiles {
  const reading = new Reading(project);
  try {
    const folders = [...OWN_FOLDERS.map((name) => join(project, name)), ...pluginFolders(project)];
    for (const folder of folders) reading.add(folder);
    reading.addImported();
    reading.refuseLinksOut();
    return { hashes: reading.hashes, fault: null };
  } catch (error) {
    const fault = error instanceof Unknowable
      ? error.message
      : `They cannot be read: ${reasonOf(error)}. Make them readable.`;
    return { hashes: reading.hashes, fault };
  }
}

/** Folders that the project's configuration names beside its own; a file that is wrong names none, and is refused where it is read. */
function pluginFolders(project: string): readonly string[] {
  const path = join(project, CONFIG_FILE);
  const named = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readConfigFile(path, false) : null;
  return (named?.values.plugins ?? []).map((folder) => isAbsolute(folder) ? folder : join(dirname(path), folder));
}

/** One look at the folders. */
class Reading {
  readonly hashes: Record<string, string> = {};
  readonly #project: string;
  readonly #roots: string[] = [];
  readonly #links: string[] = [];
  /** Modules whose imports were not looked at yet, with their text. */
  readonly #modules: [path: string, text: string][] = [];
  #bytes = 0;
  #files = 0;

  constructor(project: string) {
    this.#project = project;
  }

  /** Adds a folder, or a file in the place of one, with all that is in it. */
  add(root: string): void {
    this.#roots.push(root);
    const pending = [root];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      if (stat.isDirectory()) {
        for (const name of readdirSync(path).sort()) pending.push(join(path, name));
      } else if (stat.isSymbolicLink()) {
        this.#links.push(path);
        this.#note(path, contentHash(`link to ${readlinkSync(path)}`), 0);
      } else if (stat.isFile()) this.#addFile(path, stat.size);
      else this.#note(path, "neither file nor folder", 0);
    }
  }

  /** Adds what the modules import by path from elsewhere, and what that imports: it runs with them. */
  addImported(): void {
    for (let module = this.#modules.pop(); module !== undefined; module = this.#modules.pop()) {
      const [path, text] = module;
      for (const { path: place } of importedPaths(path, text)) {
        if (this.hashes[this.#keyOf(place)] !== undefined) continue;
        const stat = statSync(place, { throwIfNoEntry: false });
        if (stat?.isFile() === true) this.#addFile(place, stat.size);
      }
    }
  }

  /** Refuses a link whose end is not among what was read. */
  refuseLinksOut(): void {
    const roots = this.#roots.flatMap((root) => this.#links.includes(root) ? [] : endOf(root) ?? []);
    for (const link of this.#links) {
      const end = endOf(link);
      if (end === null || roots.some((root) => end === root || end.startsWith(`${root}/`))) continue;
      throw new Unknowable(
        `${
          this.#keyOf(link)
        } is a link that leads to ${end}, which is not among the files that can be trusted. Put what it leads to in its place.`,
      );
    }
  }

  #addFile(path: string, size: number): void {
    this.#bytes += size;
    if (this.#bytes > MOST_BYTES) this.#refuseSize();
    const bytes = readFileSync(path);
    this.#note(path, contentHash(bytes), bytes.length);
    if (isModule(path)) this.#modules.push([path, new TextDecoder().decode(bytes)]);
  }

  #note(path: string, hash: string, size: number): void {
    this.#files += 1;
    if (this.#files > MOST_FILES || size > MOST_BYTES) this.#refuseSize();
    this.hashes[this.#keyOf(path)] = hash;
  }

  #refuseSize(): never {
    throw new Unknowable(
      `The folders ${OWN_FOLDERS.join(" and ")} hold more than ${MOST_FILES} files or ${
        MOST_BYTES / 1024 / 1024
      } MB, too much to be looked at. ` +
        "Move what is neither plugin nor prompt out of them.",
    );
  }

  #keyOf(path: string): string {
    const key = relative(this.#project, path);
    return key.startsWith("..") ? path : key;
  }
}

/** Where a link ends; null where it leads nowhere. */
function endOf(link: string): string | null {
  try {
    return realpathSync(link);
  } catch {
    // Nothing can be loaded through it; once something is there, it is looked at.
    return null;
  }
}
