import type { BlobStore } from "../ports/blob_store.ts";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../ports/tool.ts";
import type { CheckReport, CommandResult, Entry, Expects, FileText, Workspace } from "../ports/workspace.ts";
import { completeCheck } from "../languages/check.ts";
import type { Languages } from "../languages/language.ts";
import type { ConfiguredCheck } from "../languages/runner.ts";
import { detectChecks } from "./detect_checks.ts";
import { placeAt } from "./file_state.ts";
import type { IgnoreFiles } from "./ignore_rules.ts";
import { MOST_FILES, walkProject } from "./project_files.ts";
import { listFolder, readTextFile } from "./read_project.ts";
import { resolveProjectPath } from "./project_path.ts";
import { CheckPace } from "./check_pace.ts";
import { runChecks } from "./run_checks.ts";
import { type Snapshot, Snapshots } from "./snapshot.ts";
import { CommandNotStarted } from "./command_words.ts";
import { supervise } from "./supervise.ts";
import { writeFile } from "./write_file.ts";
import type { WriteRecord, WriteRecorder } from "./write_record.ts";

/** What a workspace is opened with. */
export interface WorkspaceOptions {
  /** The project's folder. */
  readonly root: string;
  /** Who is told of writes before and after they happen. */
  readonly recorder: WriteRecorder;
  /** Where contents are kept. */
  readonly blobs: BlobStore;
  /** Checks from the configuration; without them they are detected each time. */
  readonly checks?: readonly ConfiguredCheck[];
  /** The languages by which checks are detected and read. */
  readonly languages: Languages;
  /** Ignore files that the run has written already, as they were before it. */
  readonly ignoreFiles?: IgnoreFiles;
}

/** {@link Workspace} with what the run needs beside. */
export interface ProjectWorkspace extends Workspace {
  /**
   * Gives the same project with another recorder, such as one for each effect. Both know of each other's writes and
   * commands.
   *
   * @param recorder who is told of what is done through it
   */
  recordedBy(recorder: WriteRecorder): ProjectWorkspace;
  /**
   * Finds what a command had changed that was open when the program ended, and records it as closed.
   *
   * @param snapshot the hash that `commandOpened` was told
   * @param since writes of tools that were done after the command was opened; they are not the command's
   */
  settleCommand(
    command: readonly string[],
    snapshot: string,
    since?: readonly WriteRecord[],
  ): Promise<readonly WriteRecord[]>;
}

/**
 * Opens a project for tools.
 *
 * @param options the folder, and who keeps what is written
 * @throws when the folder does not exist
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<ProjectWorkspace> {
  const root = await realpath(options.root);
  return new DiskWorkspace(root, options, {
    snapshots: new Snapshots(root, options.blobs, options.ignoreFiles),
    pace: new CheckPace(),
    queue: Promise.resolve(),
    ownWrites: null,
  });
}

/** What all views of one project have in common. */
interface Common {
  readonly snapshots: Snapshots;
  readonly pace: CheckPace;
  /** Commands run one after the other, so that each change has one origin. */
  queue: Promise<unknown>;
  /** What our own writes did while a command ran: not the command's doing. */
  ownWrites: Map<string, WriteRecord> | null;
}

/** {@link Workspace} on the real disk. */
class DiskWorkspace implements ProjectWorkspace {
  readonly #options: WorkspaceOptions;
  readonly #common: Common;

  constructor(readonly root: string, options: WorkspaceOptions, common: Common) {
    this.#options = options;
    this.#common = common;
  }

  recordedBy(recorder: WriteRecorder): ProjectWorkspace {
    return new DiskWorkspace(this.root, { ...this.#options, recorder }, this.#common);
  }

  async files(signal?: AbortSignal): Promise<readonly string[]> {
    const { files, rules } = await walkProject(this.root, signal);
    const hidden = await this.#common.snapshots.hiddenNow(rules, signal);
    return (hidden.length === 0 ? files : [...files, ...hidden].sort()).slice(0, MOST_FILES);
  }

  list(path: string): Promise<readonly Entry[]> {
    return attempt(() => listFolder(this.root, path));
  }

  read(path: string): Promise<FileText> {
    return attempt(() => readTextFile(this.root, path));
  }

  exists(path: string): Promise<boolean> {
    return attempt(() => placeAt(join(this.root, resolveProjectPath(this.root, path))).kind !== "nothing");
  }

  async hashes(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { entries } = await this.#common.snapshots.take(signal);
    return new Map([...entries].map(([path, { hash }]) => [path, hash]));
  }

  write(
    path: string,
    text: string | null,
    expects?: Expects,
  ): Promise<{ readonly before: string | null; readonly after: string | null }> {
    // From the look at the old file to the rename nothing else of this program runs: no two writes can cross.
    return attempt(() => {
      const before = (record: WriteRecord) => this.#common.snapshots.writes(record);
      const { write, done } = writeFile(this.root, path, text, { ...this.#options, expects, before });
      if (done) this.#common.ownWrites?.set(write.path, write);
      return { before: write.before, after: write.after };
    });
  }

  run(
    command: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CommandResult> {
    return this.#watched(command, options.signal, async () => {
      try {
        return await supervise({ command, folder: this.root, ...options });
      } catch (error) {
        if (error instanceof CommandNotStarted) throw new ToolError(error.message, { cause: error });
        throw error;
      }
    });
  }

  check(signal: AbortSignal): Promise<CheckReport> {
    return this.#watched(["checks"], signal, async () => {
      const { checks: configured, languages } = this.#options;
      const checks = configured?.map((check) => completeCheck(check, languages)) ??
        await detectChecks(this.root, languages, signal);
      return await runChecks(this.root, checks, languages, signal, this.#common.pace);
    });
  }

  async settleCommand(
    command: readonly string[],
    snapshot: string,
    since: readonly WriteRecord[] = [],
  ): Promise<readonly WriteRecord[]> {
    const own = new Map(since.map((write) => [write.path, write]));
    return await this.#recordChanges(command, this.#common.snapshots.load(snapshot), own);
  }

  /** Runs something that may change files and records what it changed, also when it fails. */
  async #watched<T>(command: readonly string[], signal: AbortSignal, action: () => Promise<T>): Promise<T> {
    const turn = this.#common.queue;
    let leave = () => {};
    this.#common.queue = new Promise<void>((resolve) => leave = resolve);
    try {
      await aborting(turn, signal);
    } catch (error) {
      // Not our turn yet: the next one still waits for those before us.
      void turn.then(leave);
      throw error;
    }
    const own = new Map<string, WriteRecord>();
    this.#common.ownWrites = own;
    try {
      const before = await this.#common.snapshots.take(signal);
      this.#options.recorder.commandOpened(command, this.#common.snapshots.store(before), [
        ...before.unkept,
        ...before.passedOver,
      ]);
      try {
        return await action();
      } finally {
        await this.#recordChanges(command, before, own);
      }
    } finally {
      this.#common.ownWrites = null;
      leave();
    }
  }

  /** Records what a command changed; what our own writes did meanwhile is left out. */
  async #recordChanges(
    command: readonly string[],
    before: Snapshot,
    own: ReadonlyMap<string, WriteRecord>,
  ): Promise<readonly WriteRecord[]> {
    const { writes, excepted } = await this.#common.snapshots.differences(withOwnWrites(before, own));
    const foreign = writes.filter((write) => own.get(write.path)?.after !== write.after);
    this.#options.recorder.commandClosed(command, foreign, excepted);
    return foreign;
  }
}

/** The snapshot as it would be had our own writes come first. */
function withOwnWrites(before: Snapshot, own: ReadonlyMap<string, WriteRecord>): Snapshot {
  const entries = new Map(before.entries);
  const folders = new Set(before.folders);
  for (const write of own.values()) {
    for (const folder of write.createdFolders) folders.add(folder);
    if (write.after === null || write.modeAfter === null) entries.delete(write.path);
    else entries.set(write.path, { hash: write.after, mode: write.modeAfter });
  }
  return { ...before, entries, folders };
}

/** Runs a synchronous step as a promise: what it throws rejects. */
function attempt<T>(step: () => T): Promise<T> {
  return new Promise((resolve) => resolve(step()));
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
