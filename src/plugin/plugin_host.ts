import { innermostReason, reasonOf } from "../kernel/reason_of.ts";
import {
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type HostModel,
  type HostSurvey,
  type ModelAbilities,
} from "../ports/model_host.ts";
import type { HostQuestion, HostServer, OfferedHost } from "../ports/offered_host.ts";
import { denialIn } from "./host/denial.ts";
import type { Permissions } from "./tool.ts";

/** What a server has: the names of its models, and whatever else it says. Without `resident` nobody knows what it holds in memory. */
export type HostContents =
  & { readonly models: readonly (Pick<HostModel, "name"> & Partial<HostModel>)[] }
  & Partial<Omit<HostSurvey, "models" | "residentUnknown">>;

/** A whole reply: its text, and whatever else the server says. What is absent is not known, `endedBy` is `stop` then. */
export type HostReply = Pick<ChatReply, "text"> & Partial<ChatReply>;

/** What a chat is held with. */
export interface ChatContext {
  /** Aborted when nobody waits for the reply any more: hand it to `fetch`. */
  readonly signal: AbortSignal;
  /** Takes the pieces of a reply as they arrive, so that they are shown, and the wait between two of them is known. */
  tell(piece: ChatPiece): void;
}

/**
 * A kind of server that models are reached through. A host of the configuration has it where its `kind` names it; that is the leave to reach
 * the host's address. A method throws `HostFailure` to say what went wrong; what it throws else, and what does not fit, fails the one ask.
 */
export interface PluginHost {
  /** Word that names it in the configuration, `[a-z][a-z0-9_]*`. */
  readonly kind: string;
  /** What it needs beside the addresses of its hosts. */
  readonly permissions?: Permissions;
  /** Asks what the server has. It has 5 seconds, and is asked every 10 while something is at work. */
  survey(server: HostServer, signal: AbortSignal): Promise<HostContents>;
  /**
   * Asks a model for a reply: `text` is all of it, whether its pieces were told or not. Of `schema` and `tools` at most one is there; the
   * reply is read in any case.
   */
  chat(server: HostServer, request: ChatRequest, context: ChatContext): Promise<HostReply>;
  /** Asks what a model can do; without, no more than to answer with text. */
  abilities?(server: HostServer, model: string, signal: AbortSignal): Promise<Partial<ModelAbilities>>;
  /** Renders the prompt of a request without generating; null where the server cannot. Native tool calling wants it. */
  render?(server: HostServer, request: ChatRequest, signal: AbortSignal): Promise<string | null>;
  /** Counts a text's tokens exactly; null where the server cannot. */
  count?(server: HostServer, model: string, text: string, signal: AbortSignal): Promise<number | null>;
}

/**
 * Gives a kind of host of a plugin that runs in this process.
 *
 * @param host as the plugin wrote it
 */
export function offeredHost(host: PluginHost): OfferedHost {
  return {
    kind: host.kind,
    ask: async (question, signal, tell) => {
      const context: ChatContext = {
        signal,
        tell(piece) {
          if (!isPiece(piece)) {
            throw new HostFailure("protocol", "A piece of a reply must be { text } or { thinking }.");
          }
          const { text, thinking } = piece;
          tell({ ...(text === undefined ? {} : { text }), ...(thinking === undefined ? {} : { thinking }) });
        },
      };
      try {
        return await answer(host, question, context) ?? null;
      } catch (error) {
        throw signal.aborted ? signal.reason : failureOf(error);
      }
    },
  };
}

/** Looked at by hand: what a plugin's process needs not for its start is not loaded there. */
function isPiece(value: unknown): value is ChatPiece {
  return typeof value === "object" && value !== null &&
    Object.entries(value).every(([key, part]) =>
      (key === "text" || key === "thinking") && (part === undefined || typeof part === "string")
    );
}

async function answer(host: PluginHost, question: HostQuestion, context: ChatContext): Promise<unknown> {
  const { server } = question;
  switch (question.ask) {
    case "survey":
      return await host.survey(server, context.signal);
    case "chat":
      return await host.chat(server, question.request, context);
    case "abilities":
      return await host.abilities?.(server, question.model, context.signal);
    case "render":
      return await host.render?.(server, question.request, context.signal);
    case "count":
      return await host.count?.(server, question.model, question.text, context.signal);
  }
}

/** What Deno says where no request came through, and where one broke off. */
const UNREACHED = /^error sending request/;
const BROKEN_OFF = /^error reading a body|^connection (?:closed|error|reset)/i;

/** The failure that an error of a plugin's code means. That something was not permitted is said where people know what to do. */
function failureOf(error: unknown): unknown {
  if (error instanceof HostFailure || denialIn(error) !== null) return error;
  const text = innermostReason(error);
  if (UNREACHED.test(text)) return new HostFailure("unreachable", text, {}, { cause: error });
  if (BROKEN_OFF.test(text)) return new HostFailure("cut_off", text, { broken: true }, { cause: error });
  return new HostFailure("protocol", `its plugin failed: ${reasonOf(error)}`, {}, { cause: error });
}
