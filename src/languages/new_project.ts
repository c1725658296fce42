/** A command by which a language's own tool makes a file of a new project. */
export interface SetupCommand {
  /** Program and arguments, `{{name}}` for the project's name; no shell reads them. */
  readonly words: readonly string[];
  /** The file that stands there afterwards; where it does before, the command is left out. Absent: it is always run. */
  readonly makes?: string;
}

/** A way in which a new project is set up. Paths are relative to it; `{{name}}` in them and in texts is its name, `[a-z][a-z0-9_]*`. */
export interface SetupWay {
  /** Its name, such as `uv`. */
  readonly name: string;
  /** A command that ends with exit code 0 where all is there that the way and its project need. */
  readonly needs: readonly string[];
  /** Name of a file above the folder below which its commands would change more than the folder; the way is left out there. */
  readonly notBelow?: string;
  /** Commands of the language's own tool, in order; they need no network. */
  readonly commands: readonly SetupCommand[];
  /** Samples that the commands make and that are no part of the project. */
  readonly drops?: readonly string[];
  /** Texts of files that are written where no command made them: a project stands also where none may run. */
  readonly files: Readonly<Record<string, string>>;
  /** Names that the language has itself: code of such a name could not be imported, or would stand in the place of its own. */
  readonly taken?: RegExp;
  /** Where its code begins. */
  readonly source: string;
  /** The file that is run, where it is another than the source. */
  readonly main?: string;
  /** Where its first test stands. */
  readonly test: string;
  /** What a test is written with, such as `unittest`. */
  readonly runner: string;
  /** How it is started, each as words; the first is the usual one, the others mean the same. */
  readonly starts: readonly (readonly string[])[];
  /** Whether test and source share their names, so that a missing one is no file. */
  readonly sharesNames?: boolean;
}

/** What is known of new projects of a language. */
export interface NewProject {
  /** The language as people call it. */
  readonly called: string;
  /** How a goal names it. */
  readonly named: RegExp;
  /** Paths of its files, by which a goal names it, too. */
  readonly files: RegExp;
  /** The ways to set one up; the first whose needs are there is taken. */
  readonly ways: readonly SetupWay[];
}
