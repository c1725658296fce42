/** A file of the project as text. */
export interface FileText {
  /** Where it stands: relative to the project, links followed. */
  readonly path: string;
  /** The whole text. */
  readonly text: string;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  /** Number of lines; a last line end begins no further line. */
  readonly lines: number;
}

/** An entry of a folder. */
export interface Entry {
  /** Relative to the project. */
  readonly path: string;
  /** What stands there; a link is not followed. */
  readonly kind: "file" | "directory" | "link";
  /** Size; 0 for what is no file. */
  readonly bytes: number;
}

/** How a command ended. */
export interface CommandResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  /** Signal that ended it; null when it ended by itself. */
  readonly signal: string | null;
  /** True when it was stopped because its time was over. */
  readonly timedOut: boolean;
  /** stdout and stderr as they came, bounded; `cut` says how many characters were left out of the middle. */
  readonly output: string;
  /** Characters left out of the middle of the output. */
  readonly cut: number;
  /** Wall time in seconds. */
  readonly seconds: number;
}

/** One named result of a check: a test case where the output can be read, else the command. */
export interface CheckResult {
  /** `check: case`, such as `npm test: slugify keeps dots`, or the check's name alone. */
  readonly name: string;
  /** Whether it passed. */
  readonly passed: boolean;
  /** What the check said of this failure, bounded; empty when it passed. */
  readonly evidence: string;
  /** Files of the project that the evidence names, in order of mention. */
  readonly files: readonly string[];
}

/** All results of one round of checks. */
export interface CheckReport {
  /** All named results. */
  readonly results: readonly CheckResult[];
  /** Commands that were run, as typed. */
  readonly commands: readonly string[];
  /** Wall time in seconds. */
  readonly seconds: number;
  /** Whether a command was ended because its time was over: `seconds` says nothing then. */
  readonly hung: boolean;
  /** Bounded output of all failing commands. */
  readonly output: string;
}

/**
 * Says what a file has to hold so that it may be written.
 *
 * @param path relative to the project, links followed
 * @returns SHA-256 of its bytes; null where no file may be there; undefined where it may hold anything
 */
export type Expects = (path: string) => string | null | undefined;

/** The project's files and commands as tools see them. Paths are relative to the project and cannot leave it, by `..` or by links. */
export interface Workspace {
  /** Absolute path of the project: the one it is known by, also where the work is done in a copy of it. */
  readonly root: string;
  /** Files of the project that are not ignored, sorted; bounded to 5,000. */
  files(signal?: AbortSignal): Promise<readonly string[]>;
  /**
   * Files of a folder and of all below it that are not ignored, many more than {@link files} names, with what was passed over.
   *
   * @param path a folder, or one file
   * @throws when nothing of the project is there
   */
  below(path: string, signal?: AbortSignal): Promise<FilesBelow>;
  /** Entries of one folder. @throws when it is no folder of the project */
  list(path: string): Promise<readonly Entry[]>;
  /** Reads a text file. @throws when it is missing, outside, binary or over 5 MB */
  read(path: string): Promise<FileText>;
  /** Whether a path exists inside the project. */
  exists(path: string): Promise<boolean>;
  /** Hash of each file that {@link files} names and that can be kept, by path, as it is now. */
  hashes(signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /**
   * Writes a whole file so that it can be taken back exactly; `null` deletes it. Recorded before it happens.
   *
   * @param expects what the file has to hold until then; for tools where absent: what their turn was shown of it last
   * @throws {FileChanged} when it holds something else, so that nobody's edit is lost
   */
  write(
    path: string,
    text: string | null,
    expects?: Expects,
  ): Promise<{ readonly before: string | null; readonly after: string | null }>;
  /** Runs a command without a shell, in its own process group, and records what it changed. */
  run(
    command: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CommandResult>;
  /** Executes the project's checks. */
  check(signal: AbortSignal): Promise<CheckReport>;
}

/** The files of a folder and of all below it. */
export interface FilesBelow {
  /** Sorted, relative to the project. */
  readonly files: readonly string[];
  /** The topmost entries that were passed over, as ignored or unreadable, folders with a stroke; at most 100. */
  readonly ignored: readonly string[];
  /** Whether the folder is itself ignored; its files are named all the same. */
  readonly isIgnored: boolean;
  /** False where there are more than are looked at. */
  readonly isComplete: boolean;
}

/** A file that judges the work, as it stands now. */
export interface ProtectedFile {
  readonly path: string;
  /** Hash of its content, which is kept. */
  readonly hash: string;
  /** `st_mode`, type bits included. */
  readonly mode: number;
  /** Whether only the hash is known, since the file is too large to be kept: it cannot be put back. */
  readonly uncopied?: true;
  /** `test` and `loaded` judge as a whole; of `inside` only the tests inside the source do. */
  readonly as: "test" | "loaded" | "inside";
}

/** The files that judge the work. */
export interface ProtectedFiles {
  /** Sorted by path. */
  readonly files: readonly ProtectedFile[];
  /** False where the project has more files than are looked at. */
  readonly isComplete: boolean;
}

/** How a file shall stand while checks are executed: with the content of this hash, or, with null, not at all. */
export interface Arranged {
  readonly path: string;
  readonly hash: string | null;
}

/** A round of checks, and which files it left otherwise. */
export interface ArrangedReport extends CheckReport {
  /** Paths of files that were changed, made or deleted while the checks ran, sorted. */
  readonly changed: readonly string[];
}

/** Files that stand in a copy of a project otherwise than in the project, by path; null for one that does not stand there. */
export type Layer = ReadonlyMap<string, { readonly hash: string; readonly mode: number } | null>;

/** How a fresh copy is made. */
export interface FreshCopy {
  readonly layer: Layer;
  /** Whether its commands may reach the network; as configured where absent. */
  readonly network?: boolean;
  /** Whether what was built in it before is put away first; what was built on other work than this, which the project does not hold, is in any case. */
  readonly isEmptied?: boolean;
  /** Whether the layer is no work of a model: what is built on it may serve any other. */
  readonly isOurs?: boolean;
  /** Whether what tools leave in their caches may serve all copies to come: only before any work of a model, of the project as it stands. */
  readonly fillsCaches?: boolean;
  readonly signal: AbortSignal;
}

/** What an earlier look at copies of this project found, as long as what decides that is the same. */
export interface Remembered {
  get(key: string): { readonly network: boolean } | null;
  set(key: string, found: { readonly network: boolean }): void;
}

/** Copies of the project, in which work is done apart from it. */
export interface Apart {
  /**
   * Gives a fresh copy for an action: the project as it stands, but for the layer. What is done in it is undone afterwards.
   *
   * @throws where no copy can be made, with the reason
   */
  fresh<T>(how: FreshCopy, action: (copy: RunWorkspace) => Promise<T>): Promise<T>;
  /** Whether a sandbox shows a copy under the project's own path. */
  readonly isInPlace: boolean;
  /** Whether a sandbox can keep commands from the network. */
  readonly hasOwnNetwork: boolean;
  readonly remembered: Remembered;
}

/** The workspace as the run itself uses it: what judges the work can be looked at, put aside and put back. */
export interface RunWorkspace extends Workspace {
  /**
   * Finds the files that judge the work.
   *
   * @param isNew whether this run made a file
   */
  protectedFiles(isNew: (path: string) => boolean, signal: AbortSignal): Promise<ProtectedFiles>;
  /** What stands at a path now, its content kept unless it is too large; null where there is no file. */
  stateOf(path: string): { readonly hash: string; readonly mode: number; readonly uncopied?: true } | null;
  /**
   * Puts a file back as it was, or away with null, recorded like any write.
   *
   * @param expects hash that it has until then, null for no file; absent: it may hold anything
   * @throws {FileChanged} where it holds something else: nothing is done then
   */
  putBack(path: string, file: { readonly hash: string; readonly mode: number } | null, expects?: string | null): void;
  /** Executes the checks, some files standing otherwise meanwhile; they are put back whatever happens, a kill included. */
  check(signal: AbortSignal, arranged?: readonly Arranged[]): Promise<ArrangedReport>;
}
