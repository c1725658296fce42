import type { BlobStore } from "../ports/blob_store.ts";
import { rmSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { ToolError } from "../ports/tool.ts";
import type {
  Arranged,
  ArrangedReport,
  CommandResult,
  Entry,
  FileText,
  ProtectedFile,
  RunWorkspace,
} from "../ports/workspace.ts";
import { completeCheck } from "../languages/check.ts";
import type { Languages } from "../languages/language.ts";
import type { Check, ConfiguredCheck } from "../languages/runner.ts";
import { detectChecks } from "./detect_checks.ts";
import { bytesAt, type FileState, placeAt, stateAt } from "./file_state.ts";
import { MOST_FILES, walkProject } from "./project_files.ts";
import { listFolder, readTextFile } from "./read_project.ts";
import { leadsElsewhere, resolveProjectPath } from "./project_path.ts";
import { makeFoldersFor, missingFolders, removeEmptyFolders, replaceFile } from "./replace_file.ts";
import { CheckPace } from "./check_pace.ts";
import { protectedFilesIn } from "./protected_files.ts";
import { runChecks } from "./run_checks.ts";
import { CommandNotStarted } from "./command_words.ts";
import { supervise } from "./supervise.ts";
import { WatchedCommands } from "./watched_commands.ts";
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
}

/** {@link RunWorkspace} with what the shell of a run needs beside. */
export interface ProjectWorkspace extends RunWorkspace {
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
   * @param arranged files that stood otherwise meanwhile: they are put back first
   * @param since writes of tools that were done after the command was opened; they are not the command's
   */
  settleCommand(
    command: readonly string[],
    snapshot: string,
    arranged?: readonly Arranged[],
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
    commands: new WatchedCommands(root, options.blobs),
    pace: new CheckPace(),
  });
}

/** What all views of one project have in common. */
interface Common {
  readonly commands: WatchedCommands;
  readonly pace: CheckPace;
}

/** {@link RunWorkspace} on the real disk. */
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
    return (await walkProject(this.root, signal)).files.slice(0, MOST_FILES);
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

  write(path: string, text: string | null): Promise<{ readonly before: string | null; readonly after: string | null }> {
    // From the look at the old file to the rename nothing else of this program runs: no two writes can cross.
    return attempt(() => {
      const real = resolveProjectPath(this.root, path, { forWriting: true, keepLastLink: text === null });
      if (real === ".") throw new ToolError("The path is the project itself; name a file in it.");
      const place = join(this.root, real);
      const found = placeAt(place);
      if (found.kind === "folder") throw new ToolError(`${path} is a folder; name a file.`);
      if (found.kind === "other") throw new ToolError(`${path} is no plain file; it is not written.`);
      if (found.kind === "nothing" && text === null) return { before: null, after: null };
      const old = found.kind === "nothing" ? null : bytesAt(place, found.kind);
      const bytes = text === null ? null : new TextEncoder().encode(text);
      const before = old === null ? null : this.#options.blobs.putBlob(old);
      const after = bytes === null ? null : this.#options.blobs.putBlob(bytes);
      if (before === after) return { before, after };
      const modeBefore = found.kind === "nothing" ? null : Number(found.stat.mode);
      this.#replace({
        path: real,
        before,
        after,
        modeBefore,
        modeAfter: bytes === null ? null : modeBefore,
        createdFolders: bytes === null ? [] : missingFolders(this.root, real),
      }, bytes);
      return { before, after };
    });
  }

  /** Records a write, does it, and records how it ended. */
  #replace(write: WriteRecord, bytes: Uint8Array | null, mode = write.modeBefore): void {
    const place = join(this.root, write.path);
    this.#options.recorder.opened(write);
    try {
      if (bytes === null) rmSync(place);
      else {
        makeFoldersFor(place);
        replaceFile(place, bytes, mode);
      }
    } catch (error) {
      removeEmptyFolders(this.root, write.createdFolders);
      this.#options.recorder.closed(write, false);
      const found = reasonOf(error);
      throw new ToolError(`${write.path} could not be written: ${found}`, { cause: error });
    }
    const done = { ...write, modeAfter: stateAt(place)?.mode ?? null };
    this.#common.commands.wrote(done);
    this.#options.recorder.closed(done, true);
  }

  async run(
    command: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CommandResult> {
    const { recorder } = this.#options;
    const { value } = await this.#common.commands.run({ command, recorder }, options.signal, async () => {
      try {
        return await supervise({ command, folder: this.root, ...options });
      } catch (error) {
        if (error instanceof CommandNotStarted) throw new ToolError(error.message, { cause: error });
        throw error;
      }
    });
    return value;
  }

  async check(signal: AbortSignal, arranged: readonly Arranged[] = []): Promise<ArrangedReport> {
    const { languages, recorder } = this.#options;
    const { value, changed } = await this.#common.commands.run(
      { command: ["checks"], arranged, recorder },
      signal,
      async () => runChecks(this.root, await this.#checks(signal), languages, signal, this.#common.pace),
    );
    return { ...value, changed };
  }

  async protectedFiles(isNew: (path: string) => boolean, signal: AbortSignal): Promise<readonly ProtectedFile[]> {
    const { languages, blobs } = this.#options;
    const named = new Set(
      (await this.#checks(signal)).flatMap(({ command, files }) => [...command, ...files].map(plainName)),
    );
    return protectedFilesIn(await this.#common.commands.look(signal), languages, named, isNew, blobs);
  }

  stateOf(path: string): FileState | null {
    const place = join(this.root, path);
    const found = leadsElsewhere(this.root, path) ? null : placeAt(place);
    if (found?.kind !== "file" && found?.kind !== "link") return null;
    return { hash: this.#options.blobs.putBlob(bytesAt(place, found.kind)), mode: Number(found.stat.mode) };
  }

  putBack(path: string, file: FileState | null): void {
    const now = this.stateOf(path);
    const bytes = file === null ? null : this.#options.blobs.getBlob(file.hash) ?? null;
    if (file !== null && bytes === null) throw new Error(`The earlier content of ${path} is not in the journal.`);
    if (now?.hash === file?.hash && now?.mode === file?.mode) return;
    this.#replace(
      {
        path,
        before: now?.hash ?? null,
        after: file?.hash ?? null,
        modeBefore: now?.mode ?? null,
        modeAfter: file?.mode ?? null,
        createdFolders: file === null ? [] : missingFolders(this.root, path),
      },
      bytes,
      file?.mode ?? null,
    );
  }

  async #checks(signal: AbortSignal): Promise<readonly Check[]> {
    const { checks: configured, languages } = this.#options;
    return configured?.map((check) => completeCheck(check, languages)) ??
      await detectChecks(this.root, languages, signal);
  }

  async settleCommand(
    command: readonly string[],
    snapshot: string,
    arranged: readonly Arranged[] = [],
    since: readonly WriteRecord[] = [],
  ): Promise<readonly WriteRecord[]> {
    const { recorder } = this.#options;
    return await this.#common.commands.settle({ command, arranged, recorder }, snapshot, since);
  }
}

/** A word of a command as a file of the project is named. */
function plainName(word: string): string {
  return word.replace(/^\.\//, "");
}

/** Runs a synchronous step as a promise: what it throws rejects. */
function attempt<T>(step: () => T): Promise<T> {
  return new Promise((resolve) => resolve(step()));
}
