/** A file of a project. */
export interface ProjectFile {
  /** Relative to the project. */
  readonly path: string;
  /** What it holds. */
  readonly text: string;
}

/** The file that takes a name from another one. */
export interface TakingPlace {
  /** The file, its text without the import. */
  readonly file: ProjectFile;
  /** Other files of the project in its language, which show how such imports are written there. */
  readonly others: readonly ProjectFile[];
  /** All files of the project. */
  readonly paths: readonly string[];
}
