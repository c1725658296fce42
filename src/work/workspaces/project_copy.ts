import { join } from "node:path";
import type { Languages } from "../../languages/language.ts";
import type { IgnoreFiles, IgnoreRules } from "../ignore_rules.ts";
import { walkProject } from "../project_files.ts";
import { Breathing } from "../breathing.ts";
import { diskFault } from "../disk_fault.ts";
import { DiskRoom } from "./disk_room.ts";
import { NotCopied } from "./not_copied.ts";
import { ignoredEntry } from "./ignored_entry.ts";
import { targetInCopy } from "./links.ts";
import { holdsUnnamed, isEqual, linkTo, lookAt, openUp, removeAll, second, secondOf } from "./looks.ts";
import { Listings } from "./listings.ts";
import { PairStamps } from "./pair_stamps.ts";
import { type Kind, type Wanted, wantedEntries } from "./wanted_entries.ts";

/** Entries of a project from which no copy is made. */
const MOST_ENTRIES = 300_000;
/** Topmost ignored entries that are looked at. */
const MOST_IGNORED = 20_000;
/** Files that are copied at once, beside the rest of the program: more of them take its processors, and hold it more often. */
const AT_ONCE = 4;
/** Copies of one look that may wait for the next one to be trusted; of more, the copying waits for the clock. */
const MOST_UNSETTLED = 5_000;

/** A file or link of the project, and what stands in its place in the copy. */
interface Pair {
  readonly source: Deno.FileInfo;
  readonly before: Deno.FileInfo | null;
  /** Whether their stamps are those of when they were equal. */
  readonly isAlike: boolean;
}

/** What bringing a copy up to the project did. */
export interface Brought {
  /** Files and links that were copied. */
  readonly copied: number;
  /** Entries that were removed. */
  readonly removed: number;
}

/**
 * A copy of a project in another folder, which is brought to the state of the project again and again by what differs. Files that version
 * control would not ignore are copied, and small ignored ones; of the other ignored ones see {@link ignoredEntry}.
 *
 * A copied file keeps the time of the project's: what is built beside its sources would else look newer than a source from which it was not
 * built. Only where what was built in the copy stays, a file that is restored is new, as a tool that builds by times has to see its change.
 */
export class ProjectCopy {
  /** Stamps of a file and of its copy when they were equal. */
  readonly #known = new PairStamps();
  /** Those of them of which a change would not show in the stamps yet. */
  readonly #unsettled = new Set<string>();
  readonly #listings = new Listings();
  /** Whether the next look takes over what was built in the project. */
  #takesBuilds = true;
  /** Whether what was built in the copy stays there. */
  #keepsBuilds = false;
  #shared: readonly string[] = [];
  /** The ignore rules of the beginning: what is written into an ignore file later hides nothing. */
  #rules: IgnoreRules | undefined;

  /**
   * @param project absolute real path of the project
   * @param folder absolute path of the copy; made by {@link ProjectCopy.bring}
   * @param languages name what is shared, built and left behind
   * @param sharing how shared entries stand in the copy: empty, for a sandbox to show the project's there, or as links to those
   * @param ignoreFiles ignore files that the run has written already, as they were before it
   */
  constructor(
    readonly project: string,
    readonly folder: string,
    readonly languages: Languages,
    readonly sharing: "mounted" | "linked",
    readonly ignoreFiles?: IgnoreFiles,
  ) {}

  /** Relative paths of ignored entries that are to be seen as they are in the project. */
  get shared(): readonly string[] {
    return this.#shared;
  }

  /**
   * Brings the copy to the state of the project. Whatever else was done to it is undone, except in what was built.
   *
   * @throws {NotCopied} where the project is too large; nothing is left of the copy where it is so for the disk
   * @throws the signal's reason when it was aborted: the next call goes on from there
   */
  async bring(signal: AbortSignal): Promise<Brought> {
    const bounds = { entries: MOST_ENTRIES, named: MOST_IGNORED };
    const walk = await walkProject(this.project, signal, { bounds, rules: this.#rules, instead: this.ignoreFiles });
    if (!walk.complete) throw new NotCopied(`The project has more than ${MOST_ENTRIES} files: too many for a copy.`);
    this.#rules ??= walk.rules;
    const breathing = new Breathing(signal);
    const { project, folder, languages, sharing } = this;
    const taking = { project, folder, languages, sharing, takesBuilds: this.#takesBuilds };
    const wanted = await wantedEntries(walk, taking, breathing);
    this.#shared = wanted.shared;
    await Deno.mkdir(this.folder, { recursive: true });
    const { removed, folders } = await this.#removeOthers(wanted.kinds, breathing);
    const copied = await this.#copy(wanted, folders, breathing).catch(async (error) => {
      // A part of a copy serves nobody, and would leave no room for the run's own journal.
      if (diskFault(error) !== null) await this.remove();
      throw error;
    });
    this.#takesBuilds = false;
    return { copied, removed };
  }

  /** Puts away what was built in the copy: the next look takes over what was built in the project, as the first one did. */
  async emptyBuilds(signal: AbortSignal): Promise<void> {
    this.#takesBuilds = true;
    for (const path of await this.#built("", new Breathing(signal))) {
      await removeAll(join(this.folder, path));
    }
  }

  /** Removes the copy from the disk. */
  async remove(): Promise<void> {
    this.#known.clear();
    this.#unsettled.clear();
    this.#listings.keepOnly(new Set());
    this.#takesBuilds = true;
    await removeAll(this.folder);
  }

  /** Removes what shall not stand in the copy, or stands there as something else; says which folders stand there as they shall. */
  async #removeOthers(
    wanted: ReadonlyMap<string, Kind>,
    breathing: Breathing,
  ): Promise<{ removed: number; folders: ReadonlySet<string> }> {
    let removed = 0;
    const folders = new Set<string>();
    this.#keepsBuilds = false;
    const pending = [""];
    const listed = new Set<string>();
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const entries = this.#entries(folder);
      if (holdsUnnamed(join(this.folder, folder), entries)) {
        await removeAll(join(this.folder, folder));
        await Deno.mkdir(join(this.folder, folder), { recursive: true });
        removed += 1;
        continue;
      }
      listed.add(folder);
      for (const entry of entries) {
        if (breathing.isDue) await breathing.pause();
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        const kind = wanted.get(path);
        if (kind !== undefined && isSuch(entry, kind)) {
          if (entry.isDirectory) folders.add(path);
          if (kind === "folder") pending.push(path);
          continue;
        }
        if (kind === undefined && this.#isBuilt(path, entry)) {
          this.#keepsBuilds = true;
          continue;
        }
        await removeAll(join(this.folder, path));
        removed += 1;
      }
    }
    this.#listings.keepOnly(listed);
    return { removed, folders };
  }

  /** What is in a folder of the copy. */
  #entries(folder: string): readonly Deno.DirEntry[] {
    const place = join(this.folder, folder);
    return this.#listings.of(folder, openUp(place), place);
  }

  #isBuilt(path: string, { isDirectory }: Deno.DirEntry): boolean {
    return ignoredEntry(path, this.languages) === "built" && this.#rules?.ignoresEntry(path, isDirectory) === true;
  }

  async #built(folder: string, breathing: Breathing): Promise<string[]> {
    const found: string[] = [];
    for (const entry of this.#entries(folder)) {
      if (breathing.isDue) await breathing.pause();
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (this.#isBuilt(path, entry)) found.push(path);
      else if (entry.isDirectory && !this.#shared.includes(path)) found.push(...await this.#built(path, breathing));
    }
    return found;
  }

  /** @param folders those that stand already */
  async #copy({ kinds, targets }: Wanted, folders: ReadonlySet<string>, breathing: Breathing): Promise<number> {
    let copied = 0;
    let unsettled = 0;
    for (const [path, kind] of kinds) {
      if (kind !== "folder" && kind !== "shared folder") continue;
      if (breathing.isDue) await breathing.pause();
      if (!folders.has(path)) await Deno.mkdir(`${this.folder}/${path}`, { recursive: true });
    }
    // One list for all of them: each takes the next entry where it is done with its last.
    const left = kinds.entries();
    const room = new DiskRoom(this.folder);
    const copySome = async () => {
      for (const [path, kind] of left) {
        if (breathing.isDue) await breathing.pause();
        const copying = this.#bringOne(path, kind, targets.get(path), room);
        if (copying === null) continue;
        if (await copying) copied += 1;
        if (this.#unsettled.has(path)) unsettled += 1;
      }
    };
    // What still goes on would write beside whoever comes next.
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, copySome));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    for (const path of this.#known.paths) {
      if (breathing.isDue) await breathing.pause();
      if (!kinds.has(path)) this.#forget(path);
    }
    if (unsettled > MOST_UNSETTLED) await this.#settle(breathing);
    return copied;
  }

  /** Waits until a change of what was copied last would show. */
  async #settle(breathing: Breathing): Promise<void> {
    const since = second(Date.now());
    while (second(Date.now()) <= since) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await breathing.pause();
    }
    this.#unsettled.clear();
  }

  /**
   * Brings one entry that is no folder to the state of the project. So cheap where its copy is known to be equal, by stamps that would show
   * a change, that it is done for all of them: so it is with nearly all, nearly always.
   *
   * @param target where a shared link leads
   * @returns whether it was copied; null where there is nothing to copy
   */
  #bringOne(path: string, kind: Kind, target: string | undefined, room: DiskRoom): Promise<boolean> | null {
    // Both are absolute and the path is plain: joined by hand, since it is done for every file of a project.
    const to = `${this.folder}/${path}`;
    if (kind === "shared link") linkTo(target!, to);
    if (kind === "shared file" && lookAt(to) === null) Deno.writeTextFileSync(to, "");
    if (kind !== "file" && kind !== "ignored file" && kind !== "link") return null;
    const source = lookAt(`${this.project}/${path}`);
    if (source === null) return null;
    const copy = lookAt(to);
    const isAlike = copy !== null && this.#known.isSame(path, source, copy);
    if (isAlike && !this.#unsettled.has(path)) return null;
    return this.#copyOne(path, kind, { source, before: copy, isAlike }, room);
  }

  /** Copies one file or link where it is not equal; false where nothing was copied. */
  async #copyOne(path: string, kind: Kind, { source, before, isAlike }: Pair, room: DiskRoom): Promise<boolean> {
    const from = join(this.project, path);
    const to = join(this.folder, path);
    if (isAlike && before !== null && source.isFile && await isEqual(from, to)) {
      this.#know(path, source, before);
      return false;
    }
    this.#forget(path);
    await room.take(source.isFile ? source.size : 0);
    // A link that something put there would be followed, and a file without permission to write could not be written.
    if (before !== null) Deno.removeSync(to, { recursive: true });
    try {
      if (source.isSymlink) Deno.symlinkSync(this.#targetOf(path, Deno.readLinkSync(from)), to);
      else {
        await Deno.copyFile(from, to);
        const keepsTime = kind === "ignored file" || !this.#keepsBuilds;
        if (keepsTime && source.mtime !== null) await Deno.utime(to, source.mtime, source.mtime);
      }
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return false;
      throw error;
    }
    const copy = lookAt(to);
    if (copy !== null) this.#know(path, source, copy);
    return true;
  }

  #targetOf(path: string, target: string): string {
    return this.sharing === "mounted" ? target : targetInCopy(path, target, this);
  }

  /** Remembers that a copy is equal. What is changed within a second of that cannot be told from it by its stamp. */
  #know(path: string, source: Deno.FileInfo, copy: Deno.FileInfo): void {
    this.#known.set(path, source, copy);
    if (Math.max(secondOf(source), secondOf(copy)) < second(Date.now())) this.#unsettled.delete(path);
    else this.#unsettled.add(path);
  }

  #forget(path: string): void {
    this.#known.delete(path);
    this.#unsettled.delete(path);
  }
}

function isSuch(entry: Deno.DirEntry, kind: Kind): boolean {
  if (kind.endsWith("link")) return entry.isSymlink;
  return kind.endsWith("folder") ? entry.isDirectory : entry.isFile;
}
