import type { BlobStore } from "../ports/blob_store.ts";
import { statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { isAbsolute, join, normalize, relative } from "node:path";
import { ToolError } from "../ports/tool.ts";
import type {
  Arranged,
  ArrangedReport,
  CommandResult,
  Entry,
  Expects,
  FileText,
  ProtectedFile,
  RunWorkspace,
} from "../ports/workspace.ts";
import { completeCheck } from "../languages/check.ts";
import type { Languages } from "../languages/language.ts";
import type { Check, ConfiguredCheck } from "../languages/runner.ts";
import { protectionOf } from "../languages/protection_of.ts";
import { detectChecks } from "./detect_checks.ts";
import { bytesAt, type FileState, placeAt } from "./file_state.ts";
import type { IgnoreFiles } from "./ignore_rules.ts";
import { MOST_FILES, walkProject } from "./project_files.ts";
import { listFolder, readTextFile } from "./read_project.ts";
import { leadsElsewhere, resolveProjectPath } from "./project_path.ts";
import { missingFolders } from "./replace_file.ts";
import { CheckPace } from "./check_pace.ts";
import { protectedFilesIn } from "./protected_files.ts";
import { runChecks } from "./run_checks.ts";
import { CommandNotStarted } from "./command_words.ts";
import { cacheEnvironment } from "./sandbox/cache_environment.ts";
import type { Enclosure } from "./sandbox/enclosure.ts";
import { supervise } from "./supervise.ts";
import { MOST_FILE_BYTES } from "./snapshot.ts";
import { WatchedCommands } from "./watched_commands.ts";
import { carryOut, writeFile } from "./write_file.ts";
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
  /** What commands and checks see and may change; all that we may where absent. */
  readonly enclosure?: Enclosure;
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
    commands: new WatchedCommands(root, options.blobs, options.ignoreFiles),
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
    const { files, rules } = await walkProject(this.root, signal);
    const hidden = await this.#common.commands.hiddenNow(rules, signal);
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
    const { entries } = await this.#common.commands.look(signal);
    return new Map([...entries].map(([path, { hash }]) => [path, hash]));
  }

  write(
    path: string,
    text: string | null,
    expects?: Expects,
  ): Promise<{ readonly before: string | null; readonly after: string | null }> {
    // From the look at the old file to the rename nothing else of this program runs: no two writes can cross.
    return attempt(() => {
      const { commands } = this.#common;
      this.#refuseHidden(path, text === null);
      const before = (record: WriteRecord) => commands.writes(record);
      const { write, done } = writeFile(this.root, path, text, { ...this.#options, expects, before });
      if (done) commands.wrote(write);
      return { before: write.before, after: write.after };
    });
  }

  /** What is asked of a person is told by the path that a call names: what judges is not reached through a link. */
  #refuseHidden(path: string, keepLastLink: boolean): void {
    const real = resolveProjectPath(this.root, path, { forWriting: true, keepLastLink });
    if (normalize(isAbsolute(path) ? relative(this.root, path) : path) === real) return;
    if (protectionOf(real, this.#options.languages) === null) return;
    throw new ToolError(`${path} is a link that leads to ${real}, which judges the work. Name that file itself.`);
  }

  async run(
    command: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CommandResult> {
    const { recorder, enclosure, languages } = this.#options;
    const environment = cacheEnvironment(languages, enclosure);
    const { value } = await this.#common.commands.run({ command, recorder }, options.signal, async () => {
      try {
        return await supervise({ command, folder: this.root, ...options, enclosure, environment });
      } catch (error) {
        if (error instanceof CommandNotStarted) throw new ToolError(error.message, { cause: error });
        throw error;
      }
    });
    return value;
  }

  async check(signal: AbortSignal, arranged: readonly Arranged[] = []): Promise<ArrangedReport> {
    const { languages, recorder, enclosure } = this.#options;
    const { pace } = this.#common;
    const { value, changed } = await this.#common.commands.run(
      { command: ["checks"], arranged, recorder },
      signal,
      async () => runChecks(this.root, await this.#checks(signal), languages, signal, pace, undefined, enclosure),
    );
    return { ...value, changed };
  }

  async protectedFiles(isNew: (path: string) => boolean, signal: AbortSignal): Promise<readonly ProtectedFile[]> {
    const { languages, blobs } = this.#options;
    const named = new Set(
      (await this.#checks(signal)).flatMap(({ command, files }) => [...command, ...files].map(plainName)),
    );
    const snapshot = await this.#common.commands.look(signal);
    return protectedFilesIn({ snapshot, languages, named, isNew, blobs, stateOf: (path) => this.#stateOfNamed(path) });
  }

  stateOf(path: string): FileState | null {
    const place = join(this.root, path);
    const found = leadsElsewhere(this.root, path) ? null : placeAt(place);
    if (found?.kind !== "file" && found?.kind !== "link") return null;
    return { hash: this.#options.blobs.putBlob(bytesAt(place, found.kind)), mode: Number(found.stat.mode) };
  }

  /** Of a word that may be any: what stands there, where it is a file of the project. */
  #stateOfNamed(path: string): FileState | null {
    try {
      const place = statSync(join(this.root, path), { throwIfNoEntry: false });
      return place === undefined || place.size > MOST_FILE_BYTES
        ? null
        : this.stateOf(resolveProjectPath(this.root, path));
    } catch {
      return null; // No path, one that leaves the project, or one that cannot be read.
    }
  }

  putBack(path: string, file: FileState | null): void {
    const now = this.stateOf(path);
    const bytes = file === null ? null : this.#options.blobs.getBlob(file.hash) ?? null;
    if (file !== null && bytes === null) throw new Error(`The earlier content of ${path} is not in the journal.`);
    if (now?.hash === file?.hash && now?.mode === file?.mode) return;
    if (leadsElsewhere(this.root, path)) {
      throw new ToolError(
        `${path} leads elsewhere through a link now, so it cannot be put back as it was. Take the link away.`,
      );
    }
    const write: WriteRecord = {
      path,
      before: now?.hash ?? null,
      after: file?.hash ?? null,
      modeBefore: now?.mode ?? null,
      modeAfter: file?.mode ?? null,
      createdFolders: file === null ? [] : missingFolders(this.root, path),
    };
    this.#common.commands.wrote(carryOut(this.root, write, bytes, file?.mode ?? null, this.#options.recorder));
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
