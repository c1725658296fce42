import type { ToolAccess, ToolDeclaration } from "../kernel/call.ts";
import type { Outcome } from "../features/turns/outcome.ts";
import type { ToolAsk } from "../features/tool_ask.ts";
import type { ToolTraits } from "../kernel/tool_traits.ts";
import type { Languages } from "../languages/language.ts";
import type { Workspace } from "./workspace.ts";
import { type Wording } from "../sentences/say.ts";

/** What a tool gets beside its input. */
export interface ToolContext {
  /** The project's files and commands. */
  readonly workspace: Workspace;
  /** By which its files are read. In a plugin's own process: those that come with Autonomy, where its text speaks of them, else none. */
  readonly languages: Languages;
  /** The part of the configuration that the tool's plugin declares, with defaults filled in; empty where it declares none. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Aborted when the call is cancelled or its time is over. */
  readonly signal: AbortSignal;
  /** Says how far a long call is: shown, never stored. */
  readonly report: (line: string) => void;
}

/** What a tool gives back: text for the model, and for tools that conclude what the call means for the run. */
export interface ToolResult {
  /** Text for the model; the application bounds it and says what was cut. */
  readonly text: string;
  /** Facts follow from it; only for tools that conclude. */
  readonly outcome?: Outcome;
}

/** A call that a tool could not carry out; the text tells the model what to do instead. */
export class ToolError extends Error {
  /** Name of the class, for stored and shown errors. */
  override readonly name = "ToolError";
}

/** A write that would have overwritten what somebody else saved meanwhile. */
export class FileChanged extends ToolError {
  /** The file, relative to the project. */
  readonly path: string;
  /** SHA-256 of what it holds now, where the message says all of it; null where it does not, or no file is there. */
  readonly hash: string | null;

  /**
   * Makes the error.
   *
   * @param message says so, with what the file holds now
   * @param path the file, relative to the project
   * @param hash SHA-256 of what it holds now, where the message says all of it, else null
   */
  constructor(message: string, path: string, hash: string | null) {
    super(message);
    this.path = path;
    this.hash = hash;
  }
}

/** Arguments that fit the schema, with its defaults filled in, or every fault as a sentence that a model can act on. */
export type CheckedArguments =
  | { readonly value: Readonly<Record<string, unknown>> }
  | { readonly faults: readonly string[] };

/** A tool that can be run. */
export interface RunnableTool {
  readonly declaration: ToolDeclaration;
  readonly access: ToolAccess;
  /** What the application must know of it beyond that; absent where there is nothing. */
  readonly traits?: ToolTraits;
  /** Its plugin's part of the configuration, which goes with every call; absent where it has none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The model that a call of it asks, in place of {@link run}; absent where it runs code. */
  readonly asks?: ToolAsk;
  /** Compares arguments with the tool's schema; `from` is where the words of faults come from, Autonomy's own where absent. */
  validate(args: unknown, from?: Wording): CheckedArguments;
  /** Runs it with arguments that `validate` gave. @throws {ToolError} when the call cannot be carried out */
  run(value: Readonly<Record<string, unknown>>, context: ToolContext): Promise<ToolResult>;
}
