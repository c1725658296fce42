import type { BlobStore } from "../ports/blob_store.ts";
import { join } from "node:path";
import { type FileState, hashLargeFile, placeAt, stateAt } from "./file_state.ts";
import { IGNORE_FILE, type IgnoreFiles, IgnoreRules, type IgnoreTexts } from "./ignore_rules.ts";
import { MOST_FILES, walkProject } from "./project_files.ts";
import { leadsElsewhere } from "./project_path.ts";
import { MOST_FILE_BYTES, type SeenFile, SeenFiles } from "./seen_files.ts";
import type { WriteRecord } from "./write_record.ts";

/** Files that judge the work and whose content is kept beyond {@link MOST_FILES}; what comes after them is hashed alone. */
const MOST_JUDGING = 20_000;

/** The project's files at one moment. */
export interface Snapshot {
  /** Every file and link whose content is kept, by relative path. */
  readonly entries: ReadonlyMap<string, FileState>;
  /** Files that are there but not kept: over 5 MB, beyond 5,000 files unless they judge the work, or unreadable. */
  readonly unkept: ReadonlySet<string>;
  /** Of those the ones that judge the work: their hashes. */
  readonly hashed: ReadonlyMap<string, FileState>;
  /** Folders that were there. */
  readonly folders: ReadonlySet<string>;
  /** Ignored or unreadable entries, topmost only; at most 100. */
  readonly passedOver: readonly string[];
  /** False when the project is larger than a walk: what is new afterwards cannot be known then. */
  readonly complete: boolean;
  /** The ignore rules that held. */
  readonly rules: IgnoreRules;
}

/** A snapshot as it is stored: plain data. */
interface StoredSnapshot {
  readonly entries: readonly (readonly [path: string, hash: string, mode: number])[];
  readonly unkept: readonly string[];
  /** Absent in what earlier versions stored. */
  readonly hashed?: readonly (readonly [path: string, hash: string, mode: number])[];
  readonly folders: readonly string[];
  readonly passedOver: readonly string[];
  readonly complete: boolean;
  readonly ignore: IgnoreTexts;
  /** Absent in what earlier versions stored, whose rules did not tell capital from small letters. */
  readonly ignoreCase?: boolean;
}

/** What differs between a snapshot and the project now. */
export interface Differences {
  readonly writes: readonly WriteRecord[];
  /** Files that changed and cannot be taken back, since their content before was not kept. */
  readonly excepted: readonly string[];
}

/**
 * Takes snapshots of one project; unchanged files are read once. The ignore rules are those from before the run, for all of them: what a run
 * writes into an ignore file hides nothing that it makes or changes.
 */
export class Snapshots {
  /** What was read of the files. */
  readonly seen: SeenFiles;
  /** Files that judge the work though their names do not say so. */
  #judging: ReadonlySet<string> = new Set();
  /** Whether files judge by their names: asked at every look, of many. */
  readonly #byName = new Map<string, boolean>();
  /** Ignore files that the run wrote, as they were before it. */
  readonly #ignoreFiles: Map<string, string | null>;
  /** The rules; null until they are read. */
  #rules: IgnoreRules | null = null;
  #atStart: ReadonlySet<string> = new Set();

  /**
   * @param root absolute real path of the project
   * @param blobs where contents are kept
   * @param judges whether a file judges the work, by its name: such files are watched however many and large they are
   * @param ignoreFiles ignore files that the run has written already, as they were before it
   * @param home absolute path of the project whose repository's rules hold, where the root is a copy of it
   */
  constructor(
    readonly root: string,
    readonly blobs: BlobStore,
    readonly judges: (path: string) => boolean,
    ignoreFiles: IgnoreFiles = new Map(),
    readonly home: string = root,
  ) {
    this.seen = new SeenFiles(root, blobs);
    this.#ignoreFiles = new Map(ignoreFiles);
  }

  /** Hears which files judge the work, whatever their names. */
  watch(paths: Iterable<string>): void {
    this.#judging = this.#judging.union(new Set(paths));
  }

  /** Hears that a tool writes a file, before it does. */
  writes({ path, before }: Pick<WriteRecord, "path" | "before">): void {
    if (this.#rules !== null || this.#ignoreFiles.has(path) || !isIgnoreFile(path)) return;
    this.#ignoreFiles.set(path, textOfBlob(before, this.blobs));
  }

  /** Files that no rule of the run's beginning hides but the present rules do. */
  async hiddenNow(now: IgnoreRules, signal?: AbortSignal): Promise<readonly string[]> {
    const rules = this.#rules;
    if (rules === null || JSON.stringify(rules.texts) === JSON.stringify(now.texts)) return [];
    const { files } = await walkProject(this.root, signal, { rules });
    return files.filter((path) => this.#atStart.has(path) && now.ignoresFile(path));
  }

  /**
   * Stores every file that is not ignored, by hash.
   *
   * @param by rules that hold in place of the run's own
   */
  async take(signal?: AbortSignal, by = this.#rules ?? undefined): Promise<Snapshot> {
    const walk = await walkProject(this.root, signal, { rules: by, instead: this.#ignoreFiles, home: this.home });
    if (this.#rules === null) {
      this.#rules = walk.rules;
      this.#atStart = new Set(walk.files);
    }
    const entries = new Map<string, FileState>();
    const unkept = new Set<string>();
    const hashed = new Map<string, FileState>();
    let judging = 0;
    for (const [at, path] of [...walk.files, ...walk.links].entries()) {
      signal?.throwIfAborted();
      const isFirst = at < MOST_FILES || at >= walk.files.length;
      // What is left over is not even looked at: there may be many.
      const isWatched = isFirst || this.#watches(path);
      const file = isWatched ? await this.#look(path, isFirst || judging < MOST_JUDGING) : "unkept";
      if (isWatched && !isFirst) judging += 1;
      if (file === null) continue;
      if (file === "unkept") unkept.add(path);
      else if (file.uncopied !== true) entries.set(path, file);
      else {
        unkept.add(path);
        hashed.set(path, file);
      }
    }
    const { folders, passedOver, complete, rules } = walk;
    return { entries, unkept, hashed, folders, passedOver, complete, rules };
  }

  /** Looks at one file; what does not judge the work is kept or left alone. */
  #look(path: string, isKept: boolean): Promise<SeenFile | "unkept" | null> {
    return this.seen.at(
      path,
      (bytes) => isKept && bytes <= MOST_FILE_BYTES ? "keep" : this.#watches(path) ? "hash" : null,
    );
  }

  #watches(path: string): boolean {
    if (this.#judging.has(path)) return true;
    const known = this.#byName.get(path) ?? this.judges(path);
    this.#byName.set(path, known);
    return known;
  }

  /** Keeps a snapshot as a blob, so that a later start can still compare with it. */
  store(snapshot: Snapshot): string {
    const stored: StoredSnapshot = {
      entries: [...snapshot.entries].map(([path, { hash, mode }]) => [path, hash, mode]),
      unkept: [...snapshot.unkept],
      hashed: [...snapshot.hashed].map(([path, { hash, mode }]) => [path, hash, mode]),
      folders: [...snapshot.folders],
      passedOver: snapshot.passedOver,
      complete: snapshot.complete,
      ignore: snapshot.rules.texts,
      ignoreCase: snapshot.rules.ignoreCase,
    };
    return this.blobs.putBlob(JSON.stringify(stored));
  }

  /**
   * Reads a stored snapshot.
   *
   * @param hash what {@link Snapshots.store} returned
   * @throws when there is no such blob
   */
  load(hash: string): Snapshot {
    const bytes = this.blobs.getBlob(hash);
    if (bytes === undefined) {
      throw new Error(`the snapshot ${hash} is not in the journal; what the command changed cannot be found`);
    }
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as StoredSnapshot;
    return {
      entries: new Map(stored.entries.map(([path, hash, mode]) => [path, { hash, mode }])),
      unkept: new Set(stored.unkept),
      hashed: new Map((stored.hashed ?? []).map(([path, hash, mode]) => [path, { hash, mode }])),
      folders: new Set(stored.folders),
      passedOver: stored.passedOver,
      complete: stored.complete,
      rules: new IgnoreRules(stored.ignore, stored.ignoreCase ?? true),
    };
  }

  /**
   * Finds what changed since a snapshot. A file counts as new only where it is certain that there was none: one that
   * the rules ignored before was a person's, and undo would delete it.
   *
   * @param before the snapshot to compare with
   * @returns differences, sorted by path
   */
  async differences(before: Snapshot): Promise<Differences> {
    const after = await this.take(undefined, before.rules);
    const writes: WriteRecord[] = [];
    const excepted: string[] = [];
    for (const [path, old] of before.entries) {
      const now = after.entries.get(path) ?? await this.#unlisted(path);
      if (now?.hash === old.hash && now.mode === old.mode) continue;
      writes.push({
        path,
        before: old.hash,
        after: now?.hash ?? null,
        modeBefore: old.mode,
        modeAfter: now?.mode ?? null,
        createdFolders: [],
      });
    }
    for (const path of [...after.entries.keys(), ...after.unkept]) {
      if (before.entries.has(path)) continue;
      if (before.unkept.has(path)) {
        // Kept now and not before means that it shrank; the old content is lost to us.
        if (after.entries.has(path) && !before.hashed.has(path)) excepted.push(path);
        continue;
      }
      if (before.rules.ignoresFile(path)) continue;
      if (!before.complete) {
        excepted.push(path);
        continue;
      }
      const now = after.entries.get(path) ?? await this.#unlisted(path);
      if (now === null) continue;
      writes.push({
        path,
        before: null,
        after: now.hash,
        modeBefore: null,
        modeAfter: now.mode,
        createdFolders: foldersAbove(path).filter((folder) => !before.folders.has(folder)),
      });
    }
    for (const [path, old] of before.hashed) {
      const now = after.entries.get(path) ?? after.hashed.get(path) ?? await this.#unlisted(path);
      if (now?.hash !== old.hash) excepted.push(path);
    }
    writes.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { writes, excepted: excepted.sort() };
  }

  /** State of a file that a walk does not list: too large now, ignored now, or gone. */
  async #unlisted(path: string): Promise<FileState | null> {
    if (leadsElsewhere(this.root, path)) return null;
    const place = join(this.root, path);
    const found = placeAt(place);
    if (found.kind === "link") return stateAt(place);
    if (found.kind !== "file") return null;
    return { hash: await hashLargeFile(place), mode: Number(found.stat.mode) };
  }
}

/**
 * Finds the ignore files among what a run wrote.
 *
 * @param writes all of them in their order
 * @param blobs where contents are kept
 * @returns the texts that they had before the run
 */
export function ignoreFilesBefore(
  writes: Iterable<Pick<WriteRecord, "path" | "before">>,
  blobs: BlobStore,
): IgnoreFiles {
  const found = new Map<string, string | null>();
  for (const { path, before } of writes) {
    if (isIgnoreFile(path) && !found.has(path)) found.set(path, textOfBlob(before, blobs));
  }
  return found;
}

function isIgnoreFile(path: string): boolean {
  return path === IGNORE_FILE || path.endsWith(`/${IGNORE_FILE}`);
}

function textOfBlob(hash: string | null, blobs: BlobStore): string | null {
  const bytes = hash === null ? undefined : blobs.getBlob(hash);
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** The folders above a file, outermost first. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
