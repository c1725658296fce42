import type { BlobStore } from "../ports/blob_store.ts";
import type { Arranged } from "../ports/workspace.ts";
import { arrange, rearrange } from "./arrangement.ts";
import type { IgnoreFiles, IgnoreRules } from "./ignore_rules.ts";
import type { SeenFiles } from "./seen_files.ts";
import { type Differences, type Snapshot, Snapshots } from "./snapshot.ts";
import type { WriteRecord, WriteRecorder } from "./write_record.ts";

/** A command that is watched. */
export interface Watched {
  /** Its words. */
  readonly command: readonly string[];
  /** Files that stand otherwise while it runs. */
  readonly arranged?: readonly Arranged[];
  readonly recorder: WriteRecorder;
}

/** The commands of one project: one runs after the other, so that each change has one origin. */
export class WatchedCommands {
  readonly #snapshots: Snapshots;
  #queue: Promise<unknown> = Promise.resolve();
  /** What our own writes did while a command ran: not the command's doing. */
  #ownWrites: Map<string, WriteRecord> | null = null;

  /**
   * @param root absolute real path of the project
   * @param blobs where contents are kept
   * @param judges whether a file judges the work, by its name
   * @param ignoreFiles ignore files that the run has written already, as they were before it
   * @param home absolute path of the project whose repository's rules hold, where the root is a copy of it
   */
  constructor(
    readonly root: string,
    readonly blobs: BlobStore,
    judges: (path: string) => boolean,
    ignoreFiles?: IgnoreFiles,
    home: string = root,
  ) {
    this.#snapshots = new Snapshots(root, blobs, judges, ignoreFiles, home);
  }

  /** What was read of the project's files. */
  get seen(): SeenFiles {
    return this.#snapshots.seen;
  }

  /** Hears which files judge the work, whatever their names. */
  watch(paths: Iterable<string>): void {
    this.#snapshots.watch(paths);
  }

  /** The project as it is, contents kept. */
  look(signal?: AbortSignal): Promise<Snapshot> {
    return this.#snapshots.take(signal);
  }

  /** Files that no rule of the run's beginning hides but the present rules do. */
  hiddenNow(now: IgnoreRules, signal?: AbortSignal): Promise<readonly string[]> {
    return this.#snapshots.hiddenNow(now, signal);
  }

  /** Hears that a tool writes a file, before it does. */
  writes(write: WriteRecord): void {
    this.#snapshots.writes(write);
  }

  /** Hears of a write of ours that is done. */
  wrote(write: WriteRecord): void {
    this.#ownWrites?.set(write.path, write);
  }

  /**
   * Runs something that may change files and records what it changed, also when it fails.
   *
   * @returns what it gave, and paths of the files that it changed
   */
  async run<T>(
    watched: Watched,
    signal: AbortSignal,
    action: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly changed: readonly string[] }> {
    const turn = this.#queue;
    let leave = () => {};
    this.#queue = new Promise<void>((resolve) => leave = resolve);
    try {
      await aborting(turn, signal);
    } catch (error) {
      // Not our turn yet: the next one still waits for those before us.
      void turn.then(leave);
      throw error;
    }
    const own = new Map<string, WriteRecord>();
    this.#ownWrites = own;
    try {
      return await this.#run(watched, signal, action, own);
    } finally {
      this.#ownWrites = null;
      leave();
    }
  }

  /** Records what a command changed that was open when the program ended, once what stood otherwise is put back. */
  async settle(
    { command, recorder, arranged = [] }: Watched,
    snapshot: string,
    since: readonly WriteRecord[],
  ): Promise<readonly WriteRecord[]> {
    const before = this.#snapshots.load(snapshot);
    rearrange(this.root, arranged, before, this.blobs);
    const own = new Map(since.map((write) => [write.path, write]));
    return (await this.#record(command, recorder, before, own)).writes;
  }

  async #run<T>(
    { command, recorder, arranged = [] }: Watched,
    signal: AbortSignal,
    action: () => Promise<T>,
    own: ReadonlyMap<string, WriteRecord>,
  ): Promise<{ readonly value: T; readonly changed: readonly string[] }> {
    const before = await this.#snapshots.take(signal);
    const notKept = [...before.unkept, ...before.passedOver];
    recorder.commandOpened(command, this.#snapshots.store(before), notKept, arranged);
    let changed: readonly string[] = [];
    let value: T;
    try {
      arrange(this.root, arranged, before, this.blobs);
      value = await action();
    } finally {
      rearrange(this.root, arranged, before, this.blobs);
      const { writes, excepted } = await this.#record(command, recorder, before, own);
      changed = [...new Set([...writes.map(({ path }) => path), ...excepted])].sort();
    }
    return { value, changed };
  }

  /** Records what a command changed; what our own writes did meanwhile is left out. */
  async #record(
    command: readonly string[],
    recorder: WriteRecorder,
    before: Snapshot,
    own: ReadonlyMap<string, WriteRecord>,
  ): Promise<Differences> {
    const { writes, excepted } = await this.#snapshots.differences(withOwnWrites(before, own));
    const foreign = writes.filter((write) => own.get(write.path)?.after !== write.after);
    recorder.commandClosed(command, foreign, excepted);
    return { writes: foreign, excepted };
  }
}

/** The snapshot as it would be had our own writes come first. */
function withOwnWrites(before: Snapshot, own: ReadonlyMap<string, WriteRecord>): Snapshot {
  const entries = new Map(before.entries);
  const folders = new Set(before.folders);
  const hashed = new Map(before.hashed);
  for (const write of own.values()) {
    for (const folder of write.createdFolders) folders.add(folder);
    hashed.delete(write.path);
    if (write.after === null || write.modeAfter === null) entries.delete(write.path);
    else entries.set(write.path, { hash: write.after, mode: write.modeAfter });
  }
  return { ...before, entries, hashed, folders };
}

/** Waits for a promise or the signal. */
async function aborting(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
