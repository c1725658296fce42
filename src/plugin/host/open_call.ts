import type { ChatPiece } from "../../ports/model_host.ts";
import { ToolError } from "../../ports/tool.ts";
import { failureOfWord } from "./host_words.ts";
import type { CallError } from "./messages.ts";
import { PluginFault } from "./plugin_fault.ts";

/** What carries a call out on our side. */
export interface CallParts {
  /** What is asked, for people: `The tool fetch_page`. */
  readonly says: string;
  readonly signal: AbortSignal;
  /** Time without a sign after which it is given up, ms. */
  readonly silenceMs: number;
  /** Does what it asks of its workspace. */
  readonly port: (method: string, args: readonly unknown[], signal: AbortSignal) => Promise<unknown>;
  readonly report: (line: string) => void;
  /** Hears the pieces of a reply. */
  readonly piece: (piece: ChatPiece) => void;
  /** Says why something was not permitted. */
  readonly denied: (sentence: string) => string;
}

/** A call that is not over. */
export interface OpenCall extends CallParts {
  readonly answer: PromiseWithResolvers<unknown>;
  /** Requests that are open, and errors of those that failed. */
  readonly requests: Map<number, AbortController>;
  readonly errors: Map<number, unknown>;
  quietMs: number;
}

/**
 * The error that a call fails with.
 *
 * @param error as it crossed
 */
export function errorOf(error: CallError, { says, errors, denied }: OpenCall): unknown {
  switch (error.kind) {
    case "port":
      return errors.get(error.id) ?? new PluginFault(error.text);
    case "denied":
      return new ToolError(denied(error.text));
    case "host":
      return failureOfWord(error);
    case "tool":
      return new ToolError(error.text);
    case "other":
      return new PluginFault(`${says} failed: ${error.text}`);
  }
}
