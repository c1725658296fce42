/** What a command changes of a project that is not its sources: what it uses, or what version control keeps of it. */
export type Changes = "dependencies" | "repository";

/** A command that an attempt wants to be run in the project, once its work stands there. */
export interface LaterCommand {
  readonly command: readonly string[];
  readonly changes: Changes;
}

/** The commands of an attempt whose work stands in the project. */
export interface WaitingCommands {
  /** `task.number`. */
  readonly attempt: string;
  /** Role that wanted them. */
  readonly role: string;
  /** Those that have not run, in order; never empty. */
  readonly commands: readonly LaterCommand[];
  /** Whether the person said yes. */
  readonly isApproved: boolean;
}

/** A command that the person may run. */
export interface LeftCommand {
  readonly command: readonly string[];
  /** What became of it here; empty where it did not run. */
  readonly why: string;
}

/** Commands that change the project itself, and run there only after the work. */
export interface LaterSlice {
  /** Of attempts that are open, by attempt. */
  readonly noted: Readonly<Record<string, Pick<WaitingCommands, "role" | "commands">>>;
  /** Of attempts that were kept, the oldest first: they wait for the person's yes, or run after it. */
  readonly waiting: readonly WaitingCommands[];
  /** Those that nobody agreed to, that failed, or that were to come after one that did. */
  readonly left: readonly LeftCommand[];
  /** Attempts whose commands ran, every one with success. */
  readonly done: readonly string[];
  /** Whether no check was executed since one ran that may have changed what checks say. */
  readonly isUnchecked: boolean;
}

/** Whether a command runs in the project, or is due to. */
export function isRunning({ waiting }: LaterSlice): boolean {
  return waiting.some(({ isApproved }) => isApproved);
}
