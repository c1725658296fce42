/** One test case as a check's output shows it; skipped ones are not shown. */
export interface CaseResult {
  /** Name within the check. */
  readonly name: string;
  /** Whether it passed. */
  readonly passed: boolean;
  /** What the output says of this failure; empty when it passed. */
  readonly evidence: string;
}

/** What could be read from a check's output. */
export interface Reading {
  /** Cases in the order in which they are shown. */
  readonly cases: readonly CaseResult[];
  /** What kept test files from being run at all, such as a syntax error or a missing import, each as text. */
  readonly broken: readonly string[];
  /** Places of the project where a test was that never ended, a line each, innermost first; absent where the output does not say. */
  readonly stuck?: string;
}

/** A check as a person configures it, or as a runner finds it in a project. */
export interface ConfiguredCheck {
  /** Its name, such as `npm test`. */
  readonly name: string;
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** Who reads its output; null where nobody does, told by the command where it is absent. */
  readonly runner?: Runner | null;
  /** Bound in milliseconds; 10 minutes by default. */
  readonly timeoutMs?: number;
  /** Files of the project that say what it does, beside those that its command names: they judge the work. */
  readonly files?: readonly string[];
  /** Variables beside those of its runner. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A check that can be executed. */
export interface Check {
  /** Its name, such as `npm test`. */
  readonly name: string;
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** Who reads its output; null where nobody does: the command is the one result then. */
  readonly runner: Runner | null;
  /** Bound in milliseconds. */
  readonly timeoutMs: number;
  /** Time without output after which it is ended, ms, until it was seen to end. */
  readonly silentMs: number;
  /** Whether a person set the first bound; else it follows what the check is seen to take. */
  readonly fixed: boolean;
  /** Files of the project that say what it does, beside those that its command names. */
  readonly files: readonly string[];
  /** Variables that it is run with. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What of a project detection looks at. Paths are relative to the project. */
export interface ProjectView {
  /** Files that are not ignored, sorted. */
  readonly files: readonly string[];
  /** Whether a path is one of these files. */
  has(path: string): boolean;
  /** Text of one of these files; empty when it is not there. */
  text(path: string): Promise<string>;
  /** Names in a folder, ignored ones too; none when there is no such folder. */
  names(folder: string): Promise<readonly string[]>;
  /** Whether a command ends with exit code 0. It is run away from the project: nothing of the project is executed for it. */
  succeeds(command: readonly string[]): Promise<boolean>;
}

/** A program that checks projects: how it is found in one, and how its output is read. */
export interface Runner {
  /** Its name, such as `pytest`. */
  readonly name: string;
  /** Configured commands whose output it reads, the words of each joined by blanks; none where absent. */
  readonly runs?: RegExp;
  /** Variables that make its output readable, or keep it from writing files. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Time without output after which it hangs, ms; two minutes by default, since many suites build for a while before they speak. */
  readonly silentMs?: number;
  /**
   * Finds out whether and how it checks a project.
   *
   * @param project files of the project
   * @param found what other runners found before it
   * @returns its checks, in the order they are run
   */
  checks(
    project: ProjectView,
    found: readonly Check[],
  ): readonly ConfiguredCheck[] | Promise<readonly ConfiguredCheck[]>;
  /** Reads its output (`readOutput` does it for all), which comes whole but for the middle of very long lines, without colours, and with relative paths of the project; absent where it may be anything. */
  readonly read?: (output: string) => Reading;
}
