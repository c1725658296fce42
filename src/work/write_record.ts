import type { Arranged } from "../ports/workspace.ts";

/** One change of one file of the project, exact enough to take it back. */
export interface WriteRecord {
  /** Relative to the project, free of links. */
  readonly path: string;
  /** SHA-256 of the content before (of a link: of where it pointed), which is kept as a blob; null when there was no file. */
  readonly before: string | null;
  /** SHA-256 of the content after; null when the file was deleted. */
  readonly after: string | null;
  /** `st_mode` before, type bits included, so that a link (`0o120777`) is known from a file; null when there was no file. */
  readonly modeBefore: number | null;
  /** `st_mode` after; null when the file was deleted, or not known yet. */
  readonly modeAfter: number | null;
  /** Folders that were made for it, outermost first; undo removes them when they are empty. */
  readonly createdFolders: readonly string[];
}

/** Who is told of writes. Every method stores what it is told before it returns. */
export interface WriteRecorder {
  /** A write is about to happen; nothing on the disk has changed yet. */
  opened(write: WriteRecord): void;
  /** An opened write has ended; `done` is false when it failed and the file is as it was. */
  closed(write: WriteRecord, done: boolean): void;
  /**
   * A command is about to run. `snapshot` is the blob to compare with afterwards, also after a crash; `notKept` names what
   * it does not hold: files over 5 MB or beyond 5,000, and the topmost ignored entries (folders end with `/`). `arranged`
   * are files that stand otherwise while it runs, and are put back afterwards, also after a crash.
   */
  commandOpened(
    command: readonly string[],
    snapshot: string,
    notKept: readonly string[],
    arranged: readonly Arranged[],
  ): void;
  /** A command has ended and these files are different. `excepted` are files it touched that cannot be taken back. */
  commandClosed(command: readonly string[], writes: readonly WriteRecord[], excepted: readonly string[]): void;
}
