/** What a tool does to a file, to a conversation or to a turn. */
export interface ToolTraits {
  /** What of a file it writes: one function, a function that is not there yet, the whole, some lines, a piece of text that it finds, a file that is not there yet, a test that it makes of cases, or names wherever they stand. */
  readonly edits?: "function" | "addition" | "file" | "lines" | "piece" | "new" | "cases" | "names";
  /** Purposes of turns that it ends: plan, work, document, review, consult, reply, or one that a plugin's phase brings. */
  readonly closes?: readonly string[];
  /** Whether it says that the work under review is right. */
  readonly approves?: boolean;
  /** Whether all that it does to the project, it does through its workspace: so it can be tried without effect, for the person who is asked. */
  readonly byWorkspace?: boolean;
  /** Whether it executes the project's checks. */
  readonly checks?: boolean;
  /** What it looks through the project for, beyond what a turn was shown: names of files, or texts in them. */
  readonly looksFor?: "names" | "texts";
  /** Times that a turn may call it: it talks to the role that its first argument names, and talk must end. */
  readonly talks?: number;
  /** Whether its caller waits for the answer. */
  readonly awaits?: boolean;
  /** An argument and its values with which a call needs no question: with any other value a person is asked first. */
  readonly freeIf?: { readonly argument: string; readonly values: readonly string[] };
}
