import type { Languages } from "../languages/language.ts";
import type { ConfiguredCheck } from "../languages/runner.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { Arranged, RunWorkspace } from "../ports/workspace.ts";
import type { CheckPace } from "./check_pace.ts";
import type { IgnoreFiles } from "./ignore_rules.ts";
import type { Enclosure } from "./sandbox/enclosure_shape.ts";
import type { WriteRecord, WriteRecorder } from "./write_record.ts";

/** What a workspace is opened with. */
export interface WorkspaceOptions {
  /** The project's folder. */
  readonly root: string;
  /** Folder on disk in which the work is done, where that is a copy; the project's own where absent. */
  readonly place?: string;
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
  /** What is known of how long its checks take; nothing where absent. */
  readonly pace?: CheckPace;
}

/** {@link RunWorkspace} with what the shell of a run needs beside. */
export interface ProjectWorkspace extends RunWorkspace {
  /** Absolute path of the folder in which the work is done: the project, or a copy of it. */
  readonly place: string;
  /** Whether a command is one of the project's checks, word by word. */
  isCheck(command: readonly string[], signal: AbortSignal): Promise<boolean>;
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
