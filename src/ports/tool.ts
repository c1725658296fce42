import type { ToolDeclaration } from "../kernel/call.ts";
import type { Outcome } from "../features/turns/outcome.ts";
import type { Workspace } from "./workspace.ts";

/** What a tool may do to the world; decides which rules it passes and how it is settled after a crash. */
export type ToolAccess =
  | "reads" // looks at the project: free, may be repeated
  | "writes" // changes files through the workspace: undone exactly
  | "runs" // starts a process: never silently repeated
  | "concludes"; // touches nothing: its outcome is a fact of the run

/** What a tool gets beside its input. */
export interface ToolContext {
  /** The project's files and commands. */
  readonly workspace: Workspace;
  /** Aborted when the call is cancelled or its time is over. */
  readonly signal: AbortSignal;
  /** Says how far a long call is: shown, never stored. */
  readonly report: (line: string) => void;
}

/** What a tool gives back. A refusal or a failure throws {@link ToolError}. */
export interface ToolResult {
  /** Text for the model; the application bounds it and says what was cut. */
  readonly text: string;
  /** What the call means for the run, for tools that conclude. */
  readonly outcome?: Outcome;
}

/** A call that a tool could not carry out; the text tells the model what to do instead. */
export class ToolError extends Error {
  /** Name of the class, for stored and shown errors. */
  override readonly name = "ToolError";
}

/** A tool that can be run, as the loop sees it. */
export interface RunnableTool {
  readonly declaration: ToolDeclaration;
  readonly access: ToolAccess;
  /** Compares arguments with the tool's schema. */
  validate(
    args: unknown,
  ): { readonly value: Readonly<Record<string, unknown>> } | { readonly faults: readonly string[] };
  /** Runs it with arguments that `validate` gave. @throws {ToolError} when the call cannot be carried out */
  run(value: Readonly<Record<string, unknown>>, context: ToolContext): Promise<ToolResult>;
}
