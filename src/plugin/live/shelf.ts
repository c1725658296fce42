import { reasonOf } from "../../kernel/reason_of.ts";
import { modulesOf, type PluginFolder } from "../load.ts";
import type { Bounds, OpenPlugin } from "../open_in_process.ts";
import type { Offer, Origin } from "../offer.ts";
import { refusalIn } from "../plugin_refused.ts";
import { type PluginFiles, readPluginFiles } from "../plugin_files.ts";

/** What became of a plugin in its folder. */
export type ShelfChange =
  /** A version was saved, opened and tried. */
  | { readonly kind: "opened"; readonly path: string; readonly offer: Offer; readonly files: PluginFiles }
  /** A saved version cannot be used. */
  | {
    readonly kind: "refused";
    readonly path: string;
    readonly version: string | null;
    readonly place: string;
    readonly text: string;
  }
  /** A saved version is not opened before somebody says yes. */
  | {
    readonly kind: "waits";
    readonly path: string;
    readonly files: PluginFiles;
    /** The version that was opened last; null for none. */
    readonly before: PluginFiles | null;
  }
  /** The version that was opened last stands there again. */
  | { readonly kind: "restored"; readonly path: string }
  /** Its file is gone. */
  | { readonly kind: "gone"; readonly path: string };

/** How plugin folders are looked at. */
export interface ShelfOptions {
  /** Folders in order of precedence, the built-in one left out. */
  readonly folders: readonly PluginFolder[];
  /** Folder that all of what a project's plugins import may come from. */
  readonly project: string;
  /** Opens a version: `place.version` names it, and the offer says which one it is. */
  readonly open: OpenPlugin;
  /** Whether a version may be opened. */
  readonly allows: (files: PluginFiles, origin: Origin) => boolean;
  /** Hears what became of plugins. */
  readonly tell: (change: ShelfChange) => void;
  readonly bounds: Bounds;
}

/** What is known of a plugin in its folder. */
interface Known {
  /** The version that was dealt with last: opened, refused or waiting. */
  readonly version: string | null;
  readonly state: "opening" | "opened" | "refused" | "waits";
  /** The version that was opened last, and may be in use; null for none. */
  readonly opened: string | null;
}

/** Plugin folders, and which version of each plugin was found in them last. */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #known = new Map<string, Known>();
  readonly #opening = new Set<Promise<void>>();
  /** The version of each plugin that was opened last, as it was read. */
  readonly #openedFiles = new Map<string, PluginFiles>();
  #files: readonly string[] = [];
  #last: Promise<void> = Promise.resolve();

  /**
   * @param options folders, and what is done with what is found
   * @param opened versions that are in use, by path of the module
   */
  constructor(options: ShelfOptions, opened: ReadonlyMap<string, string>) {
    this.#options = options;
    for (const [path, version] of opened) this.#known.set(path, { version, state: "opened", opened: version });
  }

  /** Files that plugins are made of, as they were found last: what has to be watched beside the folders. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** The version of a plugin that was found last; null for none. */
  versionOf(path: string): string | null {
    return this.#known.get(path)?.version ?? null;
  }

  /** Looks at the folders after a look that is under way, and opens what is new or another; resolves before that is opened. */
  look(): Promise<void> {
    const look = this.#last.then(() => this.#look());
    this.#last = look.catch(() => {}); // Who asked for it is told.
    return look;
  }

  async #look(): Promise<void> {
    const found = new Map<string, Origin>();
    for (const folder of this.#options.folders) {
      for (const module of await this.#modulesOf(folder)) found.set(module, folder.origin);
    }
    const files: string[] = [];
    for (const [path, origin] of found) {
      this.#options.bounds.signal?.throwIfAborted();
      files.push(...this.#lookAt(path, origin));
    }
    this.#files = files;
    for (const path of this.#known.keys()) {
      if (found.has(path)) continue;
      this.#known.delete(path);
      this.#openedFiles.delete(path);
      this.#options.tell({ kind: "gone", path });
    }
  }

  /** Resolves when nothing is being opened any more. */
  async settled(): Promise<void> {
    while (this.#opening.size > 0) await Promise.all(this.#opening);
  }

  /** Notes that a version is in use no more and is not to be opened again before another was saved. */
  givenUp(path: string, inUse: string): void {
    const known = this.#known.get(path);
    if (known !== undefined) this.#known.set(path, { ...known, opened: inUse });
  }

  async #modulesOf(folder: PluginFolder): Promise<readonly string[]> {
    try {
      return await modulesOf(folder);
    } catch (cause) {
      const text = `The plugin folder cannot be read: ${reasonOf(cause)}`;
      const { path: place } = folder;
      this.#options.tell({ kind: "refused", path: place, version: null, place, text });
      return [...this.#known.keys()].filter((path) => path.startsWith(`${place}/`));
    }
  }

  /** Looks at one plugin; gives its files. */
  #lookAt(path: string, origin: Origin): readonly string[] {
    const { allows, tell } = this.#options;
    const known = this.#known.get(path) ?? { version: null, state: "refused", opened: null };
    let files: PluginFiles;
    try {
      files = readPluginFiles(path, origin === "project" ? this.#options.project : null);
    } catch (cause) {
      if (known.state !== "refused" || known.version !== null || !this.#known.has(path)) {
        this.#known.set(path, { ...known, state: "refused", version: null });
        tell({ kind: "refused", path, version: null, place: path, text: reasonOf(cause) });
      }
      return [path];
    }
    const { version } = files;
    if (version === known.opened) this.#openedFiles.set(path, files);
    const isAllowed = allows(files, origin);
    const isDealtWith = known.version === version && !(known.state === "waits" && isAllowed);
    if (!isDealtWith) {
      if (version === known.opened) {
        this.#known.set(path, { ...known, state: "opened", version });
        tell({ kind: "restored", path });
      } else if (!isAllowed) {
        this.#known.set(path, { ...known, state: "waits", version });
        tell({ kind: "waits", path, files, before: this.#openedFiles.get(path) ?? null });
      } else {
        this.#known.set(path, { ...known, state: "opening", version });
        this.#begin(this.#open(files, origin));
      }
    }
    return files.places;
  }

  #begin(opening: Promise<void>): void {
    const over = opening.finally(() => this.#opening.delete(over));
    this.#opening.add(over);
  }

  /** Opens a version; what was saved meanwhile is looked at by itself, and this one forgotten. */
  async #open(files: PluginFiles, origin: Origin): Promise<void> {
    const { open, tell, bounds } = this.#options;
    const { path, version } = files;
    const isLatest = () => this.#known.get(path)?.version === version;
    try {
      const offer = await open({ path, origin, version }, bounds);
      if (!isLatest() || offer.version !== version || bounds.signal?.aborted === true) return await offer.close?.();
      this.#known.set(path, { version, state: "opened", opened: version });
      this.#openedFiles.set(path, files);
      tell({ kind: "opened", path, offer, files });
    } catch (cause) {
      if (bounds.signal?.aborted === true || !isLatest()) return;
      this.#known.set(path, { ...this.#known.get(path)!, state: "refused" });
      const { place, reason: text } = refusalIn(path, cause);
      tell({ kind: "refused", path, version, place, text });
    }
  }
}
