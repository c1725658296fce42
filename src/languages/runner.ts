/** One test case as a check's output shows it; skipped ones are not shown. */
export interface CaseResult {
  /** Name within the check. */
  readonly name: string;
  /** Whether it passed. */
  readonly passed: boolean;
  /** What the output says of this failure; empty when it passed. */
  readonly evidence: string;
  /** Files of the project that hold it, where its runner says so otherwise than in the evidence. */
  readonly files?: readonly string[];
}

/** A file in which a runner wrote its results. */
export interface Report {
  /** Its path, relative to the folder that it was written in. */
  readonly path: string;
  /** Its text, with relative paths of the project. */
  readonly text: string;
}

/** What a reading may look at beside the output. */
export interface Beside {
  /** What the runner wrote into files, in order of their paths. */
  readonly reports: readonly Report[];
  /** Files of the project that the check looks at, relative to its folder. */
  readonly files: readonly string[];
}

/** How a runner is brought to write its results into files, which no print of a test can disturb. `{reports}` is an empty folder outside of the project. */
export interface Reporting {
  /** Words that are added behind the command. */
  readonly words?: readonly string[];
  /** Variables; words that hold options are added to what the person has set. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Files that have to lie in that folder, by the same names. */
  readonly brings?: readonly URL[];
  /** Paths, relative to the check's folder, at which the command leaves its results by itself: those are read that it wrote this time. */
  readonly leaves?: RegExp;
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
  /** Program and arguments; no shell reads them. `{reports}` in them is what {@link Reporting} says. */
  readonly command: readonly string[];
  /** Who reads its output; null where nobody does, told by the command where it is absent. */
  readonly runner?: Runner | null;
  /** Bound in milliseconds; 10 minutes by default. */
  readonly timeoutMs?: number;
  /** Files of the project that say what it does, beside those that its command names: they judge the work. */
  readonly files?: readonly string[];
  /** Files that it takes as tests where their names alone do not say so. */
  readonly tests?: readonly string[];
  /** Variables beside those of its runner. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder that it is run in, relative to the project; the project's own where absent. */
  readonly folder?: string;
  /** How it writes its results into files, beside what its runner says of that. */
  readonly reporting?: Reporting;
}

/** What could have been a check, and is none. */
export interface PassedOver {
  /** The file that speaks of it, relative to the folder that was looked at. */
  readonly passedOver: string;
  /** Why, as a sentence that follows a colon. */
  readonly why: string;
}

/** What a look at a folder brings. */
export type Found = ConfiguredCheck | PassedOver;

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
  /** Files that it takes as tests where their names alone do not say so. */
  readonly tests: readonly string[];
  /** Variables that it is run with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder that it is run in, relative to the project; empty for the project's own. */
  readonly folder: string;
  /** How it writes its results into files; an empty one where it does not. */
  readonly reporting: Reporting;
}

/** What of a project, or of a folder in it, detection looks at. Paths are relative to that folder. */
export interface ProjectView {
  /** The folder, relative to the project; empty for the project itself. */
  readonly folder: string;
  /** The project that the folder lies in; the view itself where it is the whole. */
  readonly whole: ProjectView;
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
  /** A variable of the environment that checks are run in; undefined where it is not set or empty. */
  variable(name: string): string | undefined;
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
  /** How it is brought to write its results into files. */
  readonly reporting?: Reporting;
  /** Names of files that make a folder below the project's own one that it may check apart; absent: it looks at the whole alone. */
  readonly manifest?: RegExp;
  /**
   * Finds out whether and how it checks a project, or a folder in it.
   *
   * @param project files of the project or folder
   * @param found what was found before, by other runners and in folders above
   * @returns its checks, in the order they are run, and what it passed over
   */
  checks(project: ProjectView, found: readonly Check[]): readonly Found[] | Promise<readonly Found[]>;
  /** Reads its output (`readOutput` does it for all), which comes whole but for the middle of very long lines, without colours, and with relative paths of the project, and what it wrote into files; absent where it may be anything. */
  readonly read?: (output: string, beside?: Beside) => Reading;
  /** Gives its output as a person reads it, where it is written for programs. */
  readonly plain?: (output: string) => string;
}
